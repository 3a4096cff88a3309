package dev.samovar.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.EventFeed;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.MetricFeed;
import dev.samovar.evidence.Metrics.Line;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.http.Question;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The workload that serves a model: its rollouts as changes, and how its pods and their nodes are
 * as figures. All but the rollouts is as of now: an old moment has no figures from here.
 */
public final class KubernetesFeed implements EventFeed, MetricFeed, AutoCloseable {
  private static final int MOST_NODES = 20;

  /** An investigation asks about a time that ended when it began. */
  private static final Duration JUST_NOW = Duration.ofMinutes(10);

  private static final String INFERENCE_SERVICE = "serving.kserve.io/inferenceservice";

  private final KubernetesApi api;
  private final Map<String, Workload> byModel;
  private final Optional<String> namespace;
  private final Clock clock;

  /**
   * @param byModel what serves a model, by the models' names
   * @param namespace of the others, whose workloads are called as they are
   * @throws IOException where the certificates can't be read; the message says why
   */
  public KubernetesFeed(
      KubernetesSettings settings,
      Map<String, Workload> byModel,
      Optional<String> namespace,
      Clock clock)
      throws IOException {
    this.api = new KubernetesApi(settings, clock);
    this.byModel = Map.copyOf(byModel);
    this.namespace = namespace;
    this.clock = clock;
  }

  @Override
  public String name() {
    return KubernetesApi.NAME;
  }

  @Override
  public Set<Dataset> datasets() {
    return Set.of(Dataset.CHANGE);
  }

  @Override
  public Set<String> metrics() {
    Set<String> names = new TreeSet<>(PodLines.NAMES);
    names.add(Warnings.COUNT);
    names.add(NodeLines.CONDITION);
    return names;
  }

  @Override
  public Set<String> fields(Model model, Dataset dataset, Duration budget)
      throws EvidenceException {
    return dataset == Dataset.CHANGE && found(model, end(budget)).isPresent()
        ? Set.of(
            Fields.CHANGE_KIND,
            Fields.CHANGE_COMPONENT,
            Fields.CHANGE_FROM,
            Fields.CHANGE_TO,
            Fields.CHANGE_SUMMARY,
            Fields.MODEL)
        : Set.of();
  }

  @Override
  public List<Event> events(Model model, Dataset dataset, Window window, Duration budget)
      throws EvidenceException {
    long end = end(budget);
    Optional<Found> found = dataset == Dataset.CHANGE ? found(model, end) : Optional.empty();
    if (found.isEmpty()) {
      return List.of();
    }
    List<JsonNode> sets = listed(found.get(), "ReplicaSets", "replicasets", end);
    List<JsonNode> revisions =
        listed(found.get(), "ControllerRevisions", "controllerrevisions", end);
    return Rollouts.of(model, Revision.of(sets, revisions, found.get().pods())).stream()
        .filter(event -> window.contains(event.time()))
        .sorted(Comparator.comparing(Event::time).reversed())
        .toList();
  }

  private List<JsonNode> listed(Found found, String what, String kind, long end)
      throws EvidenceException {
    return api.list(
        Question.get(
                what + " of " + found.workload().shown(),
                "apis",
                "apps",
                "v1",
                "namespaces",
                found.workload().namespace(),
                kind)
            .with("labelSelector", found.selector()),
        end);
  }

  @Override
  public List<Line> lines(Model model, Window window, Duration budget) throws EvidenceException {
    long end = end(budget);
    Optional<Found> found = found(model, end);
    if (found.isEmpty()) {
      return List.of();
    }
    Instant seen = seen(window);
    List<Line> lines = new ArrayList<>();
    for (JsonNode pod : found.get().pods()) {
      lines.addAll(PodLines.of(pod, seen));
    }
    warnings(found.get(), seen, end).forEach(lines::add);
    for (String node : found.get().nodes()) {
      node(node, end).ifPresent(one -> lines.addAll(NodeLines.of(one, seen)));
    }
    return lines;
  }

  /** The last moment of a time that has just ended: what is so now was so then. */
  private Instant seen(Window window) {
    Instant now = clock.instant();
    boolean hasJustEnded = !now.isBefore(window.to()) && now.isBefore(window.to().plus(JUST_NOW));
    return hasJustEnded ? window.to().minusMillis(1) : now;
  }

  private List<Line> warnings(Found found, Instant seen, long end) throws EvidenceException {
    Set<String> beginnings = found.beginnings();
    Question question =
        Question.get(
                "events in namespace " + found.workload().namespace(),
                "api",
                "v1",
                "namespaces",
                found.workload().namespace(),
                "events")
            .with("fieldSelector", "type=Warning");
    return api.list(question, end).stream()
        .flatMap(event -> Warnings.line(event, beginnings, seen).stream())
        .toList();
  }

  /** Nodes belong to the cluster; a team may well give no leave to read them. */
  private Optional<JsonNode> node(String name, long end) throws EvidenceException {
    try {
      return api.find(Question.get("node " + name, "api", "v1", "nodes", name), end);
    } catch (EvidenceException e) {
      if (e.kind() == EvidenceException.Kind.DENIED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * A workload as it is in the cluster.
   *
   * @param selector of labels, by which its pods and revisions are found
   */
  private record Found(Workload workload, String selector, String name, List<JsonNode> pods) {
    /** What the names of its pods begin with, be they there or gone. */
    Set<String> beginnings() {
      Set<String> all = new TreeSet<>();
      if (!name.isEmpty()) {
        all.add(name);
      }
      for (JsonNode pod : pods) {
        all.add(pod.path("metadata").path("name").asText());
        all.add(Revision.owner(pod.path("metadata")));
      }
      all.remove("");
      return all;
    }

    Set<String> nodes() {
      return pods.stream()
          .map(pod -> pod.path("spec").path("nodeName").asText())
          .filter(node -> !node.isEmpty())
          .collect(Collectors.toCollection(TreeSet::new))
          .stream()
          .limit(MOST_NODES)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /**
   * Empty where nothing is called like the model.
   *
   * @throws EvidenceException where what somebody named is not there: it may have been deleted
   */
  private Optional<Found> found(Model model, long end) throws EvidenceException {
    Optional<Workload> known = workload(model);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Workload workload = known.get();
    if (workload.selector().isPresent()) {
      String selector = workload.selector().get();
      return Optional.of(new Found(workload, selector, "", pods(workload, selector, end)));
    }
    for (String name : workload.names()) {
      for (String kind : List.of("deployments", "statefulsets")) {
        Optional<JsonNode> object =
            api.find(
                Question.get(
                    name + " in namespace " + workload.namespace(),
                    "apis",
                    "apps",
                    "v1",
                    "namespaces",
                    workload.namespace(),
                    kind,
                    name),
                end);
        if (object.isPresent()) {
          String selector = Selector.of(object.get().path("spec").path("selector"));
          if (!selector.isEmpty()) {
            return Optional.of(new Found(workload, selector, name, pods(workload, selector, end)));
          }
        }
      }
      String selector = INFERENCE_SERVICE + "=" + name;
      List<JsonNode> pods = pods(workload, selector, end);
      if (!pods.isEmpty()) {
        return Optional.of(new Found(workload, selector, name, pods));
      }
    }
    if (workload.isNamed()) {
      throw new EvidenceException(
          EvidenceException.Kind.BROKEN,
          "Kubernetes has no Deployment, StatefulSet or InferenceService "
              + workload.shown()
              + "; was it deleted, or is models[].kubernetes wrong?");
    }
    return Optional.empty();
  }

  private Optional<Workload> workload(Model model) {
    Workload known = byModel.get(model.name());
    return known != null
        ? Optional.of(known)
        : namespace.map(
            where ->
                new Workload(
                    where,
                    List.copyOf(new TreeSet<>(List.of(model.service(), model.name()))),
                    Optional.empty(),
                    false));
  }

  private List<JsonNode> pods(Workload workload, String selector, long end)
      throws EvidenceException {
    return api.list(
        Question.get(
                "pods of " + workload.shown(),
                "api",
                "v1",
                "namespaces",
                workload.namespace(),
                "pods")
            .with("labelSelector", selector),
        end);
  }

  /** How it is, for a person who set it up: version, and what it finds of each model. */
  public Map<String, String> look(List<Model> models, Duration budget) throws EvidenceException {
    long end = end(budget);
    Map<String, String> said = new TreeMap<>();
    JsonNode version = api.ask(Question.get("version", "version"), end);
    said.put("", "Kubernetes " + version.path("gitVersion").asText("of unknown version"));
    for (Model model : models) {
      Optional<Found> found = found(model, end);
      if (found.isPresent()) {
        int pods = found.get().pods().size();
        warnings(found.get(), clock.instant(), end);
        listed(found.get(), "ReplicaSets", "replicasets", end);
        listed(found.get(), "ControllerRevisions", "controllerrevisions", end);
        boolean seesNodes = true;
        for (String node : found.get().nodes()) {
          seesNodes = seesNodes && node(node, end).isPresent();
        }
        said.put(
            model.name(),
            (pods == 1 ? "1 pod" : pods + " pods")
                + " of "
                + found.get().workload().shown()
                + (seesNodes ? "" : "; its nodes may not be read"));
      }
    }
    return said;
  }

  private static long end(Duration budget) {
    return System.nanoTime() + budget.toNanos();
  }

  @Override
  public void close() {
    api.close();
  }
}
