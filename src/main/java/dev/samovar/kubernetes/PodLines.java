package dev.samovar.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.Metrics.Line;
import dev.samovar.evidence.Metrics.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a pod's status says, as kube-state-metrics would export it. */
final class PodLines {
  static final String RESTARTS = "kube_pod_container_status_restarts_total";
  static final String LAST_REASON = "kube_pod_container_status_last_terminated_reason";
  static final String LAST_EXIT_CODE = "kube_pod_container_status_last_terminated_exitcode";
  static final String REASON = "kube_pod_container_status_terminated_reason";
  static final String WAITING = "kube_pod_container_status_waiting_reason";
  static final String STATUS = "kube_pod_status_reason";
  static final String UNSCHEDULABLE = "kube_pod_status_unschedulable";
  static final String IMAGES = "kube_pod_container_info";
  static final Set<String> NAMES =
      Set.of(RESTARTS, LAST_REASON, LAST_EXIT_CODE, REASON, WAITING, STATUS, UNSCHEDULABLE, IMAGES);

  private static final int LONGEST_MESSAGE = 200;

  private final JsonNode pod;
  private final Instant created;
  private final Instant seen;
  private final List<Line> lines = new ArrayList<>();

  private PodLines(JsonNode pod, Instant created, Instant seen) {
    this.pod = pod;
    this.created = created;
    this.seen = seen;
  }

  /**
   * @param seen when the pod was looked at
   */
  static List<Line> of(JsonNode pod, Instant seen) {
    Optional<Instant> created = Times.created(pod).filter(at -> !at.isAfter(seen));
    if (created.isEmpty() || pod.path("metadata").path("name").asText().isEmpty()) {
      return List.of();
    }
    PodLines lines = new PodLines(pod, created.get(), seen);
    lines.status();
    lines.unschedulable();
    Map<String, String> images = new HashMap<>();
    pod.path("spec")
        .path("containers")
        .forEach(one -> images.put(one.path("name").asText(), one.path("image").asText()));
    for (JsonNode container : pod.path("status").path("containerStatuses")) {
      lines.container(container, images.getOrDefault(container.path("name").asText(), ""));
    }
    for (JsonNode container : pod.path("status").path("initContainerStatuses")) {
      lines.restarts(container);
      lines.waiting(container);
    }
    return lines.lines;
  }

  private void container(JsonNode container, String image) {
    restarts(container);
    ended(container);
    waiting(container);
    image(container, image);
  }

  /** Whoever is being deleted is stopped, and how it ends then is nobody's trouble. */
  private boolean isBeingDeleted() {
    return !pod.path("metadata").path("deletionTimestamp").asText().isEmpty();
  }

  private void restarts(JsonNode container) {
    Lives lives = Lives.of(container, created);
    long all = container.path("restartCount").asLong();
    List<Point> points = new ArrayList<>();
    points.add(new Point(created, 0));
    long count = all - lives.ended().size();
    for (Instant ended : lives.ended()) {
      count++;
      points.add(new Point(ended, count));
    }
    points.add(new Point(seen, all));
    add(RESTARTS, Map.of("container", name(container)), points);
    JsonNode last = container.path("lastState").path("terminated");
    String reason = last.path("reason").asText();
    if (!lives.ended().isEmpty() && !reason.isEmpty()) {
      Map<String, String> labels = Map.of("container", name(container), "reason", reason);
      add(LAST_REASON, labels, lives.ended().stream().map(at -> new Point(at, 1)).toList());
      Instant at = lives.ended().get(lives.ended().size() - 1);
      add(
          LAST_EXIT_CODE,
          Map.of("container", name(container)),
          List.of(new Point(at, last.path("exitCode").asInt())));
    }
  }

  private void ended(JsonNode container) {
    JsonNode ended = container.path("state").path("terminated");
    String reason = ended.path("reason").asText();
    Optional<Instant> at = Times.read(ended.path("finishedAt"));
    if (at.isPresent() && !reason.isEmpty() && (!isBeingDeleted() || reason.equals("OOMKilled"))) {
      add(
          REASON,
          Map.of("container", name(container), "reason", reason),
          List.of(new Point(at.get(), 1)));
    }
  }

  private void waiting(JsonNode container) {
    String reason = container.path("state").path("waiting").path("reason").asText();
    if (reason.isEmpty() || isBeingDeleted()) {
      return;
    }
    List<Point> points = new ArrayList<>();
    Lives lives = Lives.of(container, created);
    // Between its restarts it runs for a while, so that its conditions do not tell since when.
    if (lives.ended().isEmpty()) {
      points.addAll(Times.during(since("Ready").orElse(created), seen));
    } else {
      lives.ended().forEach(at -> points.add(new Point(at, 1)));
      points.add(new Point(seen, 1));
    }
    add(WAITING, Map.of("container", name(container), "reason", reason), points);
  }

  private void image(JsonNode container, String spec) {
    Optional<Instant> started =
        Times.read(container.path("state").path("running").path("startedAt"));
    if (started.isPresent() && started.get().isBefore(seen) && !isBeingDeleted()) {
      add(
          IMAGES,
          Map.of(
              "container",
              name(container),
              "image",
              container.path("image").asText(),
              "image_spec",
              spec,
              "image_id",
              container.path("imageID").asText()),
          Times.during(started.get(), seen));
    }
  }

  private void status() {
    String reason = pod.path("status").path("reason").asText();
    if (pod.path("status").path("phase").asText().equals("Failed") && !reason.isEmpty()) {
      Instant at =
          since("DisruptionTarget")
              .or(() -> since("Ready"))
              .or(() -> Times.read(pod.path("status").path("startTime")))
              .orElse(created);
      add(
          STATUS,
          Map.of("reason", reason, "message", line(pod.path("status").path("message").asText())),
          List.of(new Point(at, 1)));
    }
  }

  private void unschedulable() {
    for (JsonNode condition : pod.path("status").path("conditions")) {
      if (condition.path("type").asText().equals("PodScheduled")
          && condition.path("status").asText().equals("False")
          && condition.path("reason").asText().equals("Unschedulable")) {
        add(
            UNSCHEDULABLE,
            Map.of("message", line(condition.path("message").asText())),
            Times.during(since("PodScheduled").orElse(created), seen));
      }
    }
  }

  private Optional<Instant> since(String type) {
    for (JsonNode condition : pod.path("status").path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return Times.read(condition.path("lastTransitionTime")).filter(at -> !at.isAfter(seen));
      }
    }
    return Optional.empty();
  }

  private static String name(JsonNode container) {
    return container.path("name").asText();
  }

  private void add(String metric, Map<String, String> more, List<Point> points) {
    Map<String, String> labels = new TreeMap<>(more);
    labels.put("namespace", pod.path("metadata").path("namespace").asText());
    labels.put("pod", pod.path("metadata").path("name").asText());
    labels.put("node", pod.path("spec").path("nodeName").asText());
    labels.values().removeIf(String::isEmpty);
    lines.add(new Line(metric, labels, points));
  }

  static String line(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() > LONGEST_MESSAGE ? line.substring(0, LONGEST_MESSAGE) + "…" : line;
  }
}
