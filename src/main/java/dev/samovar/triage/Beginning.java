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

  /**
   * @param change the signal that shows it; empty where a check knew the moment by itself
   */
  record Seen(Report.Onset onset, Optional<SignalChanges.Seen> change) {}

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
  static Optional<Seen> of(List<Finding> findings, Window horizon, Evidence evidence)
      throws EvidenceException {
    List<Signal> signals =
        findings.stream()
            .flatMap(finding -> finding.found().signals().stream())
            .distinct()
            .toList();
    List<Seen> onsets = new ArrayList<>();
    add(onsets, SignalChanges.of(signals, horizon, evidence));
    if (onsets.isEmpty()) {
      Window longer = new Window(horizon.to().minus(LONG_AGO), horizon.to());
      if (longer.from().isBefore(horizon.from())) {
        add(onsets, SignalChanges.of(signals, longer, evidence));
      }
    }
    for (Finding finding : findings) {
      Optional<Instant> since = finding.found().since();
      if (since.isPresent() && (!finding.found().signals().isEmpty() || signals.isEmpty())) {
        onsets.add(
            new Seen(
                new Report.Onset(since.get(), since.get(), since.get(), finding.check().id().id()),
                Optional.empty()));
      }
    }
    return agreed(onsets);
  }

  private static void add(List<Seen> onsets, List<SignalChanges.Seen> changes) {
    changes.forEach(change -> onsets.add(new Seen(change.onset(), Optional.of(change))));
  }

  private static Optional<Seen> agreed(List<Seen> onsets) {
    long most = onsets.stream().mapToLong(seen -> support(seen.onset(), onsets)).max().orElse(0);
    return onsets.stream()
        .filter(seen -> 2 * support(seen.onset(), onsets) >= most)
        .min(
            Comparator.comparing((Seen seen) -> seen.onset().at())
                .thenComparing(seen -> seen.onset().latest())
                .thenComparing(seen -> seen.onset().signal()));
  }

  private static long support(Report.Onset onset, List<Seen> all) {
    return all.stream()
        .map(Seen::onset)
        .filter(
            other ->
                !other.earliest().isAfter(onset.latest())
                    && !other.latest().isBefore(onset.earliest()))
        .count();
  }
}
