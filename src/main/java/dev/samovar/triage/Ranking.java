package dev.samovar.triage;

import dev.samovar.checks.CheckId;
import dev.samovar.checks.Outcome;
import java.time.Duration;
import java.time.Instant;
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
  private static final double STANDING = 0.15;

  /** A finding weaker than this explains nobody away. */
  private static final double STRONG = 0.5;

  private static final double[] SCORES = {0, 0.4, 0.55, 0.65, 0.8, 1};
  private static final double[] SHARES = {0, 0.35, 0.7, 0.88, 0.93, 0.98};

  /** How far a change stays behind the cause that says what it did. */
  private static final double BEHIND = 0.06;

  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

  /** What has been so for that long before the onset did not bring it about alone. */
  private static final Duration LONG_BEFORE = Duration.ofHours(12);

  /** Causes that say what broke; that something was changed before says who did it. */
  private static final Set<CheckId> SPECIFIC =
      Set.of(
          CheckId.PREPROCESSING_CHANGE,
          CheckId.TRAINING_SERVING_SKEW,
          CheckId.BROKEN_PIPELINE,
          CheckId.VALIDATION_GAP,
          CheckId.GPU_MEMORY,
          CheckId.HOST_RESOURCES,
          CheckId.DEPENDENCY_DRIFT,
          CheckId.UNVERSIONED_ARTIFACTS,
          CheckId.TOO_GOOD_TO_BE_TRUE);

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
    List<Report.Cause> judged = behindTheSpecific(causes, findings);
    judged.sort(
        Comparator.comparingDouble(Report.Cause::confidence)
            .reversed()
            .thenComparing(Report.Cause::check));
    return judged.stream().map(cause -> cause.with(calibrated(cause.confidence()))).toList();
  }

  /**
   * What share of causes with this score was right. Straight lines between points that were read
   * off the scoreboard's tuning seeds and pulled towards caution: a generator's incidents are
   * cleaner than those of life.
   */
  private static double calibrated(double score) {
    int i = 1;
    while (SCORES[i] < score) {
      i++;
    }
    double along = (score - SCORES[i - 1]) / (SCORES[i] - SCORES[i - 1]);
    return rounded(SHARES[i - 1] + along * (SHARES[i] - SHARES[i - 1]));
  }

  private static List<Report.Cause> behindTheSpecific(
      List<Report.Cause> causes, List<Finding> findings) {
    double most =
        causes.stream()
            .filter(cause -> SPECIFIC.contains(cause.check()))
            .filter(cause -> saysWhatBroke(cause, findings))
            .mapToDouble(Report.Cause::confidence)
            .filter(confidence -> confidence >= STRONG)
            .max()
            .orElse(1);
    List<Report.Cause> judged = new ArrayList<>();
    for (Report.Cause cause : causes) {
      boolean isBehind =
          cause.check() == CheckId.RECENT_CHANGES && cause.confidence() > most - BEHIND;
      judged.add(isBehind ? cause.with(rounded(most - BEHIND)) : cause);
    }
    return judged;
  }

  /** One that leaves most of the symptoms unexplained is something else that is also so. */
  private static boolean saysWhatBroke(Report.Cause cause, List<Finding> findings) {
    List<CheckId> symptoms =
        findings.stream()
            .map(finding -> finding.check().id())
            .filter(check -> check.role() == CheckId.Role.SYMPTOM)
            .toList();
    long explained = symptoms.stream().filter(cause.explains()::contains).count();
    return 2 * explained >= symptoms.size()
        && !(cause.check() == CheckId.TRAINING_SERVING_SKEW && hasInputMoved(findings));
  }

  /**
   * Then a skew is what a change did to the input; else the input is as it was, and it is the model
   * that was trained on another.
   */
  private static boolean hasInputMoved(List<Finding> findings) {
    return findings.stream().anyMatch(finding -> finding.check().id() == CheckId.DATA_DRIFT);
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
    double strength = finding.found().strength();
    // That much would be explained makes nothing of a suspicion that is weak by itself.
    double confidence = OWN * strength + (1 - OWN) * explained * Math.min(1, strength / STRONG);
    boolean isExplained =
        others.stream()
            .filter(
                other ->
                    other.check().id() != CheckId.RECENT_CHANGES
                        || finding.check().id() != CheckId.TRAINING_SERVING_SKEW
                        || hasInputMoved(findings))
            .anyMatch(other -> explainsAway(other, finding));
    if (isExplained) {
      confidence -= EXPLAINED;
    }
    if (onset.isPresent()) {
      Optional<Instant> since = finding.found().since();
      if (since.filter(at -> at.isAfter(onset.get().latest().plus(CLOCKS_DIFFER))).isPresent()) {
        confidence -= TOO_LATE;
      }
      boolean isOwnOnset = onset.get().signal().equals(finding.check().id().id());
      if (!isOwnOnset
          && since
              .filter(at -> at.isBefore(onset.get().earliest().minus(LONG_BEFORE)))
              .isPresent()) {
        confidence -= STANDING;
      }
    }
    return rounded(Math.max(0.05, Math.min(0.97, confidence)));
  }

  private static double rounded(double confidence) {
    return Math.round(100 * confidence) / 100.0;
  }

  /** Of two causes that would explain one another, the stronger does. */
  private static boolean explainsAway(Finding other, Finding finding) {
    boolean explains = other.check().explains().contains(finding.check().id());
    boolean isMutual = finding.check().explains().contains(other.check().id());
    if (other.check().id() == CheckId.LOGGING_GAP) {
      // Events that are lost or doubled look like a shift of what they carry.
      return explains && other.found().strength() > finding.found().strength();
    }
    return other.check().id().role() == CheckId.Role.CAUSE
        && explains
        && other.found().strength() >= STRONG
        && !(isMutual && finding.found().strength() >= other.found().strength());
  }

  private static List<Finding> others(Finding finding, List<Finding> findings) {
    return findings.stream().filter(other -> !other.equals(finding)).toList();
  }
}
