package dev.samovar.feeds;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.EventFeed;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives the events it was given, or the same failure always; counts how often it was asked. */
final class ListedFeed implements EventFeed {
  private final String name;
  private final Dataset dataset;
  private final List<Event> events;
  private final Optional<EvidenceException> failure;
  private final AtomicInteger asked = new AtomicInteger();

  private ListedFeed(
      String name, Dataset dataset, List<Event> events, Optional<EvidenceException> failure) {
    this.name = name;
    this.dataset = dataset;
    this.events = List.copyOf(events);
    this.failure = failure;
  }

  static ListedFeed of(String name, Dataset dataset, List<Event> events) {
    return new ListedFeed(name, dataset, events, Optional.empty());
  }

  static ListedFeed silent(String name, Dataset dataset, EvidenceException failure) {
    return new ListedFeed(name, dataset, List.of(), Optional.of(failure));
  }

  int asked() {
    return asked.get();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Dataset> datasets() {
    return Set.of(dataset);
  }

  @Override
  public Set<String> fields(Model model, Dataset about, Duration budget) throws EvidenceException {
    if (failure.isPresent()) {
      throw failure.get();
    }
    return events.isEmpty()
        ? Set.of()
        : events.stream()
            .flatMap(event -> event.values().keySet().stream())
            .collect(java.util.stream.Collectors.toSet());
  }

  @Override
  public List<Event> events(Model model, Dataset about, Window window, Duration budget)
      throws EvidenceException {
    asked.incrementAndGet();
    if (failure.isPresent()) {
      throw failure.get();
    }
    return events.stream()
        .filter(event -> window.contains(event.time()))
        .sorted(Comparator.comparing(Event::time).reversed())
        .toList();
  }
}
