package dev.samovar.page;

import dev.samovar.checks.Change;
import dev.samovar.checks.CheckId;
import dev.samovar.checks.Fact;
import dev.samovar.checks.Severity;
import dev.samovar.evidence.Window;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reports as investigations write them. */
final class Reports {
  static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");

  private Reports() {}

  /** Two causes, symptoms, something that could not be looked at. */
  static Report rich() {
    return rich(UnaryOperator.identity());
  }

  /**
   * @param outside makes of each text that comes from outside what it is to be
   */
  static Report rich(UnaryOperator<String> outside) {
    Instant began = NOW.minus(Duration.ofMinutes(68));
    List<Fact> units =
        List.of(
            fact(
                outside,
                "amount is 100 times larger than under the version before (median 24.9 → 2,490)",
                "ml.features.amount",
                2490,
                24.9,
                ""),
            fact(
                outside,
                "the preprocessing that wrote the predictions has version 2.4.1 instead of 2.4.0",
                "ml.preprocessing.version",
                0.97,
                0,
                "share"),
            fact(
                outside,
                "amount lies above the known range",
                "ml.features.amount",
                0.63,
                0.004,
                "share"));
    List<Fact> skew =
        List.of(
            fact(
                outside,
                "amount differs from training most of all",
                "ml.features.amount",
                0.81,
                0.06,
                "js-distance"));
    List<Report.Row> rows =
        Arrays.stream(CheckId.values())
            .map(
                check ->
                    switch (check) {
                      case PREPROCESSING_CHANGE ->
                          found(
                              outside,
                              check,
                              Severity.CRITICAL,
                              "the preprocessing went from 2.4.0 to 2.4.1 and amount is 100 times"
                                  + " larger since",
                              units);
                      case TRAINING_SERVING_SKEW ->
                          found(
                              outside,
                              check,
                              Severity.WARNING,
                              "1 of 14 features differs from what fraud-scorer 7 was trained on:"
                                  + " amount",
                              skew);
                      case PREDICTION_SHIFT ->
                          found(
                              outside,
                              check,
                              Severity.WARNING,
                              "the share of scores above 0.9 rose from 1.3 % to 15.8 %",
                              List.of(
                                  fact(
                                      outside,
                                      "scores above 0.9",
                                      "ml.prediction.score",
                                      0.158,
                                      0.013,
                                      "share")));
                      case ERROR_BURST ->
                          found(
                              outside,
                              check,
                              Severity.INFO,
                              "a log pattern is new: “unit of amount missing, assuming cents”",
                              List.of(
                                  fact(
                                      outside,
                                      "“unit of amount missing, assuming cents” 8,120 times",
                                      "fraud-scorer",
                                      8120,
                                      0,
                                      "count")));
                      case GPU_MEMORY, HOST_RESOURCES ->
                          unseen(
                              outside,
                              check,
                              Report.State.NOT_CHECKED,
                              "no index matches metrics-* and no Prometheus is configured",
                              "name a server under `prometheus: { url: … }`, or ship samples to"
                                  + " `metrics-*`");
                      case MODEL_QUALITY ->
                          unseen(
                              outside,
                              check,
                              Report.State.FAILED,
                              "Elasticsearch answered 503 for logs-ml.quality-*",
                              "");
                      default ->
                          new Report.Row(
                              check,
                              Report.State.CLEAR,
                              Severity.INFO,
                              outside.apply("as usual"),
                              "",
                              "",
                              List.of(),
                              38);
                    })
            .toList();
    return new Report(
        outside.apply("3f9c21ab"),
        outside.apply("fraud-scorer"),
        outside.apply("the fraud model's acting weird since lunch, lots of blocked cards"),
        new Window(NOW.minus(Duration.ofHours(2)), NOW),
        outside.apply("same time on 7 earlier days"),
        List.of(new Window(NOW.minus(Duration.ofHours(26)), NOW.minus(Duration.ofHours(24)))),
        Verdict.CAUSE_FOUND,
        outside.apply("fraud-scorer")
            + ": "
            + outside.apply(
                "the preprocessing went from 2.4.0 to 2.4.1 and amount is 100 times larger since"),
        Optional.of(
            new Report.Onset(
                began,
                began.minus(Duration.ofMinutes(6)),
                began.plus(Duration.ofMinutes(4)),
                outside.apply("share of amount above 500"))),
        List.of(
            new Report.Cause(
                CheckId.PREPROCESSING_CHANGE,
                0.91,
                outside.apply(
                    "the preprocessing went from 2.4.0 to 2.4.1 and amount is 100 times larger"
                        + " since"),
                Optional.of(began),
                units,
                List.of(
                    CheckId.TRAINING_SERVING_SKEW, CheckId.PREDICTION_SHIFT, CheckId.ERROR_BURST),
                "runbooks/preprocessing-change.md"),
            new Report.Cause(
                CheckId.TRAINING_SERVING_SKEW,
                0.24,
                outside.apply(
                    "1 of 14 features differs from what fraud-scorer 7 was trained on: amount"),
                Optional.of(began.plus(Duration.ofMinutes(5))),
                skew,
                List.of(CheckId.PREDICTION_SHIFT),
                "runbooks/training-serving-skew.md")),
        rows,
        List.of(
            change(outside, began.minusSeconds(150), "preprocessing", "2.4.0", "2.4.1", false),
            change(outside, NOW.minus(Duration.ofMinutes(112)), "config", "8", "32", true),
            change(outside, NOW.minus(Duration.ofHours(20)), "code", "a91c2f", "be0417", true)),
        true,
        2410);
  }

  private static Change change(
      UnaryOperator<String> outside,
      Instant at,
      String kind,
      String from,
      String to,
      boolean isRoutine) {
    return new Change(
        at,
        outside.apply(kind),
        outside.apply("fraud-features"),
        outside.apply(from),
        outside.apply(to),
        outside.apply("mira"),
        "https://git.example.com/acme/fraud/-/merge_requests/812",
        outside.apply("amounts in minor units"),
        isRoutine);
  }

  private static Fact fact(
      UnaryOperator<String> outside,
      String text,
      String subject,
      double now,
      double before,
      String unit) {
    return Fact.of(outside.apply(text), outside.apply(subject), now, before, unit)
        .linked("https://kibana.example.com/app/discover#/?_a=(x:'1',y:\"2\")&b=<c>");
  }

  private static Report.Row found(
      UnaryOperator<String> outside,
      CheckId check,
      Severity severity,
      String summary,
      List<Fact> facts) {
    return new Report.Row(
        check, Report.State.FOUND, severity, outside.apply(summary), "", "", facts, 120);
  }

  private static Report.Row unseen(
      UnaryOperator<String> outside,
      CheckId check,
      Report.State state,
      String reason,
      String remedy) {
    return new Report.Row(
        check,
        state,
        Severity.INFO,
        outside.apply((state == Report.State.FAILED ? "Failed: " : "Not checked: ") + reason),
        outside.apply(reason),
        remedy.isEmpty() ? "" : outside.apply(remedy),
        List.of(),
        4);
  }

  /** Something is wrong, and nobody knows why. */
  static Report symptoms() {
    Report rich = rich();
    return new Report(
        "5ed10c44",
        rich.model(),
        "",
        rich.window(),
        rich.referenceKind(),
        rich.reference(),
        Verdict.SYMPTOMS_ONLY,
        "fraud-scorer: predictions moved, and no cause was found",
        rich.onset(),
        List.of(),
        rich.rows(),
        List.of(),
        true,
        2410);
  }

  /** Nothing found, everything looked at. */
  static Report calm() {
    return new Report(
        "77aa0102",
        "eta-predictor",
        "",
        new Window(NOW.minus(Duration.ofHours(2)), NOW),
        "same time on 7 earlier days",
        List.of(),
        Verdict.ALL_CLEAR,
        "eta-predictor: all 17 checks ran and found nothing out of the ordinary",
        Optional.empty(),
        List.of(),
        Arrays.stream(CheckId.values())
            .map(
                check ->
                    new Report.Row(
                        check,
                        Report.State.CLEAR,
                        Severity.INFO,
                        "as usual",
                        "",
                        "",
                        List.of(),
                        12))
            .toList(),
        List.of(),
        true,
        900);
  }
}
