package dev.samovar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.airflow.StandInAirflow;
import dev.samovar.checks.CheckId;
import dev.samovar.config.Configuration;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Window;
import dev.samovar.fixture.ElasticsearchFixture;
import dev.samovar.fixture.World;
import dev.samovar.triage.Progress;
import dev.samovar.triage.Report;
import dev.samovar.triage.Request;
import dev.samovar.triage.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions in Elasticsearch and runs in Airflow only: {@code triage} sees both. */
class AirflowInTriageTest {
  private static final Duration TOOK = Duration.ofMinutes(20);
  private static final Instant NOW = World.NOW;

  @TempDir private Path folder = Path.of("");

  private Report triage(String airflow) throws Exception {
    World world = new World().calmLog().predictions(400, event -> {});
    Path file = folder.resolve("samovar.yaml");
    Files.writeString(
        file,
        """
        elasticsearch: { url: "%s" }
        airflow: { url: "%s", username: samovar, password: secret }
        models:
          - name: m
            service: m-service
            indices: { inference: "%s", application: "%s", run: none, change: none, quality: none, metrics: none }
            retraining: { pipeline: m-retrain, every: 24h }
            upstream: [orders-ingest, clicks-topic]
        """
            .formatted(
                ElasticsearchFixture.url(),
                airflow,
                world.index(Dataset.INFERENCE),
                world.index(Dataset.APPLICATION)));
    Configuration configuration = Configuration.load(file, Map.of());
    try (House house = House.of(configuration, file)) {
      return house
          .triage()
          .investigate(
              new Request(
                  configuration.models().get(0),
                  new Window(NOW.minus(Duration.ofHours(2)), NOW),
                  "",
                  Set.of()),
              Progress.SILENT);
    }
  }

  private static StandInAirflow daily(StandInAirflow airflow, int lastDaysAgo) {
    for (int day = 20; day >= lastDaysAgo; day--) {
      airflow.run("m-retrain", "success", NOW.minus(Duration.ofHours(24L * day + 10)), TOOK);
    }
    return airflow;
  }

  private static StandInAirflow hourly(StandInAirflow airflow, int lastHoursAgo) {
    for (int hour = 24 * 14; hour >= lastHoursAgo; hour--) {
      airflow.run("orders-ingest", "success", hoursAgo(hour), TOOK);
    }
    return airflow;
  }

  private static Instant hoursAgo(int hours) {
    return NOW.minus(Duration.ofHours(hours)).plus(Duration.ofMinutes(30));
  }

  @Test
  void an_upstream_dag_that_fails_is_named_with_its_task() throws Exception {
    try (StandInAirflow airflow = hourly(daily(StandInAirflow.three(), 0), 5)) {
      for (int hour = 4; hour >= 1; hour--) {
        airflow
            .run("orders-ingest", "failed", hoursAgo(hour), TOOK)
            .task("orders-ingest", "load_orders", "failed", 4);
      }
      Report report = triage(airflow.url());

      assertThat(report.verdict()).isEqualTo(Verdict.CAUSE_FOUND);
      assertThat(report.causes().get(0).check()).isEqualTo(CheckId.BROKEN_PIPELINE);
      assertThat(report.causes().get(0).summary())
          .contains("rders-ingest fails: 4 runs", "task load_orders failed after 4 tries");
      assertThat(report.row(CheckId.STALE_MODEL).state()).isEqualTo(Report.State.CLEAR);
    }
  }

  @Test
  void a_retraining_dag_that_fails_for_days_makes_the_model_stale() throws Exception {
    try (StandInAirflow airflow = hourly(daily(StandInAirflow.two(), 3), 1)) {
      for (int day = 2; day >= 0; day--) {
        airflow
            .run("m-retrain", "failed", NOW.minus(Duration.ofHours(24L * day + 10)), TOOK)
            .task("m-retrain", "train", "failed", 2);
      }
      Report report = triage(airflow.url());

      assertThat(report.causes().get(0).check()).isEqualTo(CheckId.STALE_MODEL);
      assertThat(report.causes().get(0).summary()).contains("3 runs failed");
      assertThat(report.causes().toString()).contains("task train failed after 2 tries");
      assertThat(report.row(CheckId.BROKEN_PIPELINE).state()).isEqualTo(Report.State.CLEAR);
    }
  }

  @Test
  void good_runs_and_a_failure_that_was_made_good_are_silent() throws Exception {
    try (StandInAirflow airflow = hourly(daily(StandInAirflow.three(), 0), 1)) {
      airflow
          .run("orders-ingest", "failed", NOW.minus(Duration.ofMinutes(70)), TOOK)
          .task("orders-ingest", "load_orders", "failed", 4)
          .run("m-retrain", "failed", NOW.minus(Duration.ofHours(11)), TOOK)
          .run("orders-ingest", "failed", NOW.plus(Duration.ofMinutes(5)), TOOK);
      Report report = triage(airflow.url());

      assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.ALL_CLEAR);
      assertThat(report.row(CheckId.BROKEN_PIPELINE).state()).isEqualTo(Report.State.CLEAR);
      assertThat(report.row(CheckId.STALE_MODEL).state()).isEqualTo(Report.State.CLEAR);
    }
  }

  @Test
  void an_airflow_that_is_down_is_said_and_makes_no_clean_bill() throws Exception {
    StandInAirflow airflow = StandInAirflow.three();
    String url = airflow.url();
    airflow.close();
    Report report = triage(url);

    assertThat(report.verdict()).isEqualTo(Verdict.CANNOT_TELL);
    assertThat(report.row(CheckId.BROKEN_PIPELINE).state()).isEqualTo(Report.State.FAILED);
    assertThat(report.row(CheckId.BROKEN_PIPELINE).reason()).contains("Airflow can't be reached");
    assertThat(report.row(CheckId.STALE_MODEL).state()).isEqualTo(Report.State.FAILED);
    assertThat(report.row(CheckId.DATA_DRIFT).state()).isEqualTo(Report.State.CLEAR);
  }
}
