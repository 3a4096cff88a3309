package dev.samovar.feeds;

import dev.samovar.evidence.Condition;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Metrics;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The figures of the metrics store, and those of feeds for the metrics of which the store has
 * nothing. What a feed says of a model is the model's: it was told what belongs to it. A store that
 * cannot answer does not hide what a feed shows.
 */
final class FedMetrics implements Metrics {
  private final Metrics store;
  private final MetricFeeds feeds;
  private final Consumer<EvidenceException> silence;

  FedMetrics(Metrics store, MetricFeeds feeds) {
    this(store, feeds, unheeded -> {});
  }

  private FedMetrics(Metrics store, MetricFeeds feeds, Consumer<EvidenceException> silence) {
    this.store = store;
    this.feeds = feeds;
    this.silence = silence;
  }

  @Override
  public Metrics noting(Consumer<EvidenceException> other) {
    return new FedMetrics(store.noting(other), feeds, other);
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
    List<Line> stored;
    try {
      stored = store.lines(model, metrics, where, groupBy, window, step);
    } catch (EvidenceException e) {
      List<Line> fed = fed(model, new HashSet<>(metrics), groupBy, window, step);
      if (fed.isEmpty()) {
        throw e;
      }
      silence.accept(e);
      return fed;
    }
    Set<String> missing = new HashSet<>(metrics);
    stored.forEach(line -> missing.remove(line.metric()));
    if (missing.isEmpty()) {
      return stored;
    }
    List<Line> all = new ArrayList<>(stored);
    all.addAll(fed(model, missing, groupBy, window, step));
    all.sort(Comparator.comparing(Line::metric).thenComparing(line -> line.labels().toString()));
    return all;
  }

  /** Lines that the labels do not tell apart become one. */
  private List<Line> fed(
      Model model, Set<String> metrics, List<String> groupBy, Window window, Duration step) {
    record Key(String metric, Map<String, String> labels) {}
    Map<Key, List<Line>> groups =
        feeds.lines(model, metrics, window, silence).stream()
            .collect(
                Collectors.groupingBy(
                    line -> new Key(line.metric(), labels(line, groupBy)),
                    () -> new TreeMap<>(Comparator.comparing(Key::toString)),
                    Collectors.toList()));
    List<Line> lines = new ArrayList<>();
    groups.forEach(
        (key, group) -> {
          List<Point> points = points(group, window, step);
          if (!points.isEmpty()) {
            lines.add(new Line(key.metric(), key.labels(), points, group.get(0).expression()));
          }
        });
    return lines;
  }

  private static Map<String, String> labels(Line line, List<String> groupBy) {
    Map<String, String> labels = new TreeMap<>(line.labels());
    labels.keySet().removeIf(name -> !groupBy.contains(name) && !name.equals(Fields.HOST));
    return labels;
  }

  private static List<Point> points(List<Line> lines, Window window, Duration step) {
    Map<Long, Point> highest = new TreeMap<>();
    for (Line line : lines) {
      for (Point point : line.points()) {
        if (window.contains(point.time())) {
          long index =
              Duration.between(window.from(), point.time()).toMillis()
                  / Math.max(1, step.toMillis());
          highest.merge(index, point, FedMetrics::higher);
        }
      }
    }
    return List.copyOf(highest.values());
  }

  /** The later of the two where they are equally high: a state lasts until then at least. */
  private static Point higher(Point one, Point other) {
    if (one.value() != other.value()) {
      return one.value() > other.value() ? one : other;
    }
    return one.time().isAfter(other.time()) ? one : other;
  }

  @Override
  public List<Growth> growth(
      Model model,
      List<String> counters,
      Condition where,
      List<String> groupBy,
      List<Window> windows)
      throws EvidenceException {
    return store.growth(model, counters, where, groupBy, windows);
  }

  @Override
  public Optional<List<Line>> watched(Model model, Window window, Duration step)
      throws EvidenceException {
    return store.watched(model, window, step);
  }

  /** A feed's lines carry the address of their page; no language begins like one. */
  @Override
  public Optional<String> link(String expression, Window window) {
    return expression.matches("https?://.*")
        ? Optional.of(expression)
        : store.link(expression, window);
  }
}
