package dev.samovar.checks;

import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Profile;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Tally;
import dev.samovar.evidence.ValueCount;
import dev.samovar.evidence.Window;
import dev.samovar.statistics.RobustSpread;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The events of one dataset.
 *
 * @param usual how many come in such a window
 */
record LogSource(Case subject, Evidence evidence, Query query, Dataset dataset, double usual) {
  /** A silence counts when events at the usual rate would have left it with this probability. */
  private static final double IMPOSSIBLE = 1e-6;

  private static final Duration SHORTEST = Duration.ofMinutes(5);
  private static final long ENOUGH = 50;

  /** Later than that and later than usual, an event is missed by those who look at the newest. */
  private static final Duration LATE = Duration.ofMinutes(5);

  private static final int SAMPLE = 200;

  /** Shares of events between which a type was another one before. */
  private static final double NEARLY_ALL = 0.5;

  private static final double HARDLY_ANY = 0.05;

  private String what() {
    return dataset == Dataset.INFERENCE
        ? "predictions of " + subject.model().name()
        : "log lines of " + subject.model().service();
  }

  /** How long no event at the usual rate would be missed by chance. */
  private Duration patience(double events) {
    double seconds =
        -Math.log(IMPOSSIBLE) * subject.window().length().toSeconds() / Math.max(events, 1e-9);
    Duration patience = Duration.ofSeconds((long) Math.min(seconds, 1e8));
    return patience.compareTo(SHORTEST) > 0 ? patience : SHORTEST;
  }

  Optional<LogGap> silence(List<Tally> before) throws EvidenceException {
    double least = before.stream().mapToDouble(Tally::total).min().orElse(0);
    List<dev.samovar.evidence.Event> newest =
        evidence
            .events()
            .newest(
                query,
                new Window(subject.window().from().minus(Duration.ofDays(8)), subject.now()),
                List.of(),
                1);
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    Instant last = newest.get(0).time();
    Duration silent = Duration.between(last, subject.now());
    if (silent.compareTo(patience(Math.min(least, usual))) <= 0
        || silent.compareTo(usualEnd(before.size())) <= 0) {
      return Optional.empty();
    }
    String text =
        "No "
            + what()
            + " since "
            + Text.time(last)
            + ": "
            + Text.duration(silent)
            + " of silence, where usually "
            + Text.count(
                Math.round(
                    usual
                        * silent.toSeconds()
                        / Math.max(1, subject.window().length().toSeconds())))
            + " come";
    return Optional.of(
        new LogGap(
            0.92,
            text,
            Fact.of(text, query.model().index(dataset), 0, usual, "count")
                .linked(evidence.events().link(query, subject.horizon()).orElse(null)),
            List.of(new Signal.Volume("number of " + what(), query)),
            Optional.of(last)));
  }

  /** How long before the same time of day the last event usually comes: batches have pauses. */
  private Duration usualEnd(int references) throws EvidenceException {
    Duration longest = Duration.ZERO;
    for (Window window : subject.reference().subList(0, Math.min(3, references))) {
      List<dev.samovar.evidence.Event> last = evidence.events().newest(query, window, List.of(), 1);
      if (!last.isEmpty()) {
        Duration pause = Duration.between(last.get(0).time(), window.to());
        longest = pause.compareTo(longest) > 0 ? pause : longest;
      }
    }
    return longest.multipliedBy(2);
  }

  /** Hosts that logged until lately and fell silent while others go on, or whose clock is off. */
  List<LogGap> replicas() throws EvidenceException {
    Window now = subject.window();
    Window runUp = new Window(now.from().minus(now.length()), now.from());
    Map<String, ValueCount> active = byHost(now);
    Map<String, ValueCount> before = byHost(runUp);
    List<LogGap> gaps = new ArrayList<>();
    if (before.size() + active.size() == 0) {
      return gaps;
    }
    Set<String> all = new TreeSet<>(before.keySet());
    all.addAll(active.keySet());
    for (String host : active.keySet()) {
      if (!before.containsKey(host) && usuallyThere(host) == 0) {
        // A rollout: new replicas came, old ones went.
        return gaps;
      }
    }
    for (String host : all) {
      ValueCount known = active.getOrDefault(host, before.get(host));
      if (known == null || all.size() < 2) {
        continue;
      }
      double rate = before.containsKey(host) ? before.get(host).count() : usuallyThere(host);
      Duration silent = Duration.between(known.last(), subject.now());
      if (rate < 20
          || silent.compareTo(patience(rate)) <= 0
          || silent.compareTo(now.length().dividedBy(8)) <= 0) {
        continue;
      }
      if (othersTookOver(host, known.last())) {
        continue;
      }
      gaps.add(silentReplica(host, known.last(), silent, rate));
    }
    ahead(active.keySet()).ifPresent(gaps::add);
    return gaps;
  }

  private Map<String, ValueCount> byHost(Window window) throws EvidenceException {
    Map<String, ValueCount> hosts = new TreeMap<>();
    evidence
        .events()
        .values(query, Fields.HOST, Optional.of(window), 100)
        .forEach(host -> hosts.put(host.value(), host));
    return hosts;
  }

  private long usuallyThere(String host) throws EvidenceException {
    List<Tally> tallies =
        evidence
            .events()
            .tally(query, subject.reference(), Map.of("host", Condition.is(Fields.HOST, host)));
    return (long)
        RobustSpread.median(tallies.stream().mapToDouble(tally -> tally.of("host")).toArray());
  }

  /** A replica that was scaled away leaves its traffic to the others; one that is mute does not. */
  private boolean othersTookOver(String host, Instant last) throws EvidenceException {
    Window since = new Window(last.plusSeconds(1), subject.now());
    Window asLong = since.earlierBy(since.length());
    List<Tally> tallies =
        evidence
            .events()
            .tally(query, List.of(since, asLong), Map.of("host", Condition.is(Fields.HOST, host)));
    double expected = tallies.get(1).total();
    double own = tallies.get(1).of("host");
    return own > 0 && tallies.get(0).total() > expected - own / 2;
  }

  private LogGap silentReplica(String host, Instant last, Duration silent, double rate) {
    Condition mine = Condition.is(Fields.HOST, host);
    String text =
        host
            + " stopped logging at "
            + Text.time(last)
            + " while others go on: "
            + Text.duration(silent)
            + " without one of the "
            + (dataset == Dataset.INFERENCE ? "predictions" : "log lines");
    return new LogGap(
        0.85,
        text,
        Fact.of(text, host, 0, rate, "count")
            .linked(evidence.events().link(query.and(mine), subject.horizon()).orElse(null)),
        List.of(new Signal.Share("share of events not of " + host, query, mine.negate())),
        Optional.of(last));
  }

  /** Some hosts, but not all, write events of the future. */
  private Optional<LogGap> ahead(Set<String> active) throws EvidenceException {
    Window future =
        new Window(
            subject.now().plus(Duration.ofMinutes(2)), subject.now().plus(Duration.ofHours(6)));
    Map<String, ValueCount> early = byHost(future);
    early.keySet().retainAll(active);
    if (early.isEmpty() || early.size() * 2 > active.size()) {
      return Optional.empty();
    }
    ValueCount host = early.values().iterator().next();
    String text =
        "The clock of "
            + Text.list(List.copyOf(early.keySet()), 3)
            + " is ahead: it writes events of "
            + Text.time(host.last());
    return Optional.of(
        new LogGap(
            0.6,
            text,
            Fact.of(text, host.value(), (double) host.count(), 0, "count"),
            List.of(),
            Optional.empty()));
  }

  /** The same request written more than once. */
  Optional<LogGap> doubles(Tally now, List<Window> windows) throws EvidenceException {
    if (now.of(Fields.TRACE) < ENOUGH) {
      return Optional.empty();
    }
    double share = doubled(List.of(subject.window()));
    double usually = doubled(windows.subList(1, windows.size()));
    if (share < 0.1 || share < 3 * usually) {
      return Optional.empty();
    }
    String text =
        "Events are written more than once: "
            + Text.percent(share)
            + " of predictions repeat a trace.id, "
            + Text.percent(usually)
            + " before";
    return Optional.of(
        new LogGap(
            0.75,
            text,
            Fact.of(text, subject.model().fieldName(Fields.TRACE), share, usually, "share"),
            List.of(new Signal.Volume("number of " + what(), query)),
            Optional.empty()));
  }

  private double doubled(List<Window> windows) throws EvidenceException {
    List<Profile> profiles =
        evidence
            .events()
            .profiles(
                query.and(new Condition.Present(Fields.TRACE)), List.of(Fields.TRACE), windows);
    return profiles.isEmpty() || profiles.get(0).count() == 0
        ? 0
        : Math.max(0, 1 - (double) profiles.get(0).distinct() / profiles.get(0).count());
  }

  /** Fields that the indices written now map to another type than those written before. */
  List<LogGap> retyped(Catalog catalog, List<String> fields) throws EvidenceException {
    List<LogGap> gaps = new ArrayList<>();
    for (String field : fields) {
      Map<String, List<String>> types =
          catalog.field(field).map(Catalog.Field::types).orElse(Map.of());
      for (Map.Entry<String, List<String>> type : types.entrySet()) {
        Condition typed = new Condition.Is(Fields.INDEX, type.getValue());
        List<Window> windows = new ArrayList<>();
        windows.add(subject.window());
        windows.addAll(subject.reference());
        List<Tally> tallies = evidence.events().tally(query, windows, Map.of("typed", typed));
        double now = tallies.get(0).share("typed");
        double most =
            tallies.stream().skip(1).mapToDouble(tally -> tally.share("typed")).max().orElse(0);
        if (now < NEARLY_ALL || most > HARDLY_ANY) {
          continue;
        }
        String others =
            String.join(
                " or ",
                types.keySet().stream().filter(name -> !name.equals(type.getKey())).toList());
        String text =
            Fields.shortName(field)
                + " changed its type: mapped as "
                + type.getKey()
                + " in "
                + type.getValue().get(0)
                + ", as "
                + others
                + " before; the two can't be compared";
        gaps.add(
            new LogGap(
                0.7,
                text,
                Fact.of(text, subject.model().fieldName(field), now, most, "share")
                    .linked(evidence.events().link(query, subject.window()).orElse(null)),
                List.of(
                    new Signal.Share("share of " + field + " as " + type.getKey(), query, typed)),
                Optional.empty()));
      }
    }
    return gaps;
  }

  /** How long after they happened events become searchable, where the pipeline says when. */
  Optional<LogGap> delay() throws EvidenceException {
    if (!evidence.events().catalog(subject.model(), dataset).has(Fields.INGESTED)) {
      return Optional.empty();
    }
    OptionalDouble now = delaySeconds(subject.window());
    List<Double> before = new ArrayList<>();
    for (Window window : subject.reference()) {
      delaySeconds(window).ifPresent(before::add);
    }
    if (now.isEmpty() || before.isEmpty()) {
      return Optional.empty();
    }
    double most = before.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    if (now.getAsDouble() < LATE.toSeconds() || now.getAsDouble() < 3 * most) {
      return Optional.empty();
    }
    Duration delay = Duration.ofSeconds(Math.round(now.getAsDouble()));
    String text =
        "The "
            + what()
            + " arrive "
            + Text.duration(delay)
            + " late, at most "
            + Text.duration(Duration.ofSeconds(Math.round(most)))
            + " before: the newest are not here yet";
    return Optional.of(
        new LogGap(
            0.7,
            text,
            Fact.of(text, query.model().index(dataset), now.getAsDouble(), most, "s"),
            List.of(),
            Optional.empty()));
  }

  /** Of the later ones: in a window that began before the trouble, half may have been in time. */
  private OptionalDouble delaySeconds(Window window) throws EvidenceException {
    double[] delays =
        evidence
            .events()
            .sample(
                query.and(new Condition.Present(Fields.INGESTED)),
                window,
                List.of(Fields.INGESTED),
                SAMPLE)
            .stream()
            .flatMap(
                event ->
                    event.text(Fields.INGESTED).flatMap(LogSource::instant).stream()
                        .map(at -> (double) Duration.between(event.time(), at).toSeconds()))
            .mapToDouble(Double::doubleValue)
            .toArray();
    return delays.length < 20
        ? OptionalDouble.empty()
        : OptionalDouble.of(RobustSpread.upperQuartile(delays));
  }

  /** Some shippers write what is no time; that tells nothing about the delay. */
  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
