package dev.samovar.feeds;

import dev.samovar.evidence.Binning;
import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Events;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Histogram;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Numbers;
import dev.samovar.evidence.Profile;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Series;
import dev.samovar.evidence.Tally;
import dev.samovar.evidence.ValueCount;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The events of the log store and of the feeds as if they were in one place. Of a dataset that no
 * feed has, and of distributions (which no feed has enough events for), the store alone speaks.
 */
final class FedEvents implements Events {
  private static final Window ALWAYS =
      new Window(Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"));

  /** Two places may date the same event a little differently. */
  private static final Duration LEEWAY = Duration.ofDays(1);

  private final Events store;
  private final Feeds feeds;
  private final Consumer<EvidenceException> silence;

  FedEvents(Events store, Feeds feeds) {
    this(store, feeds, unheeded -> {});
  }

  private FedEvents(Events store, Feeds feeds, Consumer<EvidenceException> silence) {
    this.store = store;
    this.feeds = feeds;
    this.silence = silence;
  }

  @Override
  public Events noting(Consumer<EvidenceException> other) {
    return new FedEvents(store.noting(other), feeds, other);
  }

  @Override
  public Catalog catalog(Model model, Dataset dataset) throws EvidenceException {
    Catalog stored = store.catalog(model, dataset);
    if (!feeds.serve(dataset)) {
      return stored;
    }
    Map<String, Set<String>> known = feeds.fields(model, dataset, silence);
    if (known.isEmpty()) {
      return stored;
    }
    List<String> open = new ArrayList<>(stored.open());
    known.keySet().stream().sorted().forEach(open::add);
    Map<String, Catalog.Field> fields = new HashMap<>(stored.fields());
    known
        .values()
        .forEach(
            names ->
                names.forEach(
                    name ->
                        fields.putIfAbsent(
                            name,
                            new Catalog.Field(Kinds.of(name), name, stored.open(), "", Map.of()))));
    return new Catalog(stored.expression(), open, stored.closed(), fields);
  }

  /** Whether there is an index that can be asked, so that a feed is not all there is. */
  private boolean isStored(Query query) throws EvidenceException {
    return !feeds.serve(query.dataset())
        || !store.catalog(query.model(), query.dataset()).isEmpty();
  }

  /** What the feeds have beyond the store, newest first. */
  private List<Event> fed(Query query, Window window) throws EvidenceException {
    if (!feeds.serve(query.dataset())) {
      return List.of();
    }
    List<Event> events =
        feeds.events(query.model(), query.dataset(), window, silence).stream()
            .filter(event -> Matching.matches(event, query.where()))
            .sorted(Comparator.comparing(Event::time).reversed())
            .toList();
    Optional<Identity> identity = Identity.of(query.dataset());
    return events.isEmpty() || identity.isEmpty() || !isStored(query)
        ? events
        : without(stored(query, identity.get(), events), identity.get(), events);
  }

  /** The events of the store that are named as those are. */
  private Map<String, List<Event>> stored(Query query, Identity identity, List<Event> events)
      throws EvidenceException {
    Set<String> names = new LinkedHashSet<>();
    events.forEach(event -> event.text(identity.field()).ifPresent(names::add));
    if (names.isEmpty()) {
      return Map.of();
    }
    Instant first = events.get(events.size() - 1).time();
    Instant last = events.get(0).time();
    Map<String, List<Event>> byName = new HashMap<>();
    for (Event event :
        store.newest(
            Query.of(query.model(), query.dataset())
                .and(new Condition.Is(identity.field(), List.copyOf(names))),
            new Window(first.minus(LEEWAY), last.plus(LEEWAY)),
            List.of(identity.field(), identity.besides()),
            Math.min(10_000, names.size() * 4))) {
      event
          .text(identity.field())
          .ifPresent(name -> byName.computeIfAbsent(name, one -> new ArrayList<>()).add(event));
    }
    return byName;
  }

  private static List<Event> without(
      Map<String, List<Event>> stored, Identity identity, List<Event> events) {
    return events.stream()
        .filter(
            event ->
                stored.getOrDefault(event.text(identity.field()).orElse(""), List.of()).stream()
                    .noneMatch(other -> identity.areSame(event, other)))
        .toList();
  }

  @Override
  public List<Tally> tally(Query query, List<Window> windows, Map<String, Condition> conditions)
      throws EvidenceException {
    List<Tally> stored =
        isStored(query)
            ? store.tally(query, windows, conditions)
            : Collections.nCopies(windows.size(), nothing(conditions.keySet()));
    List<Event> all = windows.isEmpty() ? List.of() : fed(query, hull(windows));
    List<Tally> tallies = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      Window window = windows.get(i);
      List<Event> fed = all.stream().filter(event -> window.contains(event.time())).toList();
      Map<String, Long> matching = new HashMap<>();
      for (Map.Entry<String, Condition> one : conditions.entrySet()) {
        matching.put(one.getKey(), stored.get(i).of(one.getKey()) + count(fed, one.getValue()));
      }
      tallies.add(new Tally(stored.get(i).total() + fed.size(), matching));
    }
    return tallies;
  }

  private static Window hull(List<Window> windows) {
    return new Window(
        windows.stream().map(Window::from).min(Comparator.naturalOrder()).orElseThrow(),
        windows.stream().map(Window::to).max(Comparator.naturalOrder()).orElseThrow());
  }

  private static Tally nothing(Set<String> names) {
    Map<String, Long> none = new HashMap<>();
    names.forEach(name -> none.put(name, 0L));
    return new Tally(0, none);
  }

  private static long count(List<Event> events, Condition condition) {
    return events.stream().filter(event -> Matching.matches(event, condition)).count();
  }

  @Override
  public List<Profile> profiles(Query query, List<String> fields, List<Window> windows)
      throws EvidenceException {
    return store.profiles(query, fields, windows);
  }

  @Override
  public List<List<Histogram>> histograms(Query query, List<Binning> binnings, List<Window> windows)
      throws EvidenceException {
    return store.histograms(query, binnings, windows);
  }

  @Override
  public List<Series> series(Query query, List<Condition> conditions, Window horizon, Duration step)
      throws EvidenceException {
    List<Event> fed = fed(query, horizon);
    if (fed.isEmpty() && isStored(query)) {
      return store.series(query, conditions, horizon, step);
    }
    int steps =
        Math.toIntExact(
            Math.max(1, (horizon.length().toMillis() + step.toMillis() - 1) / step.toMillis()));
    List<Long> none = Collections.nCopies(steps, 0L);
    List<Series> stored =
        isStored(query)
            ? store.series(query, conditions, horizon, step)
            : Collections.nCopies(conditions.size(), new Series(horizon.from(), step, none, none));
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      List<Long> totals = new ArrayList<>(stored.get(i).totals());
      List<Long> matching = new ArrayList<>(stored.get(i).matching());
      for (Event event : fed) {
        int index =
            (int) (Duration.between(horizon.from(), event.time()).toMillis() / step.toMillis());
        totals.set(index, totals.get(index) + 1);
        if (Matching.matches(event, conditions.get(i))) {
          matching.set(index, matching.get(index) + 1);
        }
      }
      series.add(new Series(horizon.from(), step, totals, matching));
    }
    return series;
  }

  @Override
  public List<ValueCount> values(Query query, String field, Optional<Window> window, int limit)
      throws EvidenceException {
    List<Event> fed =
        Kinds.of(field) == Catalog.Kind.TEXT ? List.of() : fed(query, window.orElse(ALWAYS));
    Map<String, ValueCount> counts = new TreeMap<>();
    if (isStored(query)) {
      store.values(query, field, window, limit).forEach(count -> counts.put(count.value(), count));
    }
    for (Event event : fed) {
      Matching.values(event, field)
          .map(value -> written(field, value))
          .distinct()
          .forEach(
              value ->
                  counts.merge(
                      value,
                      new ValueCount(value, 1, event.time(), event.time()),
                      FedEvents::together));
    }
    return counts.values().stream()
        .sorted(
            Comparator.comparing(ValueCount::count)
                .reversed()
                .thenComparing(ValueCount::value, byName(field)))
        .limit(limit)
        .toList();
  }

  /** The store orders numbers as numbers. */
  private static Comparator<String> byName(String field) {
    return Kinds.of(field) == Catalog.Kind.NUMBER
        ? Comparator.comparingDouble(Double::parseDouble)
        : Comparator.naturalOrder();
  }

  private static String written(String field, String value) {
    return Kinds.of(field) == Catalog.Kind.NUMBER ? Numbers.text(Double.parseDouble(value)) : value;
  }

  private static ValueCount together(ValueCount one, ValueCount other) {
    return new ValueCount(
        one.value(),
        one.count() + other.count(),
        one.first().isBefore(other.first()) ? one.first() : other.first(),
        one.last().isAfter(other.last()) ? one.last() : other.last());
  }

  @Override
  public List<Event> newest(Query query, Window window, List<String> fields, int limit)
      throws EvidenceException {
    List<Event> all = new ArrayList<>();
    if (isStored(query)) {
      all.addAll(store.newest(query, window, fields, limit));
    }
    fed(query, window).forEach(event -> all.add(cut(event, fields)));
    // A stable sort: what the store put first among equals stays there.
    all.sort(Comparator.comparing(Event::time).reversed());
    return all.stream().limit(limit).toList();
  }

  /** The few of the feeds among the many of the store. */
  @Override
  public List<Event> sample(Query query, Window window, List<String> fields, int limit)
      throws EvidenceException {
    List<Event> all = new ArrayList<>();
    fed(query, window).forEach(event -> all.add(cut(event, fields)));
    if (isStored(query)) {
      all.addAll(store.sample(query, window, fields, limit));
    }
    return all.stream().limit(limit).toList();
  }

  private static Event cut(Event event, List<String> fields) {
    Map<String, List<String>> kept = new LinkedHashMap<>();
    event
        .values()
        .forEach(
            (name, values) -> {
              if (!name.equals(Fields.TIME)
                  && fields.stream().anyMatch(field -> Kinds.isPartOf(name, field))) {
                kept.put(name, values);
              }
            });
    return new Event(event.time(), kept);
  }

  @Override
  public List<String> telling(
      Query query, String field, Window window, List<Window> background, int limit)
      throws EvidenceException {
    return store.telling(query, field, window, background, limit);
  }

  @Override
  public Optional<String> link(Query query, Window window) {
    return store.link(query, window);
  }
}
