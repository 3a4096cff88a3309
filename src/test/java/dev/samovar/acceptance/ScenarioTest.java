package dev.samovar.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.checks.CheckId;
import dev.samovar.checks.Checks;
import dev.samovar.conversation.Asked;
import dev.samovar.conversation.Reply;
import dev.samovar.conversation.TriageConversation;
import dev.samovar.fixture.ElasticsearchFixture;
import dev.samovar.report.Format;
import dev.samovar.sandbox.Scenario;
import dev.samovar.sandbox.Story;
import dev.samovar.triage.Investigation;
import dev.samovar.triage.Progress;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From what somebody says to what is answered, on the sandbox's stories. */
class ScenarioTest {
  private static final Instant NOW = Instant.parse("2026-03-11T14:07:00Z");
  private static final ExecutorService WORKERS = Executors.newFixedThreadPool(12);

  @AfterAll
  static void end() {
    WORKERS.shutdownNow();
  }

  @AfterEach
  void forget() throws IOException {
    for (String name : Story.models().stream().map(model -> model.name()).toList()) {
      for (String index :
          List.of(
              "logs-ml.inference-",
              "ml-training-",
              "logs-app-",
              "logs-ml.run-",
              "logs-ml.environment-",
              "logs-ml.quality-")) {
        ElasticsearchFixture.writer().send("DELETE", "/" + index + name, "");
      }
    }
    ElasticsearchFixture.writer().send("DELETE", "/logs-ml.change-all,metrics-gpu", "");
  }

  @ParameterizedTest
  @EnumSource
  void the_first_line_is_right(Scenario scenario) throws IOException {
    new Story(scenario, NOW, ElasticsearchFixture.writer()).tell();
    Reply reply =
        new TriageConversation(Story.models())
            .overheard(scenario.question(), Asked.at(NOW, ZoneOffset.UTC));
    assertThat(reply).isInstanceOf(Reply.Investigate.class);
    Report report =
        new Investigation(
                ElasticsearchFixture.evidenceSource(),
                Checks.all(),
                WORKERS,
                Duration.ofSeconds(20),
                () -> "test")
            .investigate(((Reply.Investigate) reply).request(), Progress.SILENT);
    String shown = Format.TEXT.render(report);

    if (scenario == Scenario.HEALTHY) {
      assertThat(report.verdict()).as(shown).isEqualTo(Verdict.ALL_CLEAR);
    } else {
      CheckId check =
          scenario == Scenario.STORY
              ? CheckId.PREPROCESSING_CHANGE
              : CheckId.valueOf(scenario.name());
      if (check.role() == CheckId.Role.CAUSE) {
        isCause(report, check, shown);
      } else {
        isSymptom(report, check, shown);
      }
    }
    boolean beganAtOnce =
        !Set.of(
                Scenario.HEALTHY,
                Scenario.STALE_MODEL,
                Scenario.TRAINING_SERVING_SKEW,
                Scenario.BROKEN_PIPELINE,
                Scenario.DEPENDENCY_DRIFT,
                Scenario.TOO_GOOD_TO_BE_TRUE,
                Scenario.MODEL_QUALITY)
            .contains(scenario);
    if (beganAtOnce) {
      Duration off =
          Duration.between(report.onset().orElseThrow().at(), NOW.minus(Duration.ofMinutes(95)));
      assertThat(off.abs()).as(shown).isLessThan(Duration.ofMinutes(8));
    }
    assertThat(report.rows()).hasSize(CheckId.values().length);
  }

  private static void isCause(Report report, CheckId cause, String shown) {
    assertThat(report.verdict()).as(shown).isEqualTo(Verdict.CAUSE_FOUND);
    assertThat(report.causes().get(0).check()).as(shown).isEqualTo(cause);
  }

  private static void isSymptom(Report report, CheckId symptom, String shown) {
    assertThat(report.verdict()).as(shown).isEqualTo(Verdict.SYMPTOMS_ONLY);
    assertThat(report.row(symptom).state()).as(shown).isEqualTo(Report.State.FOUND);
  }
}
