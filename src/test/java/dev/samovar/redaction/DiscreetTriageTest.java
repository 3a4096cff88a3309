package dev.samovar.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.checks.Change;
import dev.samovar.checks.CheckId;
import dev.samovar.checks.Fact;
import dev.samovar.checks.Severity;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.report.Format;
import dev.samovar.triage.Progress;
import dev.samovar.triage.Report;
import dev.samovar.triage.Request;
import dev.samovar.triage.Triage;
import dev.samovar.triage.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiscreetTriageTest {
  private static final Instant NOW = Instant.parse("2026-11-25T14:00:00Z");
  private static final String KEY = "gh" + "p_16C7e42F292c6912E7710c838347Ae178B4a";

  private static Report leaking() {
    Fact fact =
        Fact.of("401 for " + KEY, "error.message " + KEY)
            .linked("https://kibana.example.com/app/discover?q=" + KEY);
    Report.Row row =
        new Report.Row(
            CheckId.ERROR_BURST,
            Report.State.FOUND,
            Severity.CRITICAL,
            "new error: 401 for " + KEY,
            "reason " + KEY,
            "remedy " + KEY,
            List.of(fact),
            1);
    Report.Cause cause =
        new Report.Cause(
            CheckId.RECENT_CHANGES,
            0.8,
            "someone set token to " + KEY,
            Optional.empty(),
            List.of(fact),
            List.of(),
            "runbooks/recent-changes.md");
    Change change =
        new Change(
            NOW,
            "config",
            "API_TOKEN",
            KEY,
            "none",
            "anna.schmidt@example.com",
            "https://ci:hunter2@git.example.com/c/1",
            "rotate " + KEY,
            false);
    return new Report(
        "1",
        "fraud-scorer",
        "fraud is weird, I use " + KEY,
        new Window(NOW.minusSeconds(60), NOW),
        "none",
        List.of(),
        Verdict.CAUSE_FOUND,
        "headline " + KEY,
        Optional.of(new Report.Onset(NOW, NOW, NOW, "lines with " + KEY)),
        List.of(cause),
        List.of(row),
        List.of(change),
        true,
        1);
  }

  @Test
  void no_format_shows_a_secret_wherever_it_stood() {
    Triage leaky =
        (request, progress) -> {
          progress.checked(1, 1, leaking().rows().get(0));
          return leaking();
        };
    StringBuilder heard = new StringBuilder();
    Progress hearing = (done, total, row) -> heard.append(row);
    Report report =
        new DiscreetTriage(leaky, Redaction.usual())
            .investigate(
                new Request(
                    Model.named("fraud-scorer"),
                    new Window(NOW.minusSeconds(60), NOW),
                    "",
                    Set.of()),
                hearing);

    assertThat(heard.toString()).contains("[redacted: GitHub token]").doesNotContain(KEY);
    assertThat(report.toString()).doesNotContain(KEY).doesNotContain("hunter2");
    // The page is composed of the same report.
    for (Format format : List.of(Format.TEXT, Format.JSON, Format.MARKDOWN)) {
      assertThat(format.render(report))
          .doesNotContain(KEY)
          .doesNotContain("hunter2")
          .doesNotContain("anna.schmidt@")
          .contains("anna.schmidt");
    }
  }
}
