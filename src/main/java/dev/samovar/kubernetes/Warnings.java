package dev.samovar.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.Metrics.Line;
import dev.samovar.evidence.Metrics.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Kubernetes' events about pods, counted as exporters of events do. They are kept for an hour where
 * nobody configured more, so that there being none says nothing.
 */
final class Warnings {
  static final String COUNT = "kube_event_count";

  private Warnings() {}

  /**
   * @param beginnings of the names of the model's pods: those that were deleted had them, too
   */
  static Optional<Line> line(JsonNode event, Set<String> beginnings, Instant seen) {
    JsonNode about =
        event.path("involvedObject").isObject()
            ? event.path("involvedObject")
            : event.path("regarding");
    String name = about.path("name").asText();
    String reason = event.path("reason").asText();
    boolean isOurs =
        Set.of("Pod", "ReplicaSet", "StatefulSet").contains(about.path("kind").asText())
            && beginnings.stream().anyMatch(one -> name.equals(one) || name.startsWith(one + "-"));
    Optional<Instant> last =
        Times.read(event.path("series").path("lastObservedTime"))
            .or(() -> Times.read(event.path("lastTimestamp")))
            .or(() -> Times.read(event.path("eventTime")))
            .or(() -> Times.created(event))
            .filter(at -> !at.isAfter(seen));
    if (!isOurs || reason.isEmpty() || last.isEmpty()) {
      return Optional.empty();
    }
    Instant first =
        Times.read(event.path("firstTimestamp"))
            .or(() -> Times.read(event.path("eventTime")))
            .filter(at -> !at.isAfter(last.get()))
            .orElse(last.get());
    long count = Math.max(1, Math.max(event.path("count").asLong(), series(event)));
    Map<String, String> labels = new TreeMap<>();
    labels.put("reason", reason);
    labels.put("namespace", event.path("metadata").path("namespace").asText());
    labels.put("pod", name);
    labels.put("message", message(event));
    labels.values().removeIf(String::isEmpty);
    List<Point> points = new ArrayList<>(Times.growing(first, last.get(), count));
    if (last.get().isBefore(seen)) {
      points.add(new Point(seen, count));
    }
    return Optional.of(new Line(COUNT, labels, points));
  }

  private static long series(JsonNode event) {
    return event.path("series").path("count").asLong();
  }

  private static String message(JsonNode event) {
    return PodLines.line(
        event.path("message").asText().isEmpty()
            ? event.path("note").asText()
            : event.path("message").asText());
  }
}
