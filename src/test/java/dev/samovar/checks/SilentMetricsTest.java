package dev.samovar.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.EvidenceException.Kind;
import dev.samovar.evidence.Metrics;
import dev.samovar.fixture.World;
import dev.samovar.triage.Report;
import dev.samovar.triage.Report.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A source of metrics that cannot be reached costs only what nothing else shows. */
class SilentMetricsTest {
  private static final Metrics SILENT =
      (model, metrics, where, groupBy, window, step) -> {
        throw new EvidenceException(Kind.UNREACHABLE, "Prometheus at http://p:9090 refused");
      };

  private static void stands(Report.Row row, String what) {
    assertThat(row.state()).as(row.summary() + row.reason()).isEqualTo(State.FOUND);
    assertThat(row.summary()).contains(what);
    assertThat(row.evidence())
        .last()
        .satisfies(
            fact ->
                assertThat(fact.text())
                    .isEqualTo(
                        "Metrics could not be asked: Prometheus at http://p:9090 refused"));
  }

  @Test
  void errors_in_the_log_stand() {
    stands(
        new World()
            .metrics(SILENT)
            .predictions(
                400,
                event -> {
                  if (World.isTrouble(event)) {
                    event.put("event.outcome", "failure");
                  }
                })
            .ask(CheckId.SERVING_HEALTH),
        "fail");
  }

  @Test
  void a_kill_in_the_log_stands() {
    stands(
        new World()
            .metrics(SILENT)
            .calmLog()
            .predictions(100, event -> {})
            .lines(30, World.ONSET, "ERROR", "Out of memory: Killed process 812 (python3)")
            .ask(CheckId.HOST_RESOURCES),
        "memory");
  }

  private static World runs(boolean isLate) {
    return new World()
        .metrics(SILENT)
        .predictions(100, event -> {})
        .write(
            Dataset.RUN,
            IntStream.range(isLate ? 8 : 0, 200)
                .mapToObj(
                    hour -> {
                      Instant at = World.NOW.minus(Duration.ofMinutes(60L * hour + 20));
                      Map<String, Object> run = World.event(at);
                      run.put("ml.pipeline.name", "m-features");
                      run.put("ml.pipeline.kind", "features");
                      run.put("ml.pipeline.run_id", "r" + hour);
                      run.put("event.outcome", "success");
                      return run;
                    }));
  }

  @Test
  void a_late_pipeline_stands() {
    stands(runs(true).ask(CheckId.BROKEN_PIPELINE), "-features is late");
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVING_HEALTH", "HOST_RESOURCES", "BROKEN_PIPELINE"})
  void nothing_is_called_well(CheckId check) {
    Report.Row row = runs(false).calmLog().ask(check);

    assertThat(row.state()).as(row.summary()).isEqualTo(State.FAILED);
    assertThat(row.reason()).contains("Prometheus at http://p:9090 refused");
  }
}
