package dev.samovar.mlflow;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.HttpUrl;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers have the shape that MLflow's REST API is documented to give. */
class MlflowFeedTest {
  private static final Duration BUDGET = Duration.ofSeconds(10);
  private static final Instant NOW = Instant.ofEpochMilli(1_779_289_200_000L);
  private static final Window MONTH = new Window(NOW.minus(Duration.ofDays(30)), NOW);
  private static final String API = "/api/2.0/mlflow/";
  private static final Model MODEL = named("fraud-scorer", "fraud", "Fraud");

  private static final String VERSIONS =
      """
      {"model_versions": [
        {"name": "fraud", "version": "6", "creation_timestamp": 1779000000000,
         "last_updated_timestamp": 1779000000000, "user_id": "ana", "current_stage": "None",
         "run_id": "r6", "status": "READY"},
        {"name": "fraud", "version": "7", "creation_timestamp": 1779200000000,
         "last_updated_timestamp": 1779210000000, "user_id": "", "current_stage": "Production",
         "run_id": "r7", "status": "READY"},
        {"name": "fraud", "version": "5", "creation_timestamp": 1700000000000, "run_id": "r5"},
        {"name": "fraud", "version": "8", "creation_timestamp": "1779280000000", "run_id": ""},
        {"name": "fraud", "version": "9", "creation_timestamp": 1779300000000, "run_id": "r9"},
        {"version": "", "creation_timestamp": 1}, 7]}
      """;

  private final MockWebServer server = new MockWebServer();
  private final Map<String, MockResponse> answers = new LinkedHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private static Model named(String name, String... aliases) {
    Model plain = Model.named(name);
    return new Model(
        name,
        List.of(aliases),
        plain.team(),
        plain.service(),
        plain.channel(),
        plain.indices(),
        plain.fields(),
        Optional.of(new Model.Retraining("fraud-retrain", Duration.ofHours(24))),
        plain.preprocessingPipeline(),
        plain.upstream(),
        plain.lockfile(),
        plain.slo(),
        plain.metrics());
  }

  @BeforeEach
  void start() throws IOException {
    answers.put(
        "registered-models/get?name=fraud",
        body(
            """
            {"registered_model": {"name": "fraud", "creation_timestamp": 1, "latest_versions": [],
              "aliases": [{"alias": "champion", "version": "7"}]}}
            """));
    answers.put("registered-models/search", body("{}"));
    answers.put("model-versions/search", body(VERSIONS));
    answers.put("runs/get?run_id=r6", run("r6", "FINISHED", 1_778_999_000_000L));
    answers.put("runs/get?run_id=r7", run("r7", "FAILED", 1_779_199_000_000L));
    answers.put("runs/get?run_id=r9", run("r9", "RUNNING", 0));
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            HttpUrl url = Objects.requireNonNull(request.getRequestUrl());
            String path = url.encodedPath().replace(API, "");
            asked.add(path + " " + request.getHeader("Authorization"));
            String name = url.queryParameter("name");
            String run = url.queryParameter("run_id");
            String key =
                path
                    + (name == null ? "" : "?name=" + name)
                    + (run == null ? "" : "?run_id=" + run);
            MockResponse answer = answers.get(key);
            return answer == null
                ? body("{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\"}").setResponseCode(404)
                : answer.clone();
          }
        });
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.shutdown();
  }

  private static MockResponse body(String json) {
    return new MockResponse().setHeader("Content-Type", "application/json").setBody(json);
  }

  private static MockResponse run(String id, String status, long end) {
    return body(
        """
        {"run": {"info": {"run_id": "%s", "status": "%s", "start_time": %d, "end_time": %d},
          "data": {"metrics": [{"key": "val_auc", "value": 0.91}, {"key": "train/loss", "value": 0.2},
              {"key": "system/cpu", "value": 12.0}, {"key": "broken", "value": "NaN"}],
            "tags": [{"key": "mlflow.user", "value": "ana"},
              {"key": "mlflow.source.git.commit", "value": "c0ffee"}]},
          "inputs": {"dataset_inputs": [{"dataset": {"name": "orders", "digest": "d1ge57"}}]}}}
        """
            .formatted(id, status, end - 60_000, end));
  }

  private MlflowFeed feed(Map<String, String> registered) throws IOException {
    return new MlflowFeed(
        new MlflowSettings(
            server.url("/").toString(),
            Optional.of("t0k3n"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            registered),
        Clock.systemUTC());
  }

  private List<Event> events(Dataset dataset) throws Exception {
    try (MlflowFeed feed = feed(Map.of())) {
      return feed.events(MODEL, dataset, MONTH, BUDGET);
    }
  }

  @Test
  void versions_are_changes_of_the_model() throws Exception {
    List<Event> changes = events(Dataset.CHANGE);

    assertThat(changes)
        .extracting(change -> change.text(Fields.CHANGE_TO).orElseThrow())
        .containsExactly("8", "7", "6");
    Event seven = changes.get(1);
    assertThat(seven.time()).isEqualTo(Instant.ofEpochMilli(1_779_200_000_000L));
    assertThat(seven.text(Fields.CHANGE_KIND)).contains("model");
    assertThat(seven.text(Fields.CHANGE_COMPONENT)).contains("fraud");
    assertThat(seven.text(Fields.CHANGE_FROM)).contains("6");
    assertThat(seven.text(Fields.CHANGE_SUMMARY))
        .contains("version 7 registered, now champion and in Production");
    assertThat(seven.text(Fields.CHANGE_URL))
        .contains(server.url("/") + "#/models/fraud/versions/7");
    assertThat(seven.text(Fields.CHANGE_AUTHOR)).isEmpty();
    assertThat(seven.text(Fields.MODEL)).contains("fraud-scorer");
    assertThat(changes.get(2).text(Fields.CHANGE_AUTHOR)).contains("ana");
    assertThat(changes.get(2).text(Fields.CHANGE_FROM)).contains("5");
    assertThat(asked).allMatch(line -> line.endsWith("Bearer t0k3n"));
  }

  @Test
  void the_runs_that_made_them_are_training_runs() throws Exception {
    List<Event> runs = events(Dataset.RUN);

    assertThat(runs)
        .extracting(run -> run.text(Fields.RUN_ID).orElseThrow())
        .containsExactly("r7", "r6");
    Event six = runs.get(1);
    assertThat(six.time()).isEqualTo(Instant.ofEpochMilli(1_778_999_000_000L));
    assertThat(six.text(Fields.PIPELINE)).contains("fraud-retrain");
    assertThat(six.text(Fields.PIPELINE_KIND)).contains("training");
    assertThat(six.text(Fields.OUTCOME)).contains("success");
    assertThat(six.text(Fields.MODEL_VERSION)).contains("6");
    assertThat(six.text(Fields.CODE_REVISION)).contains("c0ffee");
    assertThat(six.text(Fields.DATA_VERSION)).contains("d1ge57");
    assertThat(six.number(Fields.DURATION)).hasValue(60e9);
    assertThat(runs.get(0).text(Fields.OUTCOME)).contains("failure");
  }

  @Test
  void what_a_good_run_measured_is_an_evaluation() throws Exception {
    assertThat(events(Dataset.QUALITY))
        .singleElement()
        .satisfies(
            quality -> {
              assertThat(quality.text(Fields.QUALITY_ON)).contains("validation");
              assertThat(quality.text(Fields.MODEL_VERSION)).contains("6");
              assertThat(quality.number(Fields.METRICS + ".val_auc")).hasValue(0.91);
              assertThat(quality.values())
                  .containsKey(Fields.METRICS + ".train/loss")
                  .doesNotContainKeys(Fields.METRICS + ".system/cpu", Fields.METRICS + ".broken");
            });
  }

  @Test
  void fields_name_the_metrics_and_are_empty_for_a_model_that_is_not_registered() throws Exception {
    try (MlflowFeed feed = feed(Map.of())) {
      assertThat(feed.fields(MODEL, Dataset.QUALITY, BUDGET))
          .contains(Fields.METRICS + ".val_auc", Fields.MODEL_VERSION);
      assertThat(feed.fields(MODEL, Dataset.CHANGE, BUDGET)).contains(Fields.CHANGE_TO);
      for (Dataset dataset : feed.datasets()) {
        assertThat(feed.fields(named("other"), dataset, BUDGET)).isEmpty();
        assertThat(feed.events(named("other"), dataset, MONTH, BUDGET)).isEmpty();
      }
    }
  }

  @Test
  void the_configured_name_goes_before_all_others() throws Exception {
    try (MlflowFeed feed = feed(Map.of("other", "fraud", "fraud-scorer", "not there"))) {
      assertThat(feed.events(named("other"), Dataset.CHANGE, MONTH, BUDGET)).hasSize(3);
      assertThat(feed.events(MODEL, Dataset.CHANGE, MONTH, BUDGET)).isEmpty();
    }
  }

  @Test
  void a_run_that_ended_is_asked_for_once() throws Exception {
    try (MlflowFeed feed = feed(Map.of())) {
      feed.events(MODEL, Dataset.RUN, MONTH, BUDGET);
      feed.events(MODEL, Dataset.QUALITY, MONTH, BUDGET);
    }
    assertThat(asked).filteredOn(line -> line.startsWith("runs/get")).hasSize(4);
  }

  @Test
  void an_address_where_there_is_no_registry_is_said() {
    answers.clear();
    assertThatThrownBy(() -> events(Dataset.CHANGE))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContainingAll("MLflow", "registered models", "404");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model_versions\": \"none\"}",
        "{\"model_versions\": {\"a\": 1}}",
        "[]",
        "7",
        "{\"model_versions\": [{\"version\":",
        "<html>login</html>"
      })
  void versions_of_the_wrong_shape_are_no_answer(String wrong) {
    answers.put("model-versions/search", body(wrong));
    assertThatThrownBy(() -> events(Dataset.CHANGE))
        .isInstanceOfSatisfying(
            EvidenceException.class,
            e -> assertThat(e.kind()).isEqualTo(EvidenceException.Kind.BROKEN))
        .hasMessageContainingAll("MLflow", "versions of fraud")
        .hasMessageNotContaining("t0k3n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"registered_model\": []}", "[1]", "null"})
  void a_registered_model_without_a_name_is_none(String wrong) {
    answers.put("registered-models/get?name=fraud", body(wrong));
    assertThatThrownBy(() -> events(Dataset.RUN))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContainingAll("MLflow", "registered model fraud");
  }

  @Test
  void errors_and_broken_connections_are_said() {
    answers.put("runs/get?run_id=r7", body("{\"error\": \"oops\"}").setResponseCode(500));
    assertThatThrownBy(() -> events(Dataset.RUN))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContainingAll("MLflow", "run r7", "500", "oops");
    answers.put(
        "runs/get?run_id=r7",
        body("{\"run\": \"" + "x".repeat(5000) + "\"}")
            .setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY));
    assertThatThrownBy(() -> events(Dataset.RUN)).isInstanceOf(EvidenceException.class);
    answers.put("runs/get?run_id=r7", body("{\"run\": {\"info\": 3}}"));
    assertThatThrownBy(() -> events(Dataset.RUN))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContaining("lacks a text status");
  }

  @Test
  void pages_without_end_come_to_one() throws Exception {
    answers.put(
        "model-versions/search",
        body(
            """
            {"model_versions": [{"name": "fraud", "version": "6", "run_id": "r6",
              "creation_timestamp": 1779000000000}], "next_page_token": "again"}
            """));
    assertThat(events(Dataset.CHANGE)).hasSize(5);
    assertThat(events(Dataset.RUN)).hasSize(1);
  }
}
