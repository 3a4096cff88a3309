package dev.samovar.triage;

import dev.samovar.checks.CheckId;
import dev.samovar.checks.Figure;
import dev.samovar.checks.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the findings look like: the signal of the onset first, then of each check a few. */
final class Exhibits {
  private static final int EACH = 2;

  private Exhibits() {}

  /**
   * @param seen where the beginning was seen; empty where it was not
   * @param usual the same with what is usual, where that could be read
   */
  static List<Report.Exhibit> of(
      List<Finding> findings, Optional<SignalChanges.Seen> seen, Optional<Figure.Course> usual) {
    List<Report.Exhibit> exhibits = new ArrayList<>();
    seen.ifPresent(
        one ->
            whose(findings, one.signal())
                .ifPresent(
                    check ->
                        exhibits.add(new Report.Exhibit(check, true, usual.orElse(one.course())))));
    for (Finding finding : findings) {
      figures(finding).stream()
          .limit(EACH)
          .map(figure -> new Report.Exhibit(finding.check().id(), false, figure))
          .forEach(exhibits::add);
    }
    return exhibits;
  }

  private static Optional<CheckId> whose(List<Finding> findings, Signal signal) {
    return findings.stream()
        .filter(finding -> finding.found().signals().contains(signal))
        .map(finding -> finding.check().id())
        .findFirst();
  }

  /** Where a check shows none, the values that it read over time. */
  private static List<Figure> figures(Finding finding) {
    return finding.found().figures().isEmpty()
        ? finding.found().signals().stream()
            .filter(Signal.Level.class::isInstance)
            .limit(1)
            .<Figure>map(signal -> ((Signal.Level) signal).course())
            .toList()
        : finding.found().figures();
  }
}
