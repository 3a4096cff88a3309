package dev.samovar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.checks.CheckId;
import dev.samovar.evidence.Model;
import dev.samovar.fixture.Routes;
import dev.samovar.fixture.World;
import dev.samovar.flink.FlinkFeed;
import dev.samovar.flink.FlinkSettings;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Predictions in Elasticsearch, what they are made from in Flink: {@code triage} sees both. */
@SuppressWarnings("NullAway.Init") // JUnit calls start.
class FlinkInTriageTest {
  private static final Instant NOW = World.NOW;

  private final Routes routes = new Routes();
  private MockWebServer server;

  @BeforeEach
  void start() throws IOException {
    server = new MockWebServer();
    server.setDispatcher(routes);
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.shutdown();
  }

  private static long ago(int minutes) {
    return NOW.minus(Duration.ofMinutes(minutes)).toEpochMilli();
  }

  private void job(String state, int minutesAgo, long ended, long... failures) {
    routes.on(
        "/jobs/overview",
        """
        {"jobs": [{"jid": "a1", "name": "orders-enrich", "state": "%s", "start-time": %d,
          "end-time": %d}]}
        """
            .formatted(state, ago(minutesAgo), ended));
    routes.on(
        "/jobs/a1/exceptions",
        "{\"exceptionHistory\": {\"truncated\": false, \"entries\": ["
            + Stream.of(failures)
                .flatMapToLong(java.util.Arrays::stream)
                .mapToObj(
                    at ->
                        "{\"exceptionName\": \"x\", \"stacktrace\": \"java.lang."
                            + "IllegalStateException: no schema 41\\n\\tat a.B\", \"timestamp\": "
                            + at
                            + "}")
                .collect(Collectors.joining(","))
            + "]}}");
  }

  private Report triage() throws Exception {
    World world = new World();
    Model plain = world.model();
    Model reading =
        new Model(
            plain.name(),
            plain.aliases(),
            plain.team(),
            plain.service(),
            plain.channel(),
            plain.indices(),
            plain.fields(),
            plain.retraining(),
            plain.preprocessingPipeline(),
            List.of("orders-enrich"),
            plain.lockfile(),
            plain.slo(),
            plain.metrics());
    try (FlinkFeed feed =
        new FlinkFeed(
            new FlinkSettings(
                server.url("/").toString(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            Clock.systemUTC())) {
      return world
          .model(reading)
          .feeds(feed)
          .figures(feed)
          .calmLog()
          .predictions(400, event -> {})
          .report();
    }
  }

  @Test
  void a_job_that_restarts_again_and_again_is_the_cause_and_its_page_is_linked() throws Exception {
    job("RUNNING", 9000, -1, ago(50), ago(40), ago(30), ago(10));
    Report report = triage();

    assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.CAUSE_FOUND);
    assertThat(report.causes().get(0).check()).isEqualTo(CheckId.BROKEN_PIPELINE);
    assertThat(report.causes().get(0).summary())
        .contains("4 restarts of the Flink job in the window, at most 0 before");
    assertThat(report.causes().get(0).evidence().get(0).link())
        .contains(server.url("/") + "#/job/running/a1/exceptions");
  }

  @Test
  void a_job_that_failed_is_the_cause_with_its_exception() throws Exception {
    job("FAILED", 9000, ago(45), ago(45));
    Report report = triage();

    assertThat(report.causes().get(0).check()).isEqualTo(CheckId.BROKEN_PIPELINE);
    assertThat(report.causes().get(0).summary())
        .contains("rders-enrich fails: 1 run", "IllegalStateException: no schema 41");
    assertThat(report.causes().get(0).evidence().get(0).link())
        .contains(server.url("/") + "#/job/completed/a1/exceptions");
  }

  @Test
  void a_job_that_runs_and_restarted_once_yesterday_is_silent() throws Exception {
    job("RUNNING", 9000, -1, ago(1500));
    Report report = triage();

    assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.ALL_CLEAR);
    assertThat(report.row(CheckId.BROKEN_PIPELINE).state()).isEqualTo(Report.State.CLEAR);
  }

  @Test
  void a_flink_that_is_down_makes_no_clean_bill() throws Exception {
    server.shutdown();
    Report report = triage();

    assertThat(report.verdict()).isEqualTo(Verdict.CANNOT_TELL);
    assertThat(report.row(CheckId.BROKEN_PIPELINE).state()).isEqualTo(Report.State.FAILED);
    assertThat(report.row(CheckId.BROKEN_PIPELINE).reason()).contains("Flink can't be reached");
    assertThat(report.row(CheckId.HOST_RESOURCES).state()).isEqualTo(Report.State.CLEAR);
  }
}
