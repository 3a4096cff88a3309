package dev.samovar.prometheus;

import dev.samovar.evidence.Condition;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.EvidenceException.Kind;
import dev.samovar.evidence.Metrics;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Asks which of the metrics are there, then which series concern the model, and only then for
 * values, with the selectors and labels that the series really need.
 */
final class PrometheusMetrics implements Metrics {
  /** More points of a series are refused by the server. */
  private static final long MOST_POINTS = 11_000;

  /** Points of all series together, some 25 bytes each in the answer. */
  private static final long MOST_VALUES = 400_000;

  private static final int MOST_SERIES = 5_000;

  /** Tells the metrics of one answer apart; functions drop the name of a metric. */
  private static final String METRIC = "samovar_metric";

  private final PrometheusApi api;

  PrometheusMetrics(PrometheusApi api) {
    this.api = api;
  }

  @Override
  public List<Line> lines(
      Model model,
      List<String> metrics,
      Condition where,
      List<String> groupBy,
      Window window,
      Duration step)
      throws EvidenceException {
    List<String> known = metrics.stream().filter(Names::isLegal).distinct().sorted().toList();
    List<Selector> selectors = Selector.of(where);
    if (known.isEmpty() || selectors.isEmpty()) {
      return List.of();
    }
    List<String> there = List.copyOf(api.names(known, window));
    if (there.isEmpty()) {
      return List.of();
    }
    List<Map<String, String>> series =
        api.series(selectors.stream().map(one -> one.of(there)).toList(), window);
    if (series.isEmpty()) {
      return List.of();
    }
    if (series.size() > MOST_SERIES) {
      throw new EvidenceException(
          Kind.PARTIAL,
          "Prometheus has "
              + series.size()
              + " series of "
              + model.name()
              + ", more than can be read ("
              + MOST_SERIES
              + "); drop labels that nobody needs, or record sums of them");
    }
    List<String> labels = Labels.asked(groupBy);
    Steps steps = Steps.of(window, step, series.size());
    Map<String, List<Map<String, String>>> byName = new TreeMap<>();
    for (Map<String, String> one : series) {
      byName
          .computeIfAbsent(one.getOrDefault("__name__", ""), unused -> new ArrayList<>())
          .add(one);
    }
    List<String> expressions = new ArrayList<>();
    byName.forEach(
        (name, those) ->
            expressions.add(expression(name, those, selectors, labels, steps.length())));
    Map<String, Map<Map<String, String>, Map<Instant, Double>>> lines = new TreeMap<>();
    for (PrometheusApi.Row row :
        api.range(
            "values of " + byName.size() + " metrics",
            String.join(" or ", expressions),
            steps.first(),
            steps.last(),
            steps.length())) {
      Map<Instant, Double> points =
          lines
              .computeIfAbsent(row.labels().getOrDefault(METRIC, ""), unused -> newLines())
              .computeIfAbsent(Labels.named(row.labels(), groupBy), unused -> new TreeMap<>());
      // Two series that checks cannot tell apart are one line: a target that moved.
      row.points()
          .forEach(
              point ->
                  points.merge(
                      steps.begin(point.time()), point.value(), (one, two) -> Math.max(one, two)));
    }
    List<Line> all = new ArrayList<>();
    lines.forEach(
        (name, those) ->
            those.forEach(
                (named, points) -> {
                  if (!points.isEmpty()) {
                    all.add(
                        new Line(
                            name,
                            named,
                            points.entrySet().stream()
                                .map(point -> new Point(point.getKey(), point.getValue()))
                                .toList()));
                  }
                }));
    all.sort(Comparator.comparing(Line::metric).thenComparing(line -> line.labels().toString()));
    return all;
  }

  private static Map<Map<String, String>, Map<Instant, Double>> newLines() {
    return new java.util.HashMap<>();
  }

  private static String expression(
      String metric,
      List<Map<String, String>> series,
      List<Selector> selectors,
      List<String> labels,
      Duration step) {
    Set<String> present = new TreeSet<>();
    series.forEach(one -> present.addAll(one.keySet()));
    String by = labels.stream().filter(present::contains).collect(Collectors.joining(","));
    String highest =
        needed(series, selectors).stream()
            .map(one -> "max_over_time(" + one.of(metric) + "[" + step.toMillis() + "ms])")
            .collect(Collectors.joining(" or "));
    return "label_replace(max by ("
        + by
        + ") ("
        + highest
        + "), \""
        + METRIC
        + "\", \""
        + metric
        + "\", \"\", \"\")";
  }

  /** As few of the selectors as fit all the series together: always the one that fits most. */
  private static List<Selector> needed(List<Map<String, String>> series, List<Selector> all) {
    List<Map<String, String>> left = new ArrayList<>(series);
    List<Selector> needed = new ArrayList<>();
    List<Selector> unused = new ArrayList<>(all);
    while (!left.isEmpty() && !unused.isEmpty()) {
      Selector best =
          unused.stream()
              .max(Comparator.comparingLong(one -> left.stream().filter(one::matches).count()))
              .orElseThrow();
      unused.remove(best);
      if (left.removeIf(best::matches)) {
        needed.add(best);
      }
    }
    return needed;
  }

  /**
   * The steps of a window, the last of which ends with it. Values are asked for at the last
   * millisecond of a step, so that what comes after the window is never seen.
   */
  private record Steps(Instant first, Instant last, Duration length) {
    static Steps of(Window window, Duration asked, int series) {
      long whole = window.length().toMillis();
      long most = Math.max(1, Math.min(MOST_POINTS, MOST_VALUES / series));
      long widened = Math.max(asked.toMillis(), (whole + most - 1) / most);
      long length = Math.max(1, Math.min(whole, widened));
      long count = whole / length;
      Instant last = window.to().minusMillis(1);
      return new Steps(last.minusMillis((count - 1) * length), last, Duration.ofMillis(length));
    }

    Instant begin(Instant asked) {
      return asked.plusMillis(1).minus(length);
    }
  }
}
