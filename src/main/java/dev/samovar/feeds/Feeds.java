package dev.samovar.feeds;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.EventFeed;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * The feeds during one investigation. Each is asked once for a model and time, side by side with
 * the others, and whoever asks for a part of a time that was asked for gets its part. A feed that
 * keeps still is told as such to everybody who asks, and does not keep anybody waiting twice.
 */
final class Feeds {
  /** As far back as any check looks: one question then serves all of them. */
  private static final Duration USUAL = Duration.ofDays(90);

  private final List<EventFeed> feeds;
  private final Patience patience;
  private final Map<List<Object>, FutureTask<Set<String>>> fields = new HashMap<>();
  private final Map<List<Object>, Map<Window, FutureTask<List<Event>>>> events = new HashMap<>();

  Feeds(List<EventFeed> feeds, Patience patience) {
    this.feeds = List.copyOf(feeds);
    this.patience = patience;
  }

  boolean serve(Dataset dataset) {
    return feeds.stream().anyMatch(feed -> feed.datasets().contains(dataset));
  }

  /** The fields of all that answer, and the names of those that know the model. */
  Map<String, Set<String>> fields(
      Model model, Dataset dataset, Consumer<EvidenceException> silence) {
    List<Asked<Set<String>>> asked = new ArrayList<>();
    for (EventFeed feed : serving(dataset)) {
      asked.add(new Asked<>(feed, fieldsTask(feed, model, dataset)));
    }
    Map<String, Set<String>> known = new HashMap<>();
    for (Asked<Set<String>> one : asked) {
      patience
          .await(one.feed().name(), one.task(), silence)
          .filter(names -> !names.isEmpty())
          .ifPresent(names -> known.put(one.feed().name(), new TreeSet<>(names)));
    }
    return known;
  }

  /** Of all that answer; the same event told by two of them counts once. */
  List<Event> events(
      Model model, Dataset dataset, Window window, Consumer<EvidenceException> silence) {
    List<Asked<List<Event>>> asked = new ArrayList<>();
    for (EventFeed feed : serving(dataset)) {
      asked.add(new Asked<>(feed, eventsTask(feed, model, dataset, wide(window))));
    }
    Optional<Identity> identity = Identity.of(dataset);
    List<Event> all = new ArrayList<>();
    for (Asked<List<Event>> one : asked) {
      List<Event> earlier = List.copyOf(all);
      patience.await(one.feed().name(), one.task(), silence).orElse(List.of()).stream()
          .filter(event -> window.contains(event.time()))
          .filter(
              event ->
                  identity.isEmpty()
                      || earlier.stream().noneMatch(other -> identity.get().areSame(event, other)))
          .forEach(all::add);
    }
    return all;
  }

  private List<EventFeed> serving(Dataset dataset) {
    return feeds.stream().filter(feed -> feed.datasets().contains(dataset)).toList();
  }

  private record Asked<T>(EventFeed feed, FutureTask<T> task) {}

  private synchronized FutureTask<Set<String>> fieldsTask(
      EventFeed feed, Model model, Dataset dataset) {
    return fields.computeIfAbsent(
        List.of(feed.name(), model, dataset),
        key -> patience.begin(feed.name(), budget -> feed.fields(model, dataset, budget)));
  }

  private synchronized FutureTask<List<Event>> eventsTask(
      EventFeed feed, Model model, Dataset dataset, Window window) {
    Map<Window, FutureTask<List<Event>>> known =
        events.computeIfAbsent(List.of(feed.name(), model, dataset), key -> new HashMap<>());
    return known.entrySet().stream()
        .filter(entry -> encloses(entry.getKey(), window))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(
            () -> {
              FutureTask<List<Event>> task =
                  patience.begin(
                      feed.name(), budget -> feed.events(model, dataset, window, budget));
              known.put(window, task);
              return task;
            });
  }

  static Window wide(Window window) {
    Instant usual = window.to().minus(USUAL);
    return usual.isBefore(window.from()) ? new Window(usual, window.to()) : window;
  }

  static boolean encloses(Window wide, Window narrow) {
    return !narrow.from().isBefore(wide.from()) && !narrow.to().isAfter(wide.to());
  }
}
