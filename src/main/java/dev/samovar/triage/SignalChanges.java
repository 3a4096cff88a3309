package dev.samovar.triage;

import dev.samovar.checks.Figure;
import dev.samovar.checks.Signal;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Metrics;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Series;
import dev.samovar.evidence.Window;
import dev.samovar.statistics.ChangePoints;
import dev.samovar.statistics.ChangeSearch;
import dev.samovar.statistics.RobustSpread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Where each signal changes within a horizon; nothing for those that do not. */
final class SignalChanges {
  private static final int STEPS = 240;

  /** Days whose traffic at the same hour tells what is usual; the weekday among them. */
  private static final List<Integer> DAYS_BACK = List.of(1, 2, 7);

  /** Steps that people read easily. */
  private static final List<Duration> NICE =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(3),
          Duration.ofHours(6));

  private SignalChanges() {}

  /**
   * A signal that changes.
   *
   * @param course what it looks like
   * @param horizon in which it was looked at
   */
  record Seen(Report.Onset onset, Signal signal, Figure.Course course, Window horizon) {}

  static List<Seen> of(List<Signal> signals, Window horizon, Evidence evidence)
      throws EvidenceException {
    List<Seen> onsets = new ArrayList<>();
    List<Signal.Share> shares = new ArrayList<>();
    for (Signal signal : signals) {
      if (signal instanceof Signal.Share share) {
        shares.add(share);
      } else if (signal instanceof Signal.Volume volume) {
        volume(volume, horizon, evidence).ifPresent(onsets::add);
      } else if (signal instanceof Signal.Level level) {
        level(level, horizon).ifPresent(onsets::add);
      }
    }
    onsets.addAll(rises(shares, horizon, evidence));
    return onsets;
  }

  private static List<Seen> rises(List<Signal.Share> signals, Window horizon, Evidence evidence)
      throws EvidenceException {
    Map<Query, List<Signal.Share>> byQuery = new LinkedHashMap<>();
    for (Signal.Share signal : signals) {
      List<Signal.Share> alike =
          byQuery.computeIfAbsent(signal.query(), query -> new ArrayList<>());
      if (alike.stream().noneMatch(other -> other.condition().equals(signal.condition()))) {
        alike.add(signal);
      }
    }
    List<Seen> onsets = new ArrayList<>();
    for (Map.Entry<Query, List<Signal.Share>> entry : byQuery.entrySet()) {
      List<Condition> conditions = entry.getValue().stream().map(Signal.Share::condition).toList();
      List<Series> all =
          evidence.events().series(entry.getKey(), conditions, horizon, step(horizon));
      for (int i = 0; i < all.size(); i++) {
        Series series = all.get(i);
        Signal.Share signal = entry.getValue().get(i);
        String name = signal.name();
        ChangePoints.rise(
                series.totals().stream().mapToLong(Long::longValue).toArray(),
                series.matching().stream().mapToLong(Long::longValue).toArray())
            .map(rise -> onset(series::time, rise.index(), rise.earliest(), rise.latest(), name))
            .map(onset -> new Seen(onset, signal, Courses.share(name, series), horizon))
            .ifPresent(onsets::add);
      }
    }
    return onsets;
  }

  /** Counts rise and fall by the hour: what changes is looked for in their distance from usual. */
  private static Optional<Seen> volume(Signal.Volume signal, Window horizon, Evidence evidence)
      throws EvidenceException {
    Series now = counts(signal.query(), horizon, evidence);
    List<Series> before = new ArrayList<>();
    for (int days : DAYS_BACK) {
      Window then = horizon.earlierBy(Duration.ofDays(days));
      Series series = counts(signal.query(), then, evidence);
      if (series.totals().stream().anyMatch(total -> total > 0)) {
        before.add(series);
      }
    }
    double[] values = new double[now.totals().size()];
    for (int i = 0; i < values.length; i++) {
      int index = i;
      double usual =
          before.isEmpty()
              ? 0
              : RobustSpread.median(
                  before.stream()
                      .mapToDouble(series -> (double) series.totals().get(index))
                      .toArray());
      // Poisson counts spread as the root of what is expected.
      values[i] = (now.totals().get(i) - usual) / Math.sqrt(usual + 1);
    }
    return strongest(values, 0, now::time, signal.name())
        .map(
            onset ->
                new Seen(
                    onset,
                    signal,
                    Courses.usualVolume(Courses.volume(signal.name(), now), before),
                    horizon));
  }

  /**
   * With what the signal usually is, of a few earlier days that lie before the trouble. A level
   * brings what is known of it.
   */
  static Figure.Course withUsual(Seen seen, Evidence evidence) throws EvidenceException {
    if (!(seen.signal() instanceof Signal.Share share)) {
      return seen.course();
    }
    List<Series> all = new ArrayList<>();
    for (int days : DAYS_BACK) {
      Window then = seen.horizon().earlierBy(Duration.ofDays(days));
      if (!then.to().isAfter(seen.onset().earliest())) {
        all.add(shares(share, then, evidence));
      }
    }
    return Courses.usualShare(seen.course(), all);
  }

  private static Series shares(Signal.Share share, Window window, Evidence evidence)
      throws EvidenceException {
    return evidence
        .events()
        .series(share.query(), List.of(share.condition()), window, step(window))
        .get(0);
  }

  private static Series counts(Query query, Window horizon, Evidence evidence)
      throws EvidenceException {
    return evidence
        .events()
        .series(query, List.of(Condition.everything()), horizon, step(horizon))
        .get(0);
  }

  private static Optional<Seen> level(Signal.Level signal, Window horizon) {
    List<Metrics.Point> points =
        signal.points().stream()
            .filter(point -> Double.isFinite(point.value()))
            .filter(point -> !point.time().isBefore(horizon.from()))
            .toList();
    if (points.size() < 2) {
      return Optional.empty();
    }
    Duration spacing = Duration.between(points.get(0).time(), points.get(1).time());
    long period = spacing.isZero() ? 0 : Duration.ofDays(1).dividedBy(spacing);
    return strongest(
            points.stream().mapToDouble(Metrics.Point::value).toArray(),
            (int) Math.min(period, Integer.MAX_VALUE),
            index -> points.get(Math.min(index, points.size() - 1)).time(),
            signal.name())
        .map(onset -> new Seen(onset, signal, signal.course(), horizon));
  }

  private static Optional<Report.Onset> strongest(
      double[] values, int period, IntFunction<Instant> time, String name) {
    return ChangeSearch.changes(values, period).stream()
        .filter(change -> change.kind() != ChangeSearch.Kind.VARIANCE)
        .max(Comparator.comparingDouble(ChangeSearch.Change::score))
        .map(change -> onset(time, change.index(), change.earliest(), change.latest(), name));
  }

  /** It began within the step before the first one that shows it in full. */
  private static Report.Onset onset(
      IntFunction<Instant> time, int index, int earliest, int latest, String name) {
    return new Report.Onset(
        time.apply(index), time.apply(Math.max(0, earliest - 1)), time.apply(latest + 1), name);
  }

  static Duration step(Window horizon) {
    Duration exact = horizon.length().dividedBy(STEPS);
    return NICE.stream()
        .filter(nice -> nice.compareTo(exact) >= 0)
        .findFirst()
        .orElse(Duration.ofDays(1));
  }
}
