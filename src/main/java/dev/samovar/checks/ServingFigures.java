package dev.samovar.checks;

import dev.samovar.evidence.Condition;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Metrics.Growth;
import dev.samovar.evidence.Metrics.Line;
import dev.samovar.evidence.Metrics.Point;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Tally;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a model's own server counted, in each of some windows.
 *
 * @param tallies all requests and the {@code failed} ones
 * @param latencies empty where it has no histogram
 * @param means nanoseconds a request took; empty where it does not count them
 */
record ServingFigures(
    Exporter exporter,
    Condition mine,
    List<Tally> tallies,
    List<Latency> latencies,
    List<Double> means,
    Reasons reasons) {
  private static final int STEPS = 48;

  /**
   * @param newest why requests of the first window failed, the most frequent first
   * @param requests PromQL of how many there are
   * @param failures PromQL of how many fail
   * @param times PromQL of how long they take
   */
  record Reasons(
      List<String> newest,
      Optional<String> requests,
      Optional<String> failures,
      Optional<String> times) {}

  /** Of every kind of server that serves the model. */
  static List<ServingFigures> read(Surroundings around, List<Window> windows)
      throws EvidenceException {
    Model model = around.subject().model();
    Window horizon = around.subject().horizon();
    Set<String> there =
        around
            .evidence()
            .metrics()
            .lines(
                model,
                Exporter.counters(),
                around.concerning(),
                List.of(),
                horizon,
                horizon.length())
            .stream()
            .map(Line::metric)
            .collect(Collectors.toCollection(TreeSet::new));
    List<ServingFigures> all = new ArrayList<>();
    for (Exporter exporter : Exporter.ALL) {
      if (exporter.ends().stream().anyMatch(there::contains)) {
        Condition mine = around.served(exporter.owners());
        List<Growth> growth =
            Surroundings.own(
                model,
                exporter.owners(),
                around
                    .evidence()
                    .metrics()
                    .growth(model, exporter.all(), mine, exporter.labels(), windows),
                Growth::labels);
        of(exporter, mine, growth, windows.size()).ifPresent(all::add);
      }
    }
    return all;
  }

  private static Optional<ServingFigures> of(
      Exporter exporter, Condition mine, List<Growth> growth, int windows) {
    // Of several names for the same count the first that is there.
    Set<String> there = growth.stream().map(Growth::metric).collect(Collectors.toSet());
    Set<String> counted = new TreeSet<>(exporter.successes());
    counted.addAll(exporter.failures());
    exporter.requests().stream().filter(there::contains).findFirst().ifPresent(counted::add);
    List<Growth> ends =
        growth.stream()
            .filter(one -> counted.contains(one.metric()))
            .filter(one -> !one.labels().getOrDefault("reason", "").matches(Exporter.GIVEN_UP))
            .toList();
    if (ends.isEmpty()) {
      return Optional.empty();
    }
    List<Tally> tallies = new ArrayList<>();
    List<Double> means = new ArrayList<>();
    List<Growth> spent =
        growth.stream().filter(one -> exporter.spent().contains(one.metric())).toList();
    for (int i = 0; i < windows; i++) {
      long total = Math.round(sum(ends, i, one -> true));
      tallies.add(
          new Tally(
              total, Map.of("failed", Math.round(sum(ends, i, one -> failed(exporter, one))))));
      means.add(
          total == 0 ? Double.NaN : sum(spent, i, one -> true) * exporter.unit() / total);
    }
    Map<String, Double> why = new TreeMap<>();
    ends.stream()
        .filter(one -> failed(exporter, one) && number(one, 0) >= 0.5)
        .forEach(one -> why.merge(reason(exporter, one), number(one, 0), Double::sum));
    List<String> reasons =
        why.entrySet().stream()
            .filter(entry -> !entry.getKey().isEmpty())
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .map(Map.Entry::getKey)
            .toList();
    return Optional.of(
        new ServingFigures(
            exporter,
            mine,
            tallies,
            histogram(exporter, growth, windows),
            spent.isEmpty() ? List.of() : means,
            new Reasons(
                reasons,
                expression(ends, one -> true),
                expression(ends, one -> failed(exporter, one)),
                expression(
                    growth,
                    one ->
                        one.metric().endsWith("_bucket")
                            || exporter.spent().contains(one.metric())))));
  }

  private static boolean failed(Exporter exporter, Growth growth) {
    return exporter.failures().contains(growth.metric())
        || (!exporter.status().isEmpty()
            && growth.labels().getOrDefault(exporter.status(), "").matches(Exporter.FAILED));
  }

  private static String reason(Exporter exporter, Growth growth) {
    return growth
        .labels()
        .getOrDefault(
            exporter.status().isEmpty() ? "reason" : exporter.status(),
            growth.labels().getOrDefault("reason", ""));
  }

  private static double number(Growth growth, int window) {
    double grown = growth.grown().get(window);
    return Double.isNaN(grown) ? 0 : grown;
  }

  private static double sum(List<Growth> all, int window, Predicate<Growth> which) {
    return all.stream().filter(which).mapToDouble(one -> number(one, window)).sum();
  }

  private static Optional<String> expression(List<Growth> all, Predicate<Growth> which) {
    return all.stream()
        .filter(which)
        .flatMap(one -> one.expression().stream())
        .distinct()
        .findFirst();
  }

  private static List<Latency> histogram(Exporter exporter, List<Growth> growth, int windows) {
    for (String base : exporter.histogram()) {
      Map<Double, List<Growth>> byEdge = new TreeMap<>();
      for (Growth one : growth) {
        String edge = one.labels().getOrDefault("le", "");
        if (one.metric().equals(base + "_bucket") && !edge.isEmpty()) {
          byEdge
              .computeIfAbsent(
                  edge.contains("Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(edge),
                  unused -> new ArrayList<>())
              .add(one);
        }
      }
      if (byEdge.size() >= 2 && byEdge.containsKey(Double.POSITIVE_INFINITY)) {
        List<Double> edges = new ArrayList<>(List.of(0.0));
        byEdge.keySet().stream()
            .filter(Double::isFinite)
            .forEach(edge -> edges.add(edge * exporter.unit()));
        List<Latency> all = new ArrayList<>();
        for (int i = 0; i < windows; i++) {
          all.add(Latency.of(edges, counts(byEdge, i)));
        }
        return all;
      }
    }
    return List.of();
  }

  /** Each bucket counts those below it, too. */
  private static long[] counts(Map<Double, List<Growth>> byEdge, int window) {
    long[] counts = new long[byEdge.size()];
    double below = 0;
    int bin = 0;
    for (List<Growth> edge : byEdge.values()) {
      double upTo = Math.max(below, sum(edge, window, one -> true));
      counts[bin++] = Math.round(upTo) - Math.round(below);
      below = upTo;
    }
    return counts;
  }

  /** The figures over the horizon, in which the beginning of a trouble can be looked for. */
  Optional<ServingFigures> overTime(Surroundings around) throws EvidenceException {
    List<Window> slices = slices(around.subject().horizon());
    List<Growth> growth =
        Surroundings.own(
            around.subject().model(),
            exporter.owners(),
            around
                .evidence()
                .metrics()
                .growth(
                    around.subject().model(), exporter.all(), mine, exporter.labels(), slices),
            Growth::labels);
    return of(exporter, mine, growth, slices.size());
  }

  static List<Window> slices(Window horizon) {
    Duration step = horizon.length().dividedBy(STEPS);
    List<Window> slices = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      slices.add(
          new Window(
              horizon.to().minus(step.multipliedBy(STEPS - i)),
              horizon.to().minus(step.multipliedBy(STEPS - i - 1))));
    }
    return slices;
  }

  /** One point a slice that had requests. */
  List<Point> points(List<Window> slices, java.util.function.IntToDoubleFunction value) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < slices.size(); i++) {
      double figure = value.applyAsDouble(i);
      if (Double.isFinite(figure)) {
        points.add(new Point(slices.get(i).from(), figure));
      }
    }
    return points;
  }

  /** Figures by the kind of server, for a sentence. */
  String summary() {
    return exporter.name()
        + " counted "
        + Text.count(tallies.get(0).total(), "request")
        + ", "
        + Text.percent(tallies.get(0).share("failed"))
        + " failed";
  }
}
