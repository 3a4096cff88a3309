package dev.samovar.flink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.Metrics.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The last checkpoints of a job; Flink keeps ten unless told otherwise.
 *
 * @param failed how many ever failed
 * @param recent oldest first
 */
record Checkpoints(long failed, List<Checkpoint> recent) {

  /**
   * @param at when it ended
   */
  record Checkpoint(
      Instant began, Instant at, boolean isFailed, boolean isCompleted, long millis) {}

  Checkpoints {
    recent = List.copyOf(recent);
  }

  static Checkpoints read(JsonNode body) {
    List<Checkpoint> recent = new ArrayList<>();
    for (JsonNode one : body.path("history")) {
      long began = one.path("trigger_timestamp").asLong();
      long took = Math.max(0, one.path("end_to_end_duration").asLong());
      String status = one.path("status").asText();
      long failure = one.path("failure_timestamp").asLong();
      if (began > 0) {
        recent.add(
            new Checkpoint(
                Instant.ofEpochMilli(began),
                Instant.ofEpochMilli(failure > 0 ? failure : began + took),
                status.equals("FAILED"),
                status.equals("COMPLETED"),
                took));
      }
    }
    recent.sort(Comparator.comparing(Checkpoint::began));
    return new Checkpoints(body.path("counts").path("failed").asLong(), recent);
  }

  /** How many had failed, from the first that is still known. */
  List<Point> failures() {
    List<Point> points = new ArrayList<>();
    if (recent.isEmpty()) {
      return points;
    }
    long known = recent.stream().filter(Checkpoint::isFailed).count();
    long count = Math.max(0, failed - known);
    points.add(new Point(recent.get(0).began(), count));
    for (Checkpoint one : recent) {
      count += one.isFailed() ? 1 : 0;
      points.add(new Point(one.at(), count));
    }
    return points;
  }

  List<Point> durations() {
    return recent.stream()
        .filter(Checkpoint::isCompleted)
        .map(one -> new Point(one.at(), one.millis()))
        .toList();
  }
}
