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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the other checks cannot see: events that stopped or come late, fields that were lost, events
 * written twice, a replica that fell silent, a clock that is wrong. Every silence is measured
 * against the rate that is usual, so that a quiet model does not seem dead.
 */
final class LoggingGap implements Check {
  /** A silence counts when events at the usual rate would have left it with this probability. */
  private static final double IMPOSSIBLE = 1e-6;

  private static final Duration SHORTEST = Duration.ofMinutes(5);
  private static final double LOST_BELOW = 0.5;
  private static final long ENOUGH = 50;
  private static final int MOST_FIELDS = 80;

  @Override
  public CheckId id() {
    return CheckId.LOGGING_GAP;
  }

  @Override
  public Set<CheckId> explains() {
    return Set.of();
  }

  @Override
  public Outcome examine(Case subject, Evidence evidence) throws EvidenceException {
    List<Gap> gaps = new ArrayList<>();
    List<String> looked = new ArrayList<>();
    Map<Dataset, Long> now = new HashMap<>();
    Map<Dataset, Double> usual = new HashMap<>();
    List<Window> windows = new ArrayList<>();
    windows.add(subject.window());
    windows.addAll(subject.reference());
    for (Dataset dataset : List.of(Dataset.INFERENCE, Dataset.APPLICATION)) {
      Catalog catalog = evidence.events().catalog(subject.model(), dataset);
      if (catalog.isEmpty()) {
        continue;
      }
      Query query = Query.of(subject.model(), dataset);
      List<String> fields = fields(catalog, dataset);
      Map<String, Condition> conditions = new TreeMap<>();
      fields.forEach(field -> conditions.put(field, new Condition.Present(field)));
      if (catalog.has(Fields.TRACE)) {
        conditions.put(Fields.TRACE, new Condition.Present(Fields.TRACE));
      }
      List<Tally> tallies = evidence.events().tally(query, windows, conditions);
      List<Tally> before =
          tallies.subList(1, tallies.size()).stream().filter(tally -> tally.total() > 0).toList();
      if (before.isEmpty()) {
        continue;
      }
      looked.add(dataset == Dataset.INFERENCE ? "predictions" : "log lines");
      double normal = RobustSpread.median(before.stream().mapToDouble(Tally::total).toArray());
      now.put(dataset, tallies.get(0).total());
      usual.put(dataset, normal);
      Source source = new Source(subject, evidence, query, dataset, normal);
      source.silence(before).ifPresent(gaps::add);
      if (tallies.get(0).total() >= ENOUGH) {
        lostFields(subject, evidence, query, fields, tallies.get(0), before, gaps);
        gaps.addAll(source.replicas());
        if (dataset == Dataset.INFERENCE && catalog.has(Fields.TRACE)) {
          source.doubles(tallies.get(0), windows).ifPresent(gaps::add);
        }
      }
    }
    if (looked.isEmpty()) {
      return Outcome.blind(
          "neither predictions nor log lines of "
              + subject.model().name()
              + " are known from earlier days",
          "check the names of the indices (models[].indices), or keep the logs for eight days");
    }
    sampling(subject, evidence, now, usual, gaps);
    if (!gaps.isEmpty()) {
      return found(gaps);
    }
    return Outcome.clear(
        Text.list(looked, 2)
            + " arrive as usual, with all their fields"
            + (now.getOrDefault(Dataset.INFERENCE, 1L) == 0
                ? " (none at this time, as usual)"
                : ""));
  }

  private record Gap(
      double strength, String text, Fact fact, List<Signal> signals, Optional<Instant> since) {}

  /** The fields whose loss would blind somebody. */
  private static List<String> fields(Catalog catalog, Dataset dataset) {
    List<String> wanted = new ArrayList<>();
    if (dataset == Dataset.INFERENCE) {
      wanted.addAll(
          List.of(
              Fields.SCORE,
              Fields.LABEL,
              Fields.MODEL_VERSION,
              Fields.PREPROCESSING_VERSION,
              Fields.PREPROCESSING_HASH,
              Fields.OUTCOME,
              Fields.DURATION,
              Fields.HOST,
              Fields.TRACE,
              Fields.VALIDATION_OUTCOME,
              Fields.SERVICE_VERSION));
      wanted.addAll(catalog.features());
    } else {
      wanted.addAll(List.of(Fields.LEVEL, Fields.HOST, Fields.MESSAGE));
    }
    return wanted.stream().filter(catalog::has).limit(MOST_FIELDS).toList();
  }

  private static void lostFields(
      Case subject,
      Evidence evidence,
      Query query,
      List<String> fields,
      Tally now,
      List<Tally> before,
      List<Gap> gaps) {
    List<String> lost = new ArrayList<>();
    List<String> appeared = new ArrayList<>();
    for (String field : fields) {
      double least = before.stream().mapToDouble(tally -> tally.share(field)).min().orElse(0);
      double most = before.stream().mapToDouble(tally -> tally.share(field)).max().orElse(0);
      double share = now.share(field);
      // Failed requests have no score: their share is the error burst's matter.
      boolean isGone = least >= 0.5 && share < LOST_BELOW * least && share < 0.3;
      if (isGone) {
        lost.add(field);
      } else if (most == 0 && share >= 0.2 && field.startsWith(Fields.FEATURES + ".")) {
        appeared.add(field);
      }
    }
    if (!lost.isEmpty()) {
      Condition gone = Condition.missing(lost.get(0));
      double share = now.share(lost.get(0));
      String text =
          Text.list(lost.stream().map(Fields::shortName).toList(), 4)
              + (lost.size() == 1 ? " is" : " are")
              + " no longer logged: in "
              + Text.percent(share)
              + " of events now, "
              + Text.percent(before.get(0).share(lost.get(0)))
              + " before";
      gaps.add(
          new Gap(
              Math.min(0.9, 0.7 + 0.05 * lost.size()),
              text,
              Fact.of(
                      text,
                      subject.model().fieldName(lost.get(0)),
                      share,
                      before.get(0).share(lost.get(0)),
                      "share")
                  .linked(evidence.events().link(query.and(gone), subject.window()).orElse(null)),
              List.of(new Signal.Share("share without " + lost.get(0), query, gone)),
              Optional.empty()));
    }
    if (!appeared.isEmpty()) {
      String text =
          Text.list(appeared.stream().map(Fields::shortName).toList(), 4)
              + (appeared.size() == 1 ? " is a new field" : " are new fields")
              + ": never logged before, now in "
              + Text.percent(now.share(appeared.get(0)))
              + " of events";
      gaps.add(
          new Gap(
              0.45,
              text,
              Fact.of(
                  text,
                  subject.model().fieldName(appeared.get(0)),
                  now.share(appeared.get(0)),
                  0,
                  "share"),
              List.of(
                  new Signal.Share(
                      "share with " + appeared.get(0),
                      query,
                      new Condition.Present(appeared.get(0)))),
              Optional.empty()));
    }
  }

  /**
   * The events of one dataset.
   *
   * @param usual how many come in such a window
   */
  private record Source(
      Case subject, Evidence evidence, Query query, Dataset dataset, double usual) {

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

    Optional<Gap> silence(List<Tally> before) throws EvidenceException {
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
          new Gap(
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
        List<dev.samovar.evidence.Event> last =
            evidence.events().newest(query, window, List.of(), 1);
        if (!last.isEmpty()) {
          Duration pause = Duration.between(last.get(0).time(), window.to());
          longest = pause.compareTo(longest) > 0 ? pause : longest;
        }
      }
      return longest.multipliedBy(2);
    }

    /** Hosts that logged until lately and fell silent while others go on, or whose clock is off. */
    List<Gap> replicas() throws EvidenceException {
      Window now = subject.window();
      Window runUp = new Window(now.from().minus(now.length()), now.from());
      Map<String, ValueCount> active = byHost(now);
      Map<String, ValueCount> before = byHost(runUp);
      List<Gap> gaps = new ArrayList<>();
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

    /**
     * A replica that was scaled away leaves its traffic to the others; one that is mute does not.
     */
    private boolean othersTookOver(String host, Instant last) throws EvidenceException {
      Window since = new Window(last.plusSeconds(1), subject.now());
      Window asLong = since.earlierBy(since.length());
      List<Tally> tallies =
          evidence
              .events()
              .tally(
                  query, List.of(since, asLong), Map.of("host", Condition.is(Fields.HOST, host)));
      double expected = tallies.get(1).total();
      double own = tallies.get(1).of("host");
      return own > 0 && tallies.get(0).total() > expected - own / 2;
    }

    private Gap silentReplica(String host, Instant last, Duration silent, double rate) {
      Condition mine = Condition.is(Fields.HOST, host);
      String text =
          host
              + " stopped logging at "
              + Text.time(last)
              + " while others go on: "
              + Text.duration(silent)
              + " without one of the "
              + (dataset == Dataset.INFERENCE ? "predictions" : "log lines");
      return new Gap(
          0.85,
          text,
          Fact.of(text, host, 0, rate, "count")
              .linked(evidence.events().link(query.and(mine), subject.horizon()).orElse(null)),
          List.of(new Signal.Share("share of events not of " + host, query, mine.negate())),
          Optional.of(last));
    }

    /** Some hosts, but not all, write events of the future. */
    private Optional<Gap> ahead(Set<String> active) throws EvidenceException {
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
          new Gap(
              0.6,
              text,
              Fact.of(text, host.value(), (double) host.count(), 0, "count"),
              List.of(),
              Optional.empty()));
    }

    /** The same request written more than once. */
    Optional<Gap> doubles(Tally now, List<Window> windows) throws EvidenceException {
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
          new Gap(
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
  }

  /** Far fewer predictions at as many log lines: they are sampled, or lost on the way. */
  private static void sampling(
      Case subject,
      Evidence evidence,
      Map<Dataset, Long> now,
      Map<Dataset, Double> usual,
      List<Gap> gaps) {
    if (!now.containsKey(Dataset.INFERENCE) || !now.containsKey(Dataset.APPLICATION)) {
      return;
    }
    double predictions =
        now.getOrDefault(Dataset.INFERENCE, 0L)
            / Math.max(1, usual.getOrDefault(Dataset.INFERENCE, 1.0));
    double lines =
        now.getOrDefault(Dataset.APPLICATION, 0L)
            / Math.max(1, usual.getOrDefault(Dataset.APPLICATION, 1.0));
    boolean enough =
        usual.getOrDefault(Dataset.INFERENCE, 0.0) >= ENOUGH
            && usual.getOrDefault(Dataset.APPLICATION, 0.0) >= ENOUGH;
    if (!enough || gaps.stream().anyMatch(gap -> gap.since().isPresent())) {
      return;
    }
    boolean predictionsThin = predictions < 0.6 && lines > 0.8;
    boolean linesThin = lines < 0.3 && predictions > 0.8;
    if (predictionsThin || linesThin) {
      String text =
          predictionsThin
              ? "Only "
                  + Text.percent(predictions)
                  + " of the usual predictions are logged, with as many log lines as ever: was the"
                  + " sampling changed?"
              : "Only "
                  + Text.percent(lines)
                  + " of the usual log lines come, with as many predictions as ever: was the log"
                  + " level or the sampling changed?";
      Dataset thin = predictionsThin ? Dataset.INFERENCE : Dataset.APPLICATION;
      Query query = Query.of(subject.model(), thin);
      gaps.add(
          new Gap(
              0.75,
              text,
              Fact.of(
                      text,
                      subject.model().index(thin),
                      now.getOrDefault(thin, 0L),
                      usual.getOrDefault(thin, 0.0),
                      "count")
                  .linked(evidence.events().link(query, subject.horizon()).orElse(null)),
              List.of(new Signal.Volume("number of events", query)),
              Optional.empty()));
    }
  }

  private static Outcome found(List<Gap> gaps) {
    gaps.sort(Comparator.comparingDouble(Gap::strength).reversed().thenComparing(Gap::text));
    Gap worst = gaps.get(0);
    return new Outcome.Found(
        worst.strength() >= 0.85
            ? Severity.CRITICAL
            : worst.strength() < 0.5 ? Severity.INFO : Severity.WARNING,
        worst.strength(),
        Character.toUpperCase(worst.text().charAt(0))
            + worst.text().substring(1)
            + (gaps.size() > 1 ? "; " + Text.count(gaps.size() - 1, "other gap") : ""),
        gaps.stream().map(Gap::fact).toList(),
        gaps.stream().flatMap(gap -> gap.signals().stream()).toList(),
        worst.since());
  }
}
