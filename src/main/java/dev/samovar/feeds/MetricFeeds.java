package dev.samovar.feeds;

import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.MetricFeed;
import dev.samovar.evidence.Metrics.Line;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * The feeds of figures during one investigation, each asked side by side with the others, and once
 * for all who ask for a part of a time that was asked for.
 */
final class MetricFeeds {
  private final List<MetricFeed> feeds;
  private final Patience patience;
  private final Map<List<Object>, Map<Window, FutureTask<List<Line>>>> lines = new HashMap<>();

  MetricFeeds(List<MetricFeed> feeds, Patience patience) {
    this.feeds = List.copyOf(feeds);
    this.patience = patience;
  }

  /** Of all that answer, those of the named metrics; the points may lie outside the window. */
  List<Line> lines(
      Model model, Collection<String> metrics, Window window, Consumer<EvidenceException> silence) {
    List<Asked> asked = new ArrayList<>();
    for (MetricFeed feed : feeds) {
      if (feed.metrics().stream().anyMatch(metrics::contains)) {
        asked.add(new Asked(feed, task(feed, model, Feeds.wide(window))));
      }
    }
    List<Line> all = new ArrayList<>();
    for (Asked one : asked) {
      patience.await(one.feed().name(), one.task(), silence).orElse(List.of()).stream()
          .filter(line -> metrics.contains(line.metric()))
          .forEach(all::add);
    }
    return all;
  }

  private record Asked(MetricFeed feed, FutureTask<List<Line>> task) {}

  private synchronized FutureTask<List<Line>> task(MetricFeed feed, Model model, Window window) {
    Map<Window, FutureTask<List<Line>>> known =
        lines.computeIfAbsent(List.of(feed.name(), model), key -> new HashMap<>());
    return known.entrySet().stream()
        .filter(entry -> Feeds.encloses(entry.getKey(), window))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(
            () -> {
              FutureTask<List<Line>> task =
                  patience.begin(feed.name(), budget -> feed.lines(model, window, budget));
              known.put(window, task);
              return task;
            });
  }
}
