package dev.samovar.triage;

import dev.samovar.checks.CheckId;
import dev.samovar.checks.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What it all comes to, in a word and in a sentence. */
record Conclusion(Verdict verdict, String headline) {
  /** Below this nobody should be sent to a runbook page. */
  private static final double WORTH_SAYING = 0.3;

  /** The checks without which nobody may say that a named trouble is not there. */
  private static final Map<Symptom, Set<CheckId>> EYES =
      Map.of(
          Symptom.OOM, Set.of(CheckId.GPU_MEMORY),
          Symptom.STALE, Set.of(CheckId.STALE_MODEL),
          Symptom.SKEW, Set.of(CheckId.TRAINING_SERVING_SKEW),
          Symptom.DRIFT, Set.of(CheckId.DATA_DRIFT),
          Symptom.ERRORS, Set.of(CheckId.ERROR_BURST),
          Symptom.CONSTANT_OUTPUT, Set.of(CheckId.PREDICTION_SHIFT),
          Symptom.NAN, Set.of(CheckId.PREDICTION_SHIFT),
          Symptom.LATENCY, Set.of(CheckId.SERVING_HEALTH),
          Symptom.PIPELINE, Set.of(CheckId.BROKEN_PIPELINE, CheckId.STALE_MODEL),
          Symptom.QUALITY, Set.of(CheckId.MODEL_QUALITY, CheckId.PREDICTION_SHIFT));

  static Conclusion of(
      Request request,
      List<Finding> findings,
      List<Report.Cause> causes,
      Map<CheckId, Result> results) {
    String name = request.model().name();
    if (!causes.isEmpty() && causes.get(0).confidence() >= WORTH_SAYING) {
      return new Conclusion(Verdict.CAUSE_FOUND, name + ": " + causes.get(0).summary());
    }
    List<CheckId> blind =
        results.entrySet().stream()
            .filter(entry -> entry.getValue().isBlind())
            .map(Map.Entry::getKey)
            .toList();
    if (onlySilence(findings) && blind.stream().anyMatch(check -> isTotal(results.get(check)))) {
      return new Conclusion(
          Verdict.CANNOT_TELL,
          name + ": cannot tell. " + findings.get(findings.size() - 1).found().summary());
    }
    if (!findings.isEmpty()) {
      String summary =
          findings.stream()
              .max(
                  Comparator.comparing((Finding finding) -> finding.found().severity())
                      .thenComparingDouble(finding -> finding.found().strength()))
              .map(finding -> finding.found().summary())
              .orElseThrow();
      return new Conclusion(
          Verdict.SYMPTOMS_ONLY, name + ": something is wrong, and no cause shows. " + summary);
    }
    if (!blind.isEmpty()) {
      return new Conclusion(
          Verdict.CANNOT_TELL,
          name + ": cannot tell. " + reason(results, blind) + others(blind.size() - 1));
    }
    Set<String> unseen =
        request.symptoms().stream()
            .filter(symptom -> !isSeen(symptom, results))
            .map(Symptom::label)
            .collect(Collectors.toCollection(java.util.TreeSet::new));
    boolean anySeen = results.values().stream().anyMatch(result -> isClear(result));
    if (!unseen.isEmpty() || !anySeen) {
      return new Conclusion(
          Verdict.CANNOT_TELL,
          unseen.isEmpty()
              ? name + ": cannot tell. No check had anything to look at"
              : name
                  + ": cannot tell. All that could be looked at is as usual, but nothing could look"
                  + " for what was asked about ("
                  + String.join(", ", unseen)
                  + ")");
    }
    long clear = results.values().stream().filter(Conclusion::isClear).count();
    return new Conclusion(
        Verdict.ALL_CLEAR,
        name + ": all clear. " + clear + " checks looked, and everything is as usual");
  }

  /** Nothing is known but that there is nothing to see. */
  private static boolean onlySilence(List<Finding> findings) {
    return !findings.isEmpty()
        && findings.stream()
            .allMatch(
                finding ->
                    finding.check().id() == CheckId.LOGGING_GAP
                        || finding.check().id() == CheckId.SERVING_HEALTH);
  }

  private static boolean isTotal(@org.jspecify.annotations.Nullable Result result) {
    return result instanceof Result.Answered answered
        && answered.outcome() instanceof Outcome.NotChecked unchecked
        && unchecked.blindness() == Outcome.Blindness.TOTAL;
  }

  private static boolean isSeen(Symptom symptom, Map<CheckId, Result> results) {
    Set<CheckId> eyes = EYES.getOrDefault(symptom, Set.of());
    return eyes.isEmpty() || eyes.stream().anyMatch(check -> isClear(results.get(check)));
  }

  private static boolean isClear(@org.jspecify.annotations.Nullable Result result) {
    return result instanceof Result.Answered answered
        && answered.outcome() instanceof Outcome.Clear;
  }

  private static String reason(Map<CheckId, Result> results, List<CheckId> blind) {
    CheckId first = blind.get(0);
    Result result = results.get(first);
    String reason = result == null ? "" : result.row(first, 0).reason();
    return reason.isEmpty()
        ? "Not everything could be looked at"
        : Character.toUpperCase(reason.charAt(0)) + reason.substring(1);
  }

  private static String others(int more) {
    return more < 1 ? "" : " (" + more + " more checks could not look)";
  }
}
