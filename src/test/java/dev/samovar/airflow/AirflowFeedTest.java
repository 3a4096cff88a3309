package dev.samovar.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AirflowFeedTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");
  private static final Window WEEK = new Window(NOW.minus(Duration.ofDays(7)), NOW);
  private static final Duration BUDGET = Duration.ofSeconds(10);
  private static final Duration TOOK = Duration.ofMinutes(20);
  private static final Model MODEL =
      new Model(
          "fraud-scorer",
          List.of(),
          Optional.empty(),
          "fraud",
          Optional.empty(),
          Map.of(),
          Map.of(),
          Optional.of(new Model.Retraining("fraud-retrain", Duration.ofHours(24))),
          Optional.of("fraud-features"),
          List.of("orders-ingest", "a topic/that is no DAG"),
          Optional.empty(),
          Model.Slo.NONE,
          Map.of());

  private static AirflowFeed feed(String url) throws IOException {
    return new AirflowFeed(
        new AirflowSettings(
            url, Optional.empty(), Optional.of("samovar"), Optional.of("secret"), Optional.empty()),
        Clock.systemUTC());
  }

  private static List<Event> events(AirflowFeed feed) throws EvidenceException {
    return feed.events(MODEL, Dataset.RUN, WEEK, BUDGET);
  }

  private static StandInAirflow filled(StandInAirflow airflow) {
    return airflow
        .run("fraud-retrain", "success", NOW.minus(Duration.ofHours(30)), TOOK)
        .run("fraud-retrain", "failed", NOW.minus(Duration.ofHours(6)), TOOK)
        .task("fraud-retrain", "extract", "success", 1)
        .task("fraud-retrain", "train", "failed", 3)
        .task("fraud-retrain", "register", "upstream_failed", 0)
        .run("fraud-retrain", "running", NOW, TOOK)
        .run("orders-ingest", "success", NOW.minus(Duration.ofHours(1)), TOOK)
        .run("orders-ingest", "success", NOW.plus(Duration.ofHours(1)), TOOK)
        .run("orders-ingest", "success", NOW.minus(Duration.ofDays(8)), TOOK)
        .run("somebody-elses", "failed", NOW.minus(Duration.ofHours(2)), TOOK);
  }

  private static void isRight(List<Event> events) {
    assertThat(events)
        .extracting(event -> event.text(Fields.PIPELINE).orElseThrow())
        .containsExactly("orders-ingest", "fraud-retrain", "fraud-retrain");
    Event failed = events.get(1);
    assertThat(failed.time()).isEqualTo(NOW.minus(Duration.ofHours(6)));
    assertThat(failed.text(Fields.OUTCOME)).contains("failure");
    assertThat(failed.text(Fields.PIPELINE_KIND)).contains("training");
    assertThat(failed.text(Fields.MODEL)).contains("fraud-scorer");
    assertThat(failed.text(Fields.RUN_ID)).contains("scheduled__2026-05-20T08:40:00Z");
    assertThat(failed.number(Fields.DURATION)).hasValue((double) TOOK.toNanos());
    assertThat(failed.text(Fields.ERROR_MESSAGE)).contains("task train failed after 3 tries");
    Event good = events.get(0);
    assertThat(good.text(Fields.OUTCOME)).contains("success");
    assertThat(good.text(Fields.PIPELINE_KIND)).contains("ingest");
    assertThat(good.text(Fields.MODEL)).isEmpty();
    assertThat(good.text(Fields.ERROR_MESSAGE)).isEmpty();
  }

  @Test
  void runs_of_airflow_2_are_read_with_name_and_password() throws Exception {
    try (StandInAirflow airflow = filled(StandInAirflow.two());
        AirflowFeed feed = feed(airflow.url())) {
      isRight(events(feed));
      assertThat(airflow.asked()).first().isEqualTo("GET /api/v2/version");
      assertThat(airflow.asked()).anyMatch(line -> line.contains("/dags/a%20topic%2Fthat%20is"));
    }
  }

  @Test
  void runs_of_airflow_3_are_read_with_a_token_that_is_fetched_once_and_again_when_it_expires()
      throws Exception {
    try (StandInAirflow airflow = filled(StandInAirflow.three());
        AirflowFeed feed = feed(airflow.url())) {
      isRight(events(feed));
      isRight(events(feed));
      assertThat(airflow.logins()).isEqualTo(1);
      airflow.expireToken();
      isRight(events(feed));
      assertThat(airflow.logins()).isEqualTo(2);
    }
  }

  @Test
  void the_fields_say_whether_anything_the_model_names_is_a_dag() throws Exception {
    try (StandInAirflow airflow = filled(StandInAirflow.three());
        AirflowFeed feed = feed(airflow.url())) {
      assertThat(feed.fields(MODEL, Dataset.RUN, BUDGET)).contains(Fields.RUN_ID, Fields.OUTCOME);
      assertThat(feed.fields(Model.named("other"), Dataset.RUN, BUDGET)).isEmpty();
      assertThat(feed.events(Model.named("other"), Dataset.RUN, WEEK, BUDGET)).isEmpty();
    }
  }

  @Test
  void all_pages_are_read_even_where_the_server_gives_fewer_than_asked() throws Exception {
    try (StandInAirflow airflow = StandInAirflow.withPagesOf(7);
        AirflowFeed feed = feed(airflow.url())) {
      for (int i = 0; i < 30; i++) {
        airflow.run("orders-ingest", "success", NOW.minus(Duration.ofHours(i + 1)), TOOK);
      }
      assertThat(events(feed)).hasSize(30).doesNotHaveDuplicates();
    }
  }

  @Test
  void wrong_credentials_are_said() throws Exception {
    try (StandInAirflow airflow = filled(StandInAirflow.three());
        AirflowFeed feed =
            new AirflowFeed(
                new AirflowSettings(
                    airflow.url(),
                    Optional.of("no such token"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
                Clock.systemUTC())) {
      assertThatThrownBy(() -> events(feed))
          .isInstanceOfSatisfying(
              EvidenceException.class,
              e -> assertThat(e.kind()).isEqualTo(EvidenceException.Kind.DENIED))
          .hasMessageContainingAll("Airflow", "401", "check airflow")
          .hasMessageNotContaining("no such token");
    }
  }

  @Test
  void an_address_where_there_is_no_airflow_is_said() throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              return new MockResponse().setResponseCode(404);
            }
          });
      server.start();
      try (AirflowFeed feed = feed(server.url("/").toString())) {
        assertThatThrownBy(() -> events(feed))
            .isInstanceOf(EvidenceException.class)
            .hasMessageContainingAll("Airflow", "version", "404");
      }
    }
  }

  /** What a broken server may say to the list of runs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"dag_runs\": \"none\", \"total_entries\": 1}",
        "{\"detail\": \"welcome\"}",
        "[1, 2]",
        "{\"dag_runs\": [{\"dag_run_id\": ",
        "<html>login</html>",
        "null"
      })
  void an_answer_of_the_wrong_shape_is_no_answer(String body) throws Exception {
    misbehaving(
        new MockResponse().setBody(body),
        feed ->
            assertThatThrownBy(() -> events(feed))
                .isInstanceOfSatisfying(
                    EvidenceException.class,
                    e -> assertThat(e.kind()).isEqualTo(EvidenceException.Kind.BROKEN))
                .hasMessageContainingAll("Airflow", "runs of the DAG fraud-retrain"));
  }

  @Test
  void a_server_error_and_a_broken_connection_are_said() throws Exception {
    misbehaving(
        new MockResponse().setResponseCode(500).setBody("{\"title\": \"oops\"}"),
        feed ->
            assertThatThrownBy(() -> events(feed))
                .isInstanceOf(EvidenceException.class)
                .hasMessageContainingAll("Airflow", "500", "oops"));
    misbehaving(
        new MockResponse()
            .setBody("{\"dag_runs\": [" + " ".repeat(5000) + "]}")
            .setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY),
        feed ->
            assertThatThrownBy(() -> events(feed))
                .isInstanceOf(EvidenceException.class)
                .hasMessageContaining("Airflow"));
  }

  @Test
  void runs_without_what_makes_them_one_are_left_out() throws Exception {
    misbehaving(
        new MockResponse()
            .setBody(
                """
                {"dag_runs": [7, null, {}, {"dag_run_id": "a", "state": "failed", "end_date": null},
                  {"dag_run_id": "b", "state": "success", "end_date": "yesterday"},
                  {"dag_run_id": "c", "state": "queued", "end_date": "2026-05-20T08:00:00Z"},
                  {"dag_run_id": "d", "state": "success", "end_date": "2026-05-20T08:00:00Z"}],
                 "total_entries": 7}
                """),
        feed ->
            assertThat(events(feed))
                .hasSize(4)
                .allSatisfy(event -> assertThat(event.text(Fields.RUN_ID)).contains("d"))
                .allSatisfy(event -> assertThat(event.text(Fields.DURATION)).isEmpty()));
  }

  @Test
  void pages_without_end_come_to_one() throws Exception {
    misbehaving(
        new MockResponse()
            .setBody(
                """
                {"dag_runs": [{"dag_run_id": "d", "state": "success",
                  "end_date": "2026-05-20T08:00:00Z"}], "total_entries": 2000000000}
                """),
        feed -> assertThat(events(feed)).hasSize(40));
  }

  private interface Trying {
    void with(AirflowFeed feed) throws Exception;
  }

  /** An Airflow 2 that always gives the same answer to whatever is asked of its API. */
  private static void misbehaving(MockResponse answer, Trying trying) throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              String path = String.valueOf(request.getPath());
              return path.startsWith("/api/v1/")
                  ? path.endsWith("/version")
                      ? new MockResponse().setBody("{\"version\": \"2.10.5\"}")
                      : answer.clone()
                  : new MockResponse().setResponseCode(404);
            }
          });
      server.start();
      try (AirflowFeed feed = feed(server.url("/").toString())) {
        trying.with(feed);
      }
    }
  }
}
