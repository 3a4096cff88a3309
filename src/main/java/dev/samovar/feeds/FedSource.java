package dev.samovar.feeds;

import dev.samovar.evidence.EventFeed;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceSource;
import dev.samovar.evidence.MetricFeed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/** A source whose events and figures are joined with those of feeds. */
public final class FedSource implements EvidenceSource {
  private final EvidenceSource source;
  private final List<EventFeed> feeds;
  private final List<MetricFeed> metricFeeds;
  private final Executor workers;

  /**
   * @param workers on which feeds are asked side by side; not shut down here
   */
  public FedSource(
      EvidenceSource source,
      List<EventFeed> feeds,
      List<MetricFeed> metricFeeds,
      Executor workers) {
    this.source = source;
    this.feeds = List.copyOf(feeds);
    this.metricFeeds = List.copyOf(metricFeeds);
    this.workers = workers;
  }

  @Override
  public Evidence open(String id, Duration budget) {
    Evidence opened = source.open(id, budget);
    Patience patience = new Patience(workers, budget);
    return new Evidence(
        feeds.isEmpty()
            ? opened.events()
            : new FedEvents(opened.events(), new Feeds(feeds, patience)),
        metricFeeds.isEmpty()
            ? opened.metrics()
            : new FedMetrics(opened.metrics(), new MetricFeeds(metricFeeds, patience)),
        opened.lockFiles(),
        opened.profiles(),
        opened.ruleBooks());
  }
}
