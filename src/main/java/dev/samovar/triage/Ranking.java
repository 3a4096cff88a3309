package dev.samovar.triage;

import dev.samovar.checks.CheckId;
import dev.samovar.checks.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Orders the causes: the one that explains most of what was found, and is itself explained by
 * nothing found, comes first.
 */
final class Ranking {
  /** How much of the confidence comes from the check itself; the rest from what it explains. */
  private static final double OWN = 0.7;

  private static final double EXPLAINED = 0.15;
  private static final double TOO_LATE = 0.3;

  /** A finding weaker than this explains nobody away. */
  private static final double STRONG = 0.5;

  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

  private Ranking() {}

  static List<Report.Cause> of(List<Finding> findings, Optional<Report.Onset> onset) {
    List<Report.Cause> causes = new ArrayList<>();
    for (Finding finding : findings) {
      CheckId id = finding.check().id();
      if (id.role() == CheckId.Role.CAUSE) {
        Outcome.Found found = finding.found();
        causes.add(
            new Report.Cause(
                id,
                confidence(finding, findings, onset),
                found.summary(),
                found.since().or(() -> onset.map(Report.Onset::at)),
                found.facts(),
                others(finding, findings).stream()
                    .map(other -> other.check().id())
                    .filter(finding.check().explains()::contains)
                    .toList(),
                "runbooks/" + id.id() + ".md"));
      }
    }
    causes.sort(
        Comparator.comparingDouble(Report.Cause::confidence)
            .reversed()
            .thenComparing(Report.Cause::check));
    return causes;
  }

  private static double confidence(
      Finding finding, List<Finding> findings, Optional<Report.Onset> onset) {
    Set<CheckId> explains = finding.check().explains();
    List<Finding> others = others(finding, findings);
    // A cause need not explain another cause that is as independent as itself.
    List<Finding> toExplain =
        others.stream()
            .filter(
                other ->
                    other.check().id().role() == CheckId.Role.SYMPTOM
                        || explains.contains(other.check().id()))
            .toList();
    double explained =
        toExplain.isEmpty()
            ? 0.5
            : (double)
                    toExplain.stream()
                        .filter(other -> explains.contains(other.check().id()))
                        .count()
                / toExplain.size();
    double confidence = OWN * finding.found().strength() + (1 - OWN) * explained;
    boolean isExplained =
        others.stream()
            .anyMatch(
                other ->
                    other.found().strength() >= STRONG
                        && other.check().id().role() == CheckId.Role.CAUSE
                        && other.check().explains().contains(finding.check().id()));
    if (isExplained) {
      confidence -= EXPLAINED;
    }
    if (onset.isPresent()
        && finding
            .found()
            .since()
            .filter(since -> since.isAfter(onset.get().latest().plus(CLOCKS_DIFFER)))
            .isPresent()) {
      confidence -= TOO_LATE;
    }
    return Math.round(100 * Math.max(0.05, Math.min(0.97, confidence))) / 100.0;
  }

  private static List<Finding> others(Finding finding, List<Finding> findings) {
    return findings.stream().filter(other -> !other.equals(finding)).toList();
  }
}
