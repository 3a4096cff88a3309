package dev.samovar.triage;

import dev.samovar.checks.Signal;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Series;
import dev.samovar.evidence.Window;
import dev.samovar.statistics.ChangePoints;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks for the moment at which the trouble began, in the signals of what was found. */
final class Beginning {
  private static final Duration LONG_AGO = Duration.ofDays(8);
  private static final int STEPS = 240;

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

  private Beginning() {}

  /** From well before the window to its end. */
  static Window horizon(Window window) {
    Duration back = window.length().multipliedBy(2);
    Duration least = Duration.ofHours(6);
    return new Window(window.from().minus(back.compareTo(least) > 0 ? back : least), window.to());
  }

  /**
   * The earliest beginning on which the signals agree; empty where none shows one. A finding that
   * knows its beginning and has no signal only speaks where nothing else does: a retraining that
   * was due three days ago is not when users saw trouble.
   */
  static Optional<Report.Onset> of(List<Finding> findings, Window horizon, Evidence evidence)
      throws EvidenceException {
    List<Signal.Share> signals =
        findings.stream()
            .flatMap(finding -> finding.found().signals().stream())
            .filter(Signal.Share.class::isInstance)
            .map(Signal.Share.class::cast)
            .toList();
    List<Report.Onset> onsets = new ArrayList<>(rises(signals, horizon, evidence));
    if (onsets.isEmpty()) {
      Window longer = new Window(horizon.to().minus(LONG_AGO), horizon.to());
      if (longer.from().isBefore(horizon.from())) {
        onsets.addAll(rises(signals, longer, evidence));
      }
    }
    for (Finding finding : findings) {
      Optional<Instant> since = finding.found().since();
      if (since.isPresent() && (!finding.found().signals().isEmpty() || signals.isEmpty())) {
        onsets.add(
            new Report.Onset(since.get(), since.get(), since.get(), finding.check().id().id()));
      }
    }
    return agreed(onsets);
  }

  private static List<Report.Onset> rises(
      List<Signal.Share> signals, Window horizon, Evidence evidence) throws EvidenceException {
    Duration step = step(horizon);
    Map<Query, List<Signal.Share>> byQuery = new LinkedHashMap<>();
    for (Signal.Share signal : signals) {
      List<Signal.Share> alike =
          byQuery.computeIfAbsent(signal.query(), query -> new ArrayList<>());
      if (alike.stream().noneMatch(other -> other.condition().equals(signal.condition()))) {
        alike.add(signal);
      }
    }
    List<Report.Onset> onsets = new ArrayList<>();
    for (Map.Entry<Query, List<Signal.Share>> entry : byQuery.entrySet()) {
      List<Condition> conditions = entry.getValue().stream().map(Signal.Share::condition).toList();
      List<Series> series = evidence.events().series(entry.getKey(), conditions, horizon, step);
      for (int i = 0; i < series.size(); i++) {
        rise(series.get(i), entry.getValue().get(i).name()).ifPresent(onsets::add);
      }
    }
    return onsets;
  }

  private static Optional<Report.Onset> rise(Series series, String name) {
    return ChangePoints.rise(
            series.totals().stream().mapToLong(Long::longValue).toArray(),
            series.matching().stream().mapToLong(Long::longValue).toArray())
        .map(
            rise ->
                new Report.Onset(
                    series.time(rise.index()),
                    // It began within the step before the first one that shows it in full.
                    series.time(Math.max(0, rise.earliest() - 1)),
                    series.time(rise.latest() + 1),
                    name));
  }

  static Duration step(Window horizon) {
    Duration exact = horizon.length().dividedBy(STEPS);
    return NICE.stream()
        .filter(nice -> nice.compareTo(exact) >= 0)
        .findFirst()
        .orElse(Duration.ofDays(1));
  }

  private static Optional<Report.Onset> agreed(List<Report.Onset> onsets) {
    long most = onsets.stream().mapToLong(onset -> support(onset, onsets)).max().orElse(0);
    return onsets.stream()
        .filter(onset -> 2 * support(onset, onsets) >= most)
        .min(
            Comparator.comparing(Report.Onset::at)
                .thenComparing(Report.Onset::latest)
                .thenComparing(Report.Onset::signal));
  }

  private static long support(Report.Onset onset, List<Report.Onset> all) {
    return all.stream()
        .filter(
            other ->
                !other.earliest().isAfter(onset.latest())
                    && !other.latest().isBefore(onset.earliest()))
        .count();
  }
}
