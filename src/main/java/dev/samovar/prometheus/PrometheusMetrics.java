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
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private static final int MOST_WATCHED = 200;

  /** The server sums them up, and only the sums are sent. */
  private static final int MOST_SUMMED = 50_000;

  /** Tells the metrics of one answer apart; functions drop the name of a metric. */
  private static final String METRIC = "samovar_metric";

  private final PrometheusApi api;
  private final PrometheusLinks links;

  PrometheusMetrics(PrometheusApi api, PrometheusLinks links) {
    this.api = api;
    this.links = links;
  }

  @Override
  public Optional<String> link(String expression, Window window) {
    return links.to(expression, window);
  }

  @Override
  public Optional<List<Line>> watched(Model model, Window window, Duration step)
      throws EvidenceException {
    List<Line> lines = new ArrayList<>();
    Steps steps = Steps.of(window, step, 1);
    for (Map.Entry<String, String> one : new TreeMap<>(model.metrics()).entrySet()) {
      if (Metrics.isName(one.getValue())) {
        continue;
      }
      List<PrometheusApi.Row> rows =
          api.range(
              "expression models[].metrics." + one.getKey(),
              one.getValue(),
              steps.first(),
              steps.last(),
              steps.length());
      if (rows.size() > MOST_WATCHED) {
        throw new EvidenceException(
            Kind.PARTIAL,
            "models[].metrics."
                + one.getKey()
                + " has "
                + rows.size()
                + " series, more than can be watched ("
                + MOST_WATCHED
                + "); sum them up, or name the ones that matter");
      }
      for (PrometheusApi.Row row : rows) {
        Map<String, String> labels = new TreeMap<>(row.labels());
        labels.remove("__name__");
        if (!row.points().isEmpty()) {
          lines.add(
              new Line(
                  one.getKey(),
                  labels,
                  row.points().stream()
                      .map(point -> new Point(steps.begin(point.time()), point.value()))
                      .toList(),
                  Optional.of(one.getValue())));
        }
      }
    }
    return Optional.of(lines);
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
    List<Selector> selectors = Selector.of(where);
    Map<String, List<Map<String, String>>> byName =
        series(model, metrics, selectors, window, MOST_SERIES);
    int series = byName.values().stream().mapToInt(List::size).sum();
    if (series == 0) {
      return List.of();
    }
    List<String> labels = Labels.asked(groupBy);
    Steps steps = Steps.of(window, step, series);
    List<String> expressions = new ArrayList<>();
    byName.forEach(
        (name, those) ->
            expressions.add(expression(name, those, selectors, labels, steps.length())));
    Map<String, Map<Map<String, String>, Map<Instant, Double>>> lines = new TreeMap<>();
    Map<String, String> seen = new TreeMap<>();
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
      seen.putIfAbsent(
          row.labels().getOrDefault(METRIC, "") + Labels.named(row.labels(), groupBy),
          exactly(row.labels()));
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
                                .toList(),
                            Optional.ofNullable(seen.get(name + named))));
                  }
                }));
    all.sort(Comparator.comparing(Line::metric).thenComparing(line -> line.labels().toString()));
    return all;
  }

  /** By the name of the metric. */
  private Map<String, List<Map<String, String>>> series(
      Model model, List<String> metrics, List<Selector> selectors, Window window, int most)
      throws EvidenceException {
    List<String> known = metrics.stream().filter(Names::isLegal).distinct().sorted().toList();
    if (known.isEmpty() || selectors.isEmpty()) {
      return Map.of();
    }
    List<String> there = List.copyOf(api.names(known, window));
    if (there.isEmpty()) {
      return Map.of();
    }
    List<Map<String, String>> series =
        api.series(selectors.stream().map(one -> one.of(there)).toList(), window);
    if (series.size() > most) {
      throw new EvidenceException(
          Kind.PARTIAL,
          "Prometheus has "
              + series.size()
              + " series of "
              + model.name()
              + ", more than can be read ("
              + most
              + "); drop labels that nobody needs, or record sums of them");
    }
    Map<String, List<Map<String, String>>> byName = new TreeMap<>();
    for (Map<String, String> one : series) {
      byName
          .computeIfAbsent(one.getOrDefault("__name__", ""), unused -> new ArrayList<>())
          .add(one);
    }
    return byName;
  }

  @Override
  public List<Growth> growth(
      Model model,
      List<String> counters,
      Condition where,
      List<String> groupBy,
      List<Window> windows)
      throws EvidenceException {
    List<Selector> selectors = Selector.of(where);
    Window whole =
        new Window(
            windows.stream().map(Window::from).min(Comparator.naturalOrder()).orElseThrow(),
            windows.stream().map(Window::to).max(Comparator.naturalOrder()).orElseThrow());
    Map<String, List<Map<String, String>>> byName =
        series(model, counters, selectors, whole, MOST_SUMMED);
    if (byName.isEmpty()) {
      return List.of();
    }
    List<String> labels = Labels.written(groupBy);
    Map<String, Map<Map<String, String>, Double[]>> grown = new TreeMap<>();
    for (Beat beat : Beat.of(windows)) {
      List<String> expressions = new ArrayList<>();
      byName.forEach(
          (name, those) ->
              expressions.add(
                  named(
                      name,
                      summed(
                          name, those, selectors, labels, "increase", millis(beat.length())))));
      for (PrometheusApi.Row row :
          api.range(
              "growth of " + byName.size() + " metrics",
              String.join(" or ", expressions),
              beat.first(),
              beat.last(),
              beat.step())) {
        Double[] known =
            grown
                .computeIfAbsent(
                    row.labels().getOrDefault(METRIC, ""), unused -> new java.util.HashMap<>())
                .computeIfAbsent(
                    Labels.named(row.labels(), groupBy),
                    unused ->
                        Collections.nCopies(windows.size(), Double.NaN).toArray(Double[]::new));
        for (Point point : row.points()) {
          for (int i = 0; i < known.length; i++) {
            if (point.time().equals(Beat.end(windows.get(i)))) {
              known[i] = (Double.isNaN(known[i]) ? 0 : known[i]) + point.value();
            }
          }
        }
      }
    }
    List<Growth> all = new ArrayList<>();
    grown.forEach(
        (name, those) ->
            those.forEach(
                (named, values) ->
                    all.add(
                        new Growth(
                            name,
                            named,
                            Arrays.asList(values),
                            Optional.of(
                                summed(
                                    name,
                                    byName.getOrDefault(name, List.of()),
                                    selectors,
                                    labels,
                                    "rate",
                                    "5m"))))));
    all.sort(
        Comparator.comparing(Growth::metric).thenComparing(growth -> growth.labels().toString()));
    return all;
  }

  private static String summed(
      String metric,
      List<Map<String, String>> series,
      List<Selector> selectors,
      List<String> labels,
      String function,
      String range) {
    return "sum by ("
        + present(series, labels)
        + ") ("
        + needed(series, selectors).stream()
            .map(one -> function + "(" + one.of(metric) + "[" + range + "])")
            .collect(Collectors.joining(" or "))
        + ")";
  }

  private static String present(List<Map<String, String>> series, List<String> labels) {
    Set<String> present = new TreeSet<>();
    series.forEach(one -> present.addAll(one.keySet()));
    return labels.stream().filter(present::contains).collect(Collectors.joining(","));
  }

  private static String named(String metric, String expression) {
    return "label_replace(" + expression + ", \"" + METRIC + "\", \"" + metric + "\", \"\", \"\")";
  }

  /** The series as a person would ask for it. */
  private static String exactly(Map<String, String> labels) {
    return labels.getOrDefault(METRIC, "")
        + labels.entrySet().stream()
            .filter(label -> !label.getKey().equals(METRIC))
            .map(label -> label.getKey() + "=" + Matcher.quoted(label.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static String millis(Duration length) {
    return length.toMillis() + "ms";
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
    String highest =
        needed(series, selectors).stream()
            .map(one -> "max_over_time(" + one.of(metric) + "[" + millis(step) + "])")
            .collect(Collectors.joining(" or "));
    return named(metric, "max by (" + present(series, labels) + ") (" + highest + ")");
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

  /** Windows of one length whose ends are equally far apart: one question for them all. */
  private record Beat(Instant first, Instant last, Duration step, Duration length) {
    static List<Beat> of(List<Window> windows) {
      List<Window> sorted = windows.stream().distinct().sorted().toList();
      Duration length = sorted.get(0).length();
      boolean isRegular = sorted.stream().allMatch(window -> window.length().equals(length));
      Duration step =
          sorted.size() < 2
              ? Duration.ofSeconds(1)
              : Duration.between(sorted.get(0).to(), sorted.get(1).to());
      for (int i = 1; i < sorted.size(); i++) {
        isRegular &= Duration.between(sorted.get(i - 1).to(), sorted.get(i).to()).equals(step);
      }
      return isRegular && step.toMillis() > 0
          ? List.of(
              new Beat(end(sorted.get(0)), end(sorted.get(sorted.size() - 1)), step, length))
          : sorted.stream()
              .map(one -> new Beat(end(one), end(one), Duration.ofSeconds(1), one.length()))
              .toList();
    }

    /** The last moment that belongs to it, as servers count time. */
    static Instant end(Window window) {
      return Instant.ofEpochMilli(window.to().toEpochMilli() - 1);
    }
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
