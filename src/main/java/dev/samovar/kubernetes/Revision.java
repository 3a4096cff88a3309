package dev.samovar.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A pod template that was rolled out.
 *
 * @param workload whose it is
 * @param number in the order in which they were rolled out; one that is taken again gets a new one
 * @param at when it was rolled out with that number
 * @param cause what whoever did it wrote about it
 */
record Revision(
    String workload, String name, long number, Instant at, String cause, JsonNode template) {
  private static final List<String> NUMBERS =
      List.of("deployment.kubernetes.io/revision", "rollout.argoproj.io/revision");
  private static final String CAUSE = "kubernetes.io/change-cause";

  /** Each revision of Knative is a Deployment of its own. */
  private static final String CONFIGURATION = "serving.knative.dev/configuration";

  private static final String GENERATION = "serving.knative.dev/configurationGeneration";

  /** The revisions of each workload, in their order. */
  static Map<String, List<Revision>> of(
      List<JsonNode> replicaSets, List<JsonNode> controllerRevisions, List<JsonNode> pods) {
    List<Revision> all = new ArrayList<>();
    replicaSets.forEach(one -> replicaSet(one).ifPresent(all::add));
    controllerRevisions.forEach(one -> controllerRevision(one).ifPresent(all::add));
    Map<String, List<Revision>> byWorkload = new TreeMap<>();
    all.forEach(
        one -> byWorkload.computeIfAbsent(one.workload(), name -> new ArrayList<>()).add(one));
    Map<String, Instant> firstPods = firstPods(pods);
    byWorkload.replaceAll((name, revisions) -> inOrder(revisions, firstPods));
    return byWorkload;
  }

  private static Optional<Revision> replicaSet(JsonNode set) {
    JsonNode metadata = set.path("metadata");
    JsonNode annotations = metadata.path("annotations");
    String generation = metadata.path("labels").path(GENERATION).asText();
    String number =
        generation.isEmpty()
            ? NUMBERS.stream()
                .map(name -> annotations.path(name).asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("")
            : generation;
    String configuration = metadata.path("labels").path(CONFIGURATION).asText();
    return read(
        set,
        configuration.isEmpty() ? owner(metadata) : configuration,
        number,
        annotations.path(CAUSE).asText(),
        set.path("spec").path("template"));
  }

  private static Optional<Revision> controllerRevision(JsonNode revision) {
    JsonNode metadata = revision.path("metadata");
    return read(
        revision,
        owner(metadata),
        revision.path("revision").asText(),
        metadata.path("annotations").path(CAUSE).asText(),
        revision.path("data").path("spec").path("template"));
  }

  private static Optional<Revision> read(
      JsonNode object, String workload, String number, String cause, JsonNode template) {
    Optional<Instant> at = Times.created(object);
    return at.isEmpty()
            || workload.isEmpty()
            || !number.matches("\\d{1,18}")
            || !template.isObject()
        ? Optional.empty()
        : Optional.of(
            new Revision(
                workload,
                object.path("metadata").path("name").asText(),
                Long.parseLong(number),
                at.get(),
                cause,
                template));
  }

  static String owner(JsonNode metadata) {
    for (JsonNode owner : metadata.path("ownerReferences")) {
      if (owner.path("controller").asBoolean()) {
        return owner.path("name").asText();
      }
    }
    return "";
  }

  private static Map<String, Instant> firstPods(List<JsonNode> pods) {
    Map<String, Instant> first = new HashMap<>();
    for (JsonNode pod : pods) {
      Optional<Instant> created = Times.created(pod);
      String hash = pod.path("metadata").path("labels").path("controller-revision-hash").asText();
      for (String name : List.of(owner(pod.path("metadata")), hash)) {
        created.ifPresent(at -> first.merge(name, at, (one, other) -> min(one, other)));
      }
    }
    return first;
  }

  private static Instant min(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /**
   * One that is older than a revision before it was taken again: that was when its pods came, and
   * is not known where it has none any more.
   */
  private static List<Revision> inOrder(List<Revision> revisions, Map<String, Instant> firstPods) {
    List<Revision> sorted = new ArrayList<>(revisions);
    sorted.sort(Comparator.comparingLong(Revision::number));
    List<Revision> dated = new ArrayList<>();
    Instant newest = Instant.MIN;
    for (Revision one : sorted) {
      if (!one.at().isBefore(newest)) {
        newest = one.at();
        dated.add(one);
        continue;
      }
      Instant again = firstPods.get(one.name());
      if (again != null) {
        dated.add(
            new Revision(
                one.workload(), one.name(), one.number(), again, one.cause(), one.template()));
      }
    }
    return dated;
  }
}
