package dev.samovar.checks;

import dev.samovar.evidence.Metrics.Point;
import dev.samovar.statistics.RobustSpread;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A level that has risen steadily for hours. What is emptied again and again, what jumps, and what
 * stands still has none; nor has what nobody has watched for long enough.
 *
 * @param perHour the median of the slopes of all pairs of points
 * @param last the median of the last points
 * @param length of the time it was seen in
 */
record Trend(double perHour, double last, Duration length) {
  private static final int FEWEST_POINTS = 12;
  private static final Duration SHORTEST = Duration.ofHours(3);

  /** Of the parts of the series, in time order, so many must have risen. */
  private static final int PARTS = 4;

  /** The rise over the whole must stand out of the scatter around it. */
  private static final double SCATTERS = 4;

  /** A fall of so large a part of the rise, from one point to the next, is an emptying. */
  private static final double EMPTYING = 0.25;

  /**
   * @param points oldest first
   * @param least a rise over the whole that is worth a word
   */
  static Optional<Trend> rising(List<Point> points, double least) {
    if (points.size() < FEWEST_POINTS) {
      return Optional.empty();
    }
    Instant first = points.get(0).time();
    Duration length = Duration.between(first, points.get(points.size() - 1).time());
    if (length.compareTo(SHORTEST) < 0) {
      return Optional.empty();
    }
    double[] hours =
        points.stream()
            .mapToDouble(p -> Duration.between(first, p.time()).toSeconds() / 3600.0)
            .toArray();
    double[] values = points.stream().mapToDouble(Point::value).toArray();
    double slope = RobustSpread.theilSenSlope(hours, values);
    double rise = slope * hours[hours.length - 1];
    if (!(rise >= least) || rise < SCATTERS * scatter(hours, values, slope)) {
      return Optional.empty();
    }
    double before = Double.NEGATIVE_INFINITY;
    for (int part = 0; part < PARTS; part++) {
      double level = median(values, part, PARTS);
      // A quarter of an even rise is what each part adds; half of that must be there.
      if (level < before + rise / PARTS / 2) {
        return Optional.empty();
      }
      before = level;
    }
    for (int i = 1; i < values.length; i++) {
      if (values[i - 1] - values[i] > EMPTYING * rise) {
        return Optional.empty();
      }
    }
    return Optional.of(new Trend(slope, median(values, PARTS * 2 - 1, PARTS * 2), length));
  }

  private static double scatter(double[] hours, double[] values, double slope) {
    double[] rest = new double[values.length];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = values[i] - slope * hours[i];
    }
    return RobustSpread.mad(rest);
  }

  private static double median(double[] values, int part, int parts) {
    int from = values.length * part / parts;
    return RobustSpread.median(
        java.util.Arrays.copyOfRange(
            values, from, Math.max(from + 1, values.length * (part + 1) / parts)));
  }

  /** How long until it reaches a limit; zero where it has. */
  Duration until(double limit) {
    double hours = Math.max(0, (limit - last) / perHour);
    return Duration.ofMinutes(Math.round(60 * Math.min(hours, 1e6)));
  }
}
