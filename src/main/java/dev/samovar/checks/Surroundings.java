package dev.samovar.checks;

import dev.samovar.evidence.Attempt;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Metrics;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.ValueCount;
import dev.samovar.evidence.Window;
import dev.samovar.statistics.RobustSpread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The metrics that concern one model: of its hosts, its service, and whatever carries its name or
 * that of a pipeline it reads in one of the labels by which exporters say whose a sample is.
 */
record Surroundings(Case subject, Evidence evidence, Set<String> hosts) {
  private static final Duration MEMORY = Duration.ofDays(8);

  /** Labels that name whose a sample is. */
  private static final List<String> NAMING =
      List.of(
          "pod",
          "container",
          "deployment",
          "service",
          "service_name",
          "app",
          "model",
          "model_name",
          "ModelName",
          "configuration_name",
          "consumergroup",
          "group",
          "group_id",
          "consumer_group",
          "consumer_group_id",
          "redpanda_group",
          "groupId",
          "topic",
          "topic_name",
          "redpanda_topic",
          "job_name",
          "dag_id",
          "feature_view",
          "revision_name",
          "deployment_name",
          "endpoint",
          "pipeline",
          "application");

  /** Labels that name who serves. */
  private static final List<String> SERVERS =
      List.of("pod", "container", "deployment", "service", "service_name", "app", "application");

  static Surroundings of(Case subject, Evidence evidence) throws EvidenceException {
    Set<String> hosts = new TreeSet<>();
    Window lately = new Window(subject.horizon().from(), subject.now());
    for (Dataset dataset : List.of(Dataset.INFERENCE, Dataset.APPLICATION)) {
      for (ValueCount host :
          evidence
              .events()
              .values(Query.of(subject.model(), dataset), Fields.HOST, Optional.of(lately), 100)) {
        hosts.add(host.value());
      }
    }
    return new Surroundings(subject, evidence, hosts);
  }

  /**
   * One line of a metric, cut into the case's windows.
   *
   * @param recent the values of the window
   * @param before the values of the horizon before the window
   * @param past the highest of each stretch as long as the window, over eight days until it
   * @param link where a person sees it
   */
  record Watched(
      Metrics.Line line,
      List<Metrics.Point> recent,
      List<Metrics.Point> before,
      List<Metrics.Point> past,
      Optional<String> link) {

    /** A fact about it, with the place where it can be seen. */
    Fact fact(String text, String about, double now, double before, String unit) {
      return Fact.of(text, about, now, before, unit).linked(link.orElse(null));
    }

    String where() {
      Map<String, String> labels = new LinkedHashMap<>(line.labels());
      String host = labels.getOrDefault(Fields.HOST, "");
      labels.remove(Fields.HOST);
      labels.values().removeIf(String::isEmpty);
      String rest =
          Text.list(
              labels.entrySet().stream()
                  .map(label -> label.getKey() + " " + label.getValue())
                  .toList(),
              3);
      return host.isEmpty() ? rest : rest.isEmpty() ? host : host + ", " + rest;
    }

    double last() {
      return recent.isEmpty() ? Double.NaN : recent.get(recent.size() - 1).value();
    }

    double highest() {
      return recent.stream().mapToDouble(Metrics.Point::value).max().orElse(Double.NaN);
    }

    /** The highest value of eight days before the window; NaN where there was none. */
    double highestBefore() {
      return Stream.concat(before.stream(), past.stream())
          .mapToDouble(Metrics.Point::value)
          .max()
          .orElse(Double.NaN);
    }

    /** Whether it was that high before the window, and fell to less than half of it again. */
    boolean hasComeDownFrom(double level) {
      return hasComeDown(past, level) || hasComeDown(before, level);
    }

    private static boolean hasComeDown(List<Metrics.Point> points, double level) {
      boolean wasThere = false;
      for (Metrics.Point point : points) {
        if (wasThere && point.value() < level / 2) {
          return true;
        }
        wasThere = wasThere || point.value() >= level;
      }
      return false;
    }

    /** What is usual: the median of the values of eight days before the window. */
    double usual() {
      List<Metrics.Point> known = past.size() >= 4 ? past : before;
      return RobustSpread.median(known.stream().mapToDouble(Metrics.Point::value).toArray());
    }

    /** How much a counter grew within the window, resets allowed for. */
    double increase() {
      List<Metrics.Point> points = new ArrayList<>();
      if (!before.isEmpty()) {
        points.add(before.get(before.size() - 1));
      }
      points.addAll(recent);
      return increase(points);
    }

    /** How much it grew in the last third of the window, where trouble that has just begun is. */
    double increaseLately() {
      return increase(recent.subList(Math.max(0, recent.size() * 2 / 3 - 1), recent.size()));
    }

    /** The most that it grew in a stretch as long as the window. */
    double mostIncreaseBefore() {
      double most = 0;
      for (int i = 1; i < past.size(); i++) {
        double step = past.get(i).value() - past.get(i - 1).value();
        most = Math.max(most, step >= 0 ? step : past.get(i).value());
      }
      return most;
    }

    private static double increase(List<Metrics.Point> points) {
      double grown = 0;
      for (int i = 1; i < points.size(); i++) {
        double step = points.get(i).value() - points.get(i - 1).value();
        grown += step >= 0 ? step : points.get(i).value();
      }
      return grown;
    }

    Signal signal(String name) {
      List<Metrics.Point> points = new ArrayList<>(before);
      points.addAll(recent);
      Figure.Course course =
          Figure.Course.of(
              where().isEmpty() ? name : name + " (" + where() + ")",
              Figure.Unit.NUMBER,
              Figure.Line.of(points));
      return new Signal.Level(
          name,
          points,
          past.size() >= 4 ? course.within(ofEightDays(course.line().size())) : course);
    }

    /** Without the extremes: trouble may have begun before the window. */
    private Figure.Band ofEightDays(int moments) {
      double[] sorted = past.stream().mapToDouble(Metrics.Point::value).sorted().toArray();
      int extreme = sorted.length / 10;
      return Figure.Band.level(
          "usual over 8 days", sorted[extreme], sorted[sorted.length - 1 - extreme], moments);
    }
  }

  /** As {@link #watch}, for checks that have other things to go by. */
  Attempt<List<Watched>> tryWatch(List<String> metrics, List<String> labels) {
    return Attempt.at(() -> watch(metrics, labels), List.of());
  }

  /** The lines of some metrics that concern the model, over the last eight days. */
  List<Watched> watch(List<String> metrics, List<String> labels) throws EvidenceException {
    Window window = subject.window();
    Duration fine = window.length().dividedBy(24);
    Duration least = Duration.ofMinutes(1);
    Condition mine = concerning();
    Model model = subject.model();
    Map<String, Metrics.Line> pastByLine = new HashMap<>();
    // In steps as long as the window: enough to know what is usual, and little to send.
    Window past = new Window(window.from().minus(MEMORY), window.from());
    for (Metrics.Line line :
        evidence.metrics().lines(model, metrics, mine, labels, past, window.length())) {
      pastByLine.put(line.metric() + line.labels(), line);
    }
    List<Watched> watched = new ArrayList<>();
    for (Metrics.Line line :
        evidence
            .metrics()
            .lines(
                model,
                metrics,
                mine,
                labels,
                subject.horizon(),
                fine.compareTo(least) < 0 ? least : fine)) {
      Metrics.Line before = pastByLine.get(line.metric() + line.labels());
      watched.add(
          new Watched(
              line,
              within(line, window),
              within(line, new Window(subject.horizon().from(), window.from())),
              before == null ? List.of() : before.points(),
              line.expression().flatMap(text -> evidence.metrics().link(text, subject.horizon()))));
    }
    return watched;
  }

  private static List<Metrics.Point> within(Metrics.Line line, Window window) {
    return line.points().stream().filter(point -> window.contains(point.time())).toList();
  }

  /** Of whatever says that it belongs to the model, its hosts or what it reads. */
  Condition concerning() {
    Set<String> names = new TreeSet<>(List.of(subject.model().name(), subject.model().service()));
    names.addAll(subject.model().upstream());
    subject.model().preprocessingPipeline().ifPresent(names::add);
    subject.model().retraining().ifPresent(retraining -> names.add(retraining.pipeline()));
    List<String> beginnings = names.stream().map(name -> name + "-").toList();
    List<Condition> any = new ArrayList<>();
    any.add(new Condition.Is(Fields.SERVICE, List.copyOf(names)));
    if (!hosts.isEmpty()) {
      any.add(new Condition.Is(Fields.HOST, List.copyOf(hosts)));
      for (String label : List.of("hostname", "Hostname", "node", "instance", "pod")) {
        any.add(new Condition.Is(Fields.label(label), List.copyOf(hosts)));
      }
    }
    for (String label : NAMING) {
      any.add(new Condition.Is(Fields.label(label), List.copyOf(names)));
      any.add(new Condition.StartsWith(Fields.label(label), beginnings));
    }
    return new Condition.Any(any);
  }

  /**
   * Of what serves this model alone: the label that names the model does, or whoever serves it
   * bears its name, or it runs on the model's hosts and does not say which model it serves.
   *
   * @param owners the labels that name the model
   */
  Condition served(List<String> owners) {
    List<String> names = names(subject.model());
    List<String> beginnings = names.stream().map(name -> name + "-").toList();
    List<Condition> any = new ArrayList<>();
    List<Condition> unnamed = new ArrayList<>();
    for (String owner : owners) {
      any.add(new Condition.Is(Fields.label(owner), servedNames(subject.model())));
      unnamed.add(Condition.missing(Fields.label(owner)));
    }
    any.add(new Condition.Is(Fields.SERVICE, names));
    for (String label : SERVERS) {
      if (!owners.contains(label)) {
        any.add(new Condition.Is(Fields.label(label), names));
        any.add(new Condition.StartsWith(Fields.label(label), beginnings));
      }
    }
    if (!hosts.isEmpty()) {
      unnamed.add(new Condition.Is(Fields.HOST, List.copyOf(hosts)));
      any.add(new Condition.All(unnamed));
    }
    return new Condition.Any(any);
  }

  /** Where some name the model, those that name another are another's. */
  static <T> List<T> own(
      Model model, List<String> owners, List<T> all, Function<T, Map<String, String>> labels) {
    List<String> names = servedNames(model);
    List<T> named =
        all.stream()
            .filter(
                one ->
                    owners.stream()
                        .anyMatch(
                            owner -> names.contains(labels.apply(one).getOrDefault(owner, ""))))
            .toList();
    return named.isEmpty() ? all : named;
  }

  /** Of each metric by itself, since not every exporter names the model. */
  static List<Watched> ownByMetric(Model model, List<String> owners, List<Watched> all) {
    return all.stream()
        .collect(
            Collectors.groupingBy(one -> one.line().metric(), TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .flatMap(lines -> own(model, owners, lines, one -> one.line().labels()).stream())
        .toList();
  }

  private static List<String> names(Model model) {
    return List.copyOf(new TreeSet<>(List.of(model.name(), model.service())));
  }

  /** KServe calls the part that predicts so. */
  private static List<String> servedNames(Model model) {
    return names(model).stream()
        .flatMap(name -> Stream.of(name, name + "-predictor", name + "-predictor-default"))
        .toList();
  }
}
