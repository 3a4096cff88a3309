package dev.samovar.operations;

import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.MetricFeed;
import dev.samovar.evidence.Metrics;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.SourceListener;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A feed of figures of which somebody hears how it answers. */
public record HeardFigures(MetricFeed feed, SourceListener listener) implements MetricFeed {
  @Override
  public String name() {
    return feed.name();
  }

  @Override
  public Set<String> metrics() {
    return feed.metrics();
  }

  @Override
  public List<Metrics.Line> lines(Model model, Window window, Duration budget)
      throws EvidenceException {
    return Heard.asking(name(), listener, () -> feed.lines(model, window, budget));
  }
}
