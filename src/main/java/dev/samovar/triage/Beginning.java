package dev.samovar.triage;

import dev.samovar.checks.Signal;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Looks for the moment at which the trouble began, in the signals of what was found. */
final class Beginning {
  private static final Duration LONG_AGO = Duration.ofDays(8);

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
    List<Signal> signals =
        findings.stream()
            .flatMap(finding -> finding.found().signals().stream())
            .distinct()
            .toList();
    List<Report.Onset> onsets = new ArrayList<>(SignalChanges.of(signals, horizon, evidence));
    if (onsets.isEmpty()) {
      Window longer = new Window(horizon.to().minus(LONG_AGO), horizon.to());
      if (longer.from().isBefore(horizon.from())) {
        onsets.addAll(SignalChanges.of(signals, longer, evidence));
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
