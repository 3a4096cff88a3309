package dev.samovar.slack;

import dev.samovar.checks.Change;
import dev.samovar.checks.CheckId;
import dev.samovar.checks.Fact;
import dev.samovar.checks.Severity;
import dev.samovar.evidence.Window;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A report with everything in it, some of it hostile. */
public final class SampleReport {
  public static final String HOSTILE = "<!channel> & `rm` <@U1> \u001b[31mred";
  private static final Instant TO = Instant.parse("2026-05-20T15:00:00Z");

  private SampleReport() {}

  public static Report of(String outside) {
    Fact fact =
        Fact.of(
                "amount is 100 times larger, as in " + outside,
                "ml.features.amount",
                0.97,
                0.01,
                "share")
            .linked("https://kibana.example.com/app/discover#/?_a=(x:'1')");
    List<Report.Row> rows =
        Arrays.stream(CheckId.values())
            .map(
                check ->
                    switch (check) {
                      case PREPROCESSING_CHANGE ->
                          row(check, Report.State.FOUND, outside, List.of(fact));
                      case PREDICTION_SHIFT -> row(check, Report.State.FOUND, outside, List.of());
                      case SERVING_HEALTH ->
                          row(check, Report.State.NOT_CHECKED, outside, List.of());
                      default -> row(check, Report.State.CLEAR, outside, List.of());
                    })
            .toList();
    return new Report(
        "abc123",
        "fraud-scorer",
        outside,
        new Window(TO.minusSeconds(7200), TO),
        "same time on 7 earlier days",
        List.of(new Window(TO.minusSeconds(93_600), TO.minusSeconds(86_400))),
        Verdict.CAUSE_FOUND,
        "fraud-scorer: the preprocessing changed " + outside,
        Optional.of(
            new Report.Onset(
                TO.minusSeconds(3600), TO.minusSeconds(3700), TO.minusSeconds(3500), "share of x")),
        List.of(
            new Report.Cause(
                CheckId.PREPROCESSING_CHANGE,
                0.86,
                "the preprocessing changed " + outside,
                Optional.of(TO.minusSeconds(3600)),
                List.of(fact),
                List.of(CheckId.PREDICTION_SHIFT),
                "runbooks/preprocessing-change.md")),
        rows,
        List.of(
            new Change(
                TO.minusSeconds(3700),
                "code",
                "fraud",
                "1",
                "2",
                "mira",
                "",
                "units " + outside,
                false)),
        true,
        1234);
  }

  private static Report.Row row(
      CheckId check, Report.State state, String outside, List<Fact> facts) {
    boolean isFound = state == Report.State.FOUND;
    boolean isUnseen = state == Report.State.NOT_CHECKED;
    return new Report.Row(
        check,
        state,
        isFound ? Severity.WARNING : Severity.INFO,
        isFound ? "it moved " + outside : isUnseen ? "Not checked: no index" : "as usual",
        isUnseen ? "no index matches metrics-*" : "",
        isUnseen ? "send `samples` there" : "",
        facts,
        7);
  }
}
