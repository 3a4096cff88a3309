package dev.samovar.checks;

import dev.samovar.checks.Surroundings.Watched;
import dev.samovar.evidence.Metrics;
import dev.samovar.evidence.Model;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The images that a model's pods run, by tag and by digest, as kube-state-metrics exports them. A
 * tag that is pushed again names two things, and which of them a pod runs depends on when it
 * started.
 */
final class RunningImages {
  static final List<String> METRICS = List.of("kube_pod_container_info");
  static final List<String> LABELS = List.of("pod", "container", "image", "image_spec", "image_id");

  /** Pods that are being replaced run what they ran for a while. */
  private static final Duration ROLLOUT = Duration.ofMinutes(10);

  private RunningImages() {}

  /**
   * An image under a tag.
   *
   * @param first when it is first seen, in the horizon
   */
  private record Running(String digest, Instant first, Instant last, int pods) {}

  /**
   * A tag behind which there is more than one image.
   *
   * @param since when the newest of them came
   */
  record Moved(String text, String image, Instant since, double share) {}

  static List<Moved> moved(Model model, List<Watched> lines, Instant now) {
    Map<String, Map<String, Running>> byTag = new TreeMap<>();
    for (Watched line : lines) {
      Map<String, String> labels = line.line().labels();
      String image =
          labels.getOrDefault("image_spec", "").isEmpty()
              ? labels.getOrDefault("image", "")
              : labels.getOrDefault("image_spec", "");
      String digest = digest(labels.getOrDefault("image_id", ""));
      List<Metrics.Point> points =
          Stream.concat(line.before().stream(), line.recent().stream())
              .filter(point -> point.value() > 0)
              .toList();
      boolean isPinned = image.contains("@");
      if (!image.isEmpty()
          && !isPinned
          && !digest.isEmpty()
          && !points.isEmpty()
          && !isOthers(model, labels.getOrDefault("pod", ""))) {
        byTag
            .computeIfAbsent(
                labels.getOrDefault("container", "") + " " + image, tag -> new TreeMap<>())
            .merge(
                digest,
                new Running(digest, points.get(0).time(), points.get(points.size() - 1).time(), 1),
                RunningImages::together);
      }
    }
    List<Moved> moved = new ArrayList<>();
    byTag.forEach(
        (tag, running) ->
            moved(tag.substring(tag.indexOf(' ') + 1), running, now).ifPresent(moved::add));
    return moved;
  }

  /** What the model reads has pods of its own, which the model does not run in. */
  private static boolean isOthers(Model model, String pod) {
    boolean isOwn = pod.startsWith(model.name() + "-") || pod.startsWith(model.service() + "-");
    return !isOwn && model.upstream().stream().anyMatch(name -> pod.startsWith(name + "-"));
  }

  private static Running together(Running one, Running other) {
    return new Running(
        one.digest(),
        one.first().isBefore(other.first()) ? one.first() : other.first(),
        one.last().isAfter(other.last()) ? one.last() : other.last(),
        one.pods() + other.pods());
  }

  private static Optional<Moved> moved(String tag, Map<String, Running> running, Instant now) {
    if (running.size() < 2) {
      return Optional.empty();
    }
    List<Running> byAge = new ArrayList<>(running.values());
    byAge.sort(Comparator.comparing(Running::first).thenComparing(Running::digest));
    Running newest = byAge.get(byAge.size() - 1);
    List<Running> together =
        byAge.stream()
            .filter(one -> one.last().isAfter(newest.first().plus(ROLLOUT)))
            .filter(one -> one.last().isAfter(now.minus(ROLLOUT)))
            .toList();
    int pods = together.stream().mapToInt(Running::pods).sum();
    if (together.size() > 1) {
      return Optional.of(
          new Moved(
              "pods run "
                  + Text.count(together.size(), "different image")
                  + " under the one tag "
                  + tag
                  + " since "
                  + Text.time(newest.first())
                  + ": "
                  + Text.list(
                      together.stream()
                          .map(one -> one.digest() + " (" + Text.count(one.pods(), "pod") + ")")
                          .toList(),
                      3)
                  + "; which one answers is chance",
              tag,
              newest.first(),
              (double) newest.pods() / pods));
    }
    Running before = byAge.get(byAge.size() - 2);
    return Optional.of(
        new Moved(
            "the tag "
                + tag
                + " names another image since "
                + Text.time(newest.first())
                + ": "
                + newest.digest()
                + " instead of "
                + before.digest(),
            tag,
            newest.first(),
            1));
  }

  /** {@code registry/name@sha256:…}, as container runtimes write it; cut short. */
  private static String digest(String id) {
    int at = id.indexOf("sha256:");
    return at < 0 ? "" : id.substring(at, Math.min(id.length(), at + 19));
  }
}
