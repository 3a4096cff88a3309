package dev.samovar.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Two stores of metrics: the second is asked for the metrics of which the first has nothing. A
 * first that cannot answer is an error even so, since what it has might be what matters.
 */
public record MetricsInTurn(Metrics first, Metrics second) implements Metrics {

  @Override
  public List<Line> lines(
      Model model,
      List<String> metrics,
      Condition where,
      List<String> groupBy,
      Window window,
      Duration step)
      throws EvidenceException {
    List<Line> lines = new ArrayList<>(first.lines(model, metrics, where, groupBy, window, step));
    Set<String> there = lines.stream().map(Line::metric).collect(Collectors.toSet());
    List<String> missing = metrics.stream().filter(name -> !there.contains(name)).toList();
    if (!missing.isEmpty()) {
      lines.addAll(second.lines(model, missing, where, groupBy, window, step));
      lines.sort(
          Comparator.comparing(Line::metric).thenComparing(line -> line.labels().toString()));
    }
    return lines;
  }

  @Override
  public List<Growth> growth(
      Model model,
      List<String> counters,
      Condition where,
      List<String> groupBy,
      List<Window> windows)
      throws EvidenceException {
    List<Growth> growth =
        new ArrayList<>(first.growth(model, counters, where, groupBy, windows));
    Set<String> there = growth.stream().map(Growth::metric).collect(Collectors.toSet());
    List<String> missing = counters.stream().filter(name -> !there.contains(name)).toList();
    if (!missing.isEmpty()) {
      growth.addAll(second.growth(model, missing, where, groupBy, windows));
    }
    return growth;
  }

  @Override
  public Optional<List<Line>> watched(Model model, Window window, Duration step)
      throws EvidenceException {
    Optional<List<Line>> lines = first.watched(model, window, step);
    return lines.isPresent() ? lines : second.watched(model, window, step);
  }

  @Override
  public Optional<String> link(String expression, Window window) {
    return first.link(expression, window).or(() -> second.link(expression, window));
  }
}
