package dev.samovar.feeds;

import dev.samovar.evidence.EventFeed;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/** A source whose events are joined with those of feeds. */
public final class FedSource implements EvidenceSource {
  private final EvidenceSource source;
  private final List<EventFeed> feeds;
  private final Executor workers;

  /**
   * @param workers on which feeds are asked side by side; not shut down here
   */
  public FedSource(EvidenceSource source, List<EventFeed> feeds, Executor workers) {
    this.source = source;
    this.feeds = List.copyOf(feeds);
    this.workers = workers;
  }

  @Override
  public Evidence open(String id, Duration budget) {
    Evidence opened = source.open(id, budget);
    return feeds.isEmpty()
        ? opened
        : opened.with(new FedEvents(opened.events(), new Feeds(feeds, workers, budget)));
  }
}
