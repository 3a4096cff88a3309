package dev.samovar.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.Metrics.Point;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Times of Kubernetes' objects, and what lies between them. */
final class Times {
  private static final int POINTS = 48;
  private static final Duration CLOSEST = Duration.ofMinutes(1);

  private Times() {}

  static Optional<Instant> read(JsonNode text) {
    try {
      return text.isTextual()
          ? Optional.of(OffsetDateTime.parse(text.textValue()).toInstant())
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  static Optional<Instant> created(JsonNode object) {
    return read(object.path("metadata").path("creationTimestamp"));
  }

  /** Something that is so from one time to another. */
  static List<Point> during(Instant from, Instant to) {
    List<Point> points = new ArrayList<>();
    for (Instant at = from; at.isBefore(to); at = at.plus(step(from, to))) {
      points.add(new Point(at, 1));
    }
    points.add(new Point(to, 1));
    return points;
  }

  /**
   * A count that grew by one at first, of which it is told when it grew last: evenly in between, so
   * that what has gone on for days is not taken for today's.
   */
  static List<Point> growing(Instant first, Instant last, long count) {
    List<Point> points = new ArrayList<>();
    points.add(new Point(first.minusMillis(1), 0));
    Duration whole = Duration.between(first, last);
    for (Instant at = first; at.isBefore(last); at = at.plus(step(first, last))) {
      double share = (double) Duration.between(first, at).toMillis() / whole.toMillis();
      points.add(new Point(at, 1 + Math.floor(share * (count - 1))));
    }
    points.add(new Point(last, count));
    return points;
  }

  private static Duration step(Instant from, Instant to) {
    Duration step = Duration.between(from, to).dividedBy(POINTS);
    return step.compareTo(CLOSEST) < 0 ? CLOSEST : step;
  }
}
