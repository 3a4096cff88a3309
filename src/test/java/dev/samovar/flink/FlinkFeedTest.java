package dev.samovar.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Metrics.Line;
import dev.samovar.evidence.Metrics.Point;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.fixture.Misbehaving;
import dev.samovar.fixture.Routes;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Flink's “Monitoring REST API”: {@code /jobs/overview} “returns an overview over all jobs” ({@code
 * jid, name, state, start-time, end-time, duration, last-modification, tasks}); {@code
 * /jobs/:jobid/exceptions} “returns the most recent exceptions that have been handled by Flink for
 * this job. The 'exceptionHistory.truncated' flag defines whether exceptions were filtered out”
 * ({@code entries[]: exceptionName, stacktrace, timestamp, taskName}); {@code
 * /jobs/:jobid/checkpoints} “returns checkpointing statistics for a job” ({@code counts, history[]:
 * id, status, trigger_timestamp, end_to_end_duration, failure_timestamp}).
 */
@SuppressWarnings("NullAway.Init") // JUnit calls start.
class FlinkFeedTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");
  private static final Window WEEK = new Window(NOW.minus(Duration.ofDays(7)), NOW);
  private static final Duration BUDGET = Duration.ofSeconds(5);
  private static final Model MODEL =
      new Model(
          "fraud",
          List.of(),
          Optional.empty(),
          "fraud",
          Optional.empty(),
          Map.of(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          List.of("orders-enrich", "a-table"),
          Optional.empty(),
          Model.Slo.NONE,
          Map.of());

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

  private static FlinkFeed feed(String url) throws IOException {
    return new FlinkFeed(
        new FlinkSettings(
            url, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
        Clock.systemUTC());
  }

  private static Instant ago(int minutes) {
    return NOW.minus(Duration.ofMinutes(minutes));
  }

  private static String job(String id, String name, String state, Instant began, Instant ended) {
    return """
    {"jid": "%s", "name": "%s", "state": "%s", "start-time": %d, "end-time": %d,
     "duration": 1, "last-modification": 1, "tasks": {"total": 4, "running": 4}}
    """
        .formatted(
            id,
            name,
            state,
            began.toEpochMilli(),
            ended.equals(Instant.MAX) ? -1 : ended.toEpochMilli());
  }

  private void jobs(String... jobs) {
    routes.on("/jobs/overview", "{\"jobs\": [" + String.join(",", jobs) + "]}");
  }

  private void exceptions(String id, Instant... at) {
    String entries =
        Stream.of(at)
            .map(
                one ->
                    """
                    {"exceptionName": "java.io.IOException", "timestamp": %d,
                     "stacktrace": "java.io.IOException: broker gone\\n\\tat x.Y", "taskName":
                     "Source: orders (1/4)", "endpoint": "tm:1", "taskManagerId": "tm"}
                    """
                        .formatted(one.toEpochMilli()))
            .collect(Collectors.joining(","));
    routes.on(
        "/jobs/" + id + "/exceptions",
        "{\"exceptionHistory\": {\"entries\": [" + entries + "], \"truncated\": false}}");
  }

  private List<Event> events() throws Exception {
    try (FlinkFeed feed = feed(server.url("/").toString())) {
      return feed.events(MODEL, Dataset.RUN, WEEK, BUDGET);
    }
  }

  private Map<String, Line> lines() throws Exception {
    try (FlinkFeed feed = feed(server.url("/").toString())) {
      return feed.lines(MODEL, WEEK, BUDGET).stream()
          .collect(Collectors.toMap(Line::metric, line -> line));
    }
  }

  @Test
  void a_job_that_failed_is_a_failed_run_with_its_exception() throws Exception {
    jobs(
        job("a1", "orders-enrich", "FAILED", ago(600), ago(40)),
        job("b1", "somebody-elses", "FAILED", ago(600), ago(30)));
    exceptions("a1", ago(41));

    assertThat(events()).hasSize(1);
    Event failed = events().get(0);
    assertThat(failed.time()).isEqualTo(ago(40));
    assertThat(failed.text(Fields.PIPELINE)).contains("orders-enrich");
    assertThat(failed.text(Fields.OUTCOME)).contains("failure");
    assertThat(failed.text(Fields.ERROR_MESSAGE))
        .contains("java.io.IOException: broker gone in Source: orders (1/4)");
    assertThat(failed.text(Fields.EVENT_URL))
        .contains(server.url("/") + "#/job/completed/a1/exceptions");
  }

  @Test
  void a_job_that_runs_again_makes_good_for_the_one_that_failed() throws Exception {
    jobs(
        job("a2", "orders-enrich-v2", "RUNNING", ago(20), Instant.MAX),
        job("a1", "orders-enrich", "FAILED", ago(600), ago(40)));
    exceptions("a1", ago(41));
    assertThat(events())
        .extracting(one -> one.text(Fields.OUTCOME).orElse(""))
        .containsExactly("success", "failure");
    assertThat(events().get(0).time()).isEqualTo(ago(20));
  }

  @Test
  void a_job_that_was_cancelled_and_not_replaced_is_missing() throws Exception {
    jobs(job("a1", "orders-enrich", "CANCELED", ago(600), ago(40)));
    assertThat(events().get(0).text(Fields.ERROR_MESSAGE))
        .contains("the job was cancelled and none of its name runs");
    jobs(
        job("a2", "orders-enrich", "RUNNING", ago(39), Instant.MAX),
        job("a1", "orders-enrich", "CANCELED", ago(600), ago(40)));
    assertThat(events())
        .extracting(one -> one.text(Fields.OUTCOME).orElse(""))
        .containsExactly("success");
  }

  @Test
  void a_job_that_does_not_get_to_run_and_one_that_finished_are_told() throws Exception {
    jobs(
        job("a3", "orders-enrich", "RESTARTING", ago(500), Instant.MAX),
        job("a2", "a-table", "FINISHED", ago(90), ago(60)));
    exceptions("a3", ago(100), ago(15));
    List<Event> events = events();
    assertThat(events.get(0).time()).isEqualTo(ago(15));
    assertThat(events.get(0).text(Fields.ERROR_MESSAGE).orElse(""))
        .startsWith("it does not get to run again: java.io.IOException: broker gone");
    assertThat(events.get(1).text(Fields.OUTCOME)).contains("success");
    assertThat(events.get(1).number(Fields.DURATION)).hasValue(1.8e12);
  }

  @Test
  void restarts_and_checkpoints_are_told_as_flinks_reporter_would() throws Exception {
    jobs(job("a1", "orders-enrich", "RUNNING", ago(6000), Instant.MAX));
    exceptions("a1", ago(12), ago(30), ago(20));
    routes.on(
        "/jobs/a1/checkpoints",
        """
        {"counts": {"restored": 1, "total": 90, "in_progress": 0, "completed": 80, "failed": 12},
         "history": [
          {"id": 90, "status": "FAILED", "trigger_timestamp": %d, "end_to_end_duration": 60000,
           "failure_timestamp": %d, "failure_message": "Checkpoint expired before completing."},
          {"id": 89, "status": "FAILED", "trigger_timestamp": %d, "end_to_end_duration": 60000},
          {"id": 88, "status": "COMPLETED", "trigger_timestamp": %d, "end_to_end_duration": 900}]}
        """
            .formatted(
                ago(10).toEpochMilli(),
                ago(8).toEpochMilli(),
                ago(20).toEpochMilli(),
                ago(40).toEpochMilli()));
    Map<String, Line> lines = lines();

    Line restarts = line(lines, "numRestarts");
    assertThat(restarts.labels()).containsEntry("job_name", "orders-enrich");
    assertThat(restarts.points())
        .containsExactly(
            new Point(ago(30).minusMillis(1), 0),
            new Point(ago(30), 1),
            new Point(ago(20), 2),
            new Point(ago(12), 3));
    assertThat(restarts.expression()).contains(server.url("/") + "#/job/running/a1/exceptions");
    assertThat(line(lines, "numberOfFailedCheckpoints").points())
        .containsExactly(
            new Point(ago(40), 10),
            new Point(ago(40).plusMillis(900), 10),
            new Point(ago(19), 11),
            new Point(ago(8), 12));
    assertThat(line(lines, "lastCheckpointDuration").points())
        .containsExactly(new Point(ago(40).plusMillis(900), 900));
  }

  @Test
  void a_job_without_checkpoints_has_none() throws Exception {
    jobs(job("a1", "orders-enrich", "RUNNING", ago(6000), Instant.MAX));
    exceptions("a1");
    assertThat(lines()).containsOnlyKeys("flink_jobmanager_job_numRestarts");
    assertThat(events()).isEmpty();
  }

  @Test
  void a_model_that_reads_nothing_asks_nothing() throws Exception {
    try (FlinkFeed feed = feed(server.url("/").toString())) {
      assertThat(feed.events(Model.named("m"), Dataset.RUN, WEEK, BUDGET)).isEmpty();
      assertThat(feed.lines(Model.named("m"), WEEK, BUDGET)).isEmpty();
      assertThat(feed.fields(Model.named("m"), Dataset.RUN, BUDGET)).isEmpty();
    }
    assertThat(routes.asked()).isEmpty();
  }

  private static Stream<MockResponse> answers() {
    return Misbehaving.answers();
  }

  @ParameterizedTest
  @MethodSource("answers")
  void a_server_that_misbehaves_is_no_answer(MockResponse answer) throws Exception {
    Misbehaving.with(
        answer,
        url -> {
          try (FlinkFeed feed = feed(url)) {
            assertThatThrownBy(() -> feed.lines(MODEL, WEEK, Duration.ofMillis(700)))
                .isInstanceOf(EvidenceException.class)
                .hasMessageContaining("Flink");
          }
        });
  }

  private static Line line(Map<String, Line> lines, String metric) {
    return Objects.requireNonNull(lines.get("flink_jobmanager_job_" + metric), metric);
  }
}
