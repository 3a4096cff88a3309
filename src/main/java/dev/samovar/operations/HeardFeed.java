package dev.samovar.operations;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.EventFeed;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Reach;
import dev.samovar.evidence.SourceListener;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A feed of which somebody hears how it answers. */
public record HeardFeed(EventFeed feed, SourceListener listener) implements EventFeed {
  @Override
  public String name() {
    return feed.name();
  }

  @Override
  public Set<Dataset> datasets() {
    return feed.datasets();
  }

  @Override
  public Optional<Reach> reach(Duration budget) throws EvidenceException {
    return feed.reach(budget);
  }

  @Override
  public Set<String> fields(Model model, Dataset dataset, Duration budget)
      throws EvidenceException {
    return feed.fields(model, dataset, budget);
  }

  @Override
  public List<Event> events(Model model, Dataset dataset, Window window, Duration budget)
      throws EvidenceException {
    return Heard.asking(name(), listener, () -> feed.events(model, dataset, window, budget));
  }
}
