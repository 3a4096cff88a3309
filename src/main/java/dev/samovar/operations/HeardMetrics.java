package dev.samovar.operations;

import dev.samovar.evidence.Condition;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Metrics;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.SourceListener;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Metrics of which somebody hears how their store answers. */
public record HeardMetrics(Metrics metrics, String source, SourceListener listener)
    implements Metrics {
  @Override
  public List<Growth> growth(
      Model model,
      List<String> counters,
      Condition where,
      List<String> groupBy,
      List<Window> windows)
      throws EvidenceException {
    return Heard.asking(
        source, listener, () -> metrics.growth(model, counters, where, groupBy, windows));
  }

  @Override
  public List<Line> lines(
      Model model,
      List<String> names,
      Condition where,
      List<String> groupBy,
      Window window,
      Duration step)
      throws EvidenceException {
    return Heard.asking(
        source, listener, () -> metrics.lines(model, names, where, groupBy, window, step));
  }

  @Override
  public Metrics noting(Consumer<EvidenceException> silence) {
    return new HeardMetrics(metrics.noting(silence), source, listener);
  }

  @Override
  public Optional<List<Line>> watched(Model model, Window window, Duration step)
      throws EvidenceException {
    return Heard.asking(source, listener, () -> metrics.watched(model, window, step));
  }

  @Override
  public Optional<String> link(String expression, Window window) {
    return metrics.link(expression, window);
  }
}
