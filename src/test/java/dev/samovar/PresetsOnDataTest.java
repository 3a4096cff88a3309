package dev.samovar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.fixture.ElasticsearchFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each preset on documents as its family writes them, in the real Elasticsearch with its own
 * mapping of strings: doctor proposes it, what it proposes loads as it is, and an investigation
 * with it finds what changed an hour ago.
 */
class PresetsOnDataTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int A_DAY = 360;

  @TempDir private Path folder = Path.of("");

  /** One prediction. */
  private record Served(Instant at, int number, double amount, String country, double score) {
    boolean isLate(Instant now) {
      return at.isAfter(now.minus(Duration.ofHours(1)));
    }
  }

  /** Writes a prediction as the documents of a family. */
  private interface Shape {
    List<Map<String, Object>> documents(Served served);
  }

  private record Family(String preset, Shape shape) {
    @Override
    public String toString() {
      return preset;
    }
  }

  private static Map<String, Object> document(Object... names) {
    Map<String, Object> document = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i += 2) {
      document.put(String.valueOf(names[i]), names[i + 1]);
    }
    return document;
  }

  static Stream<Family> families() {
    return Stream.of(
        // APM's agents put strings into labels and numbers into numeric_labels.
        new Family(
            "ecs",
            served ->
                List.of(
                    document(
                        "@timestamp", served.at().toString(),
                        "ecs.version", "8.11.0",
                        "log.level", "info",
                        "log.logger", "scoring",
                        "message", "scored",
                        "service.name", "eta",
                        "trace.id", "t" + served.number(),
                        "labels.model_name", "eta",
                        "labels.model_version", "3",
                        "numeric_labels.amount", served.amount(),
                        "numeric_labels.prediction", served.score()))),
        new Family(
            "otel",
            served ->
                List.of(
                    document(
                        "@timestamp", served.at().toString(),
                        "data_stream.dataset", "ml.inference.otel",
                        "severity_text", "INFO",
                        "body.text", "scored",
                        "trace_id", "t" + served.number(),
                        "resource.attributes.service.name", "eta",
                        "attributes.ml.model.name", "eta",
                        "attributes.ml.model.version", "3",
                        "attributes.ml.features.amount", served.amount(),
                        "attributes.ml.features.country", served.country(),
                        "attributes.ml.prediction.score", served.score()))),
        // A request and a response are CloudEvents of their own, with the same id.
        new Family(
            "kserve",
            served ->
                List.of(
                    cloudEvent(
                        served,
                        "request",
                        Map.of(
                            "instances",
                            List.of(
                                Map.of("amount", served.amount(), "country", served.country())))),
                    cloudEvent(
                        served, "response", Map.of("predictions", List.of(served.score()))))),
        // The logger joins request and response; an element is a list of one value.
        new Family(
            "seldon",
            served ->
                List.of(
                    document(
                        "@timestamp",
                        served.at().toString(),
                        "ServingEngine",
                        "seldon",
                        "Ce-Inferenceservicename",
                        "eta",
                        "Ce-Endpoint",
                        "default",
                        "Ce-Namespace",
                        "ml",
                        "RequestId",
                        "t" + served.number(),
                        "request",
                        Map.of(
                            "dataType", "tabular",
                            "ce-time", served.at().toString(),
                            "names", List.of("amount", "country"),
                            "elements",
                                Map.of(
                                    "amount", List.of(served.amount()),
                                    "country", List.of(served.country()))),
                        "response",
                        Map.of(
                            "dataType",
                            "number",
                            "names",
                            List.of("score"),
                            "elements",
                            Map.of("score", List.of(served.score())))))),
        new Family(
            "mlflow",
            served ->
                List.of(
                    document(
                        "@timestamp", served.at().toString(),
                        "mlflow.run_id", "0a1b2c",
                        "mlflow.model.name", "eta",
                        "mlflow.model.version", "3",
                        "mlflow.inputs.amount", served.amount(),
                        "mlflow.inputs.country", served.country(),
                        "mlflow.prediction", served.score()))),
        new Family(
            "json-message",
            served ->
                List.of(
                    document(
                        "timestamp", served.at().toString(),
                        "level", "info",
                        "msg", "scored",
                        "service", "eta",
                        "request_id", "t" + served.number(),
                        "model_name", "eta",
                        "model_version", "3",
                        "features", Map.of("amount", served.amount(), "country", served.country()),
                        "score", served.score()))));
  }

  private static Map<String, Object> cloudEvent(
      Served served, String what, Map<String, Object> data) {
    return document(
        "specversion", "1.0",
        "id", "t" + served.number(),
        "source", "http://localhost:9081/",
        "type", "org.kubeflow.serving.inference." + what,
        "datacontenttype", "application/json",
        "time", served.at().toString(),
        "inferenceservicename", "eta",
        "namespace", "ml",
        "component", "predictor",
        "endpoint", "default",
        "data", data);
  }

  private String config(String models) throws IOException {
    Path file = folder.resolve("samovar.yaml");
    Files.writeString(
        file,
        "elasticsearch: { url: \""
            + ElasticsearchFixture.url()
            + "\" }\nstore: { url: \"jdbc:h2:mem:presets\" }\nmodels:\n"
            + models);
    return file.toString();
  }

  @ParameterizedTest
  @MethodSource("families")
  void isProposed_loads_andFindsTheDrift(Family family) throws IOException {
    String index = "shape-" + Long.toString(System.nanoTime(), 36) + "-" + family.preset();
    Instant now = Instant.now();
    Random random = new Random(5);
    List<Map<String, Object>> documents = new ArrayList<>();
    for (int day = 8; day >= 0; day--) {
      for (int i = 0; i < A_DAY; i++) {
        Instant at = now.minus(Duration.ofDays(day)).minusMillis(1 + 7_200_000L * i / A_DAY);
        Served served =
            new Served(
                at,
                1000 * day + i,
                Math.exp(3 + random.nextGaussian()),
                List.of("DE", "FR", "US").get(random.nextInt(3)),
                random.nextDouble());
        if (served.isLate(now)) {
          served =
              new Served(
                  at, served.number(), 100 * served.amount(), served.country(), served.score());
        }
        documents.addAll(family.shape().documents(served));
      }
    }
    ElasticsearchFixture.writer().write(index, documents.stream());
    ElasticsearchFixture.writer().refresh();

    String config = config("  - { name: eta, indices: { inference: \"" + index + "\" } }\n");
    JsonNode proposal =
        JSON.readTree(Ended.run("doctor", "--config", config, "--format", "json").out())
            .path("models")
            .get(0)
            .path("proposal");
    assertThat(proposal.path("preset").asText()).isEqualTo(family.preset());

    config = config(proposal.path("yaml").asText().indent(2));
    Ended triage = Ended.run("triage", "eta", "--config", config, "--format", "json");
    assertThat(triage.err()).isEmpty();
    JsonNode report = JSON.readTree(triage.out());
    assertThat(
            StreamSupport.stream(report.path("checks").spliterator(), false)
                .filter(check -> check.path("state").asText().equals("found"))
                .map(check -> check.path("id").asText()))
        .as(triage.out())
        .contains("data-drift");
    assertThat(report.path("verdict").asText()).isEqualTo("cause-found");
    assertThat(report.path("causes").toString()).contains("amount");
  }

  /** What no preset can do, and what would. */
  @Test
  void jsonInOneField_cannotBeSeen_andDoctorSaysWhatTakesItApart() throws IOException {
    String index = "shape-" + Long.toString(System.nanoTime(), 36) + "-whole";
    Instant now = Instant.now();
    List<Map<String, Object>> documents = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      documents.add(
          document(
              "@timestamp",
              now.minusSeconds(60L * i + 1).toString(),
              "message",
              i % 5 == 0
                  ? "starting worker " + i
                  : JSON.writeValueAsString(
                      Map.of("model_name", "eta", "features", Map.of("amount", i)))));
    }
    ElasticsearchFixture.writer().write(index, documents.stream());
    ElasticsearchFixture.writer().refresh();
    // Its log is there, too: on a cluster with others it would be looked for elsewhere.
    String config =
        config(
            "  - { name: eta, indices: { inference: \""
                + index
                + "\", application: \""
                + index
                + "\" } }\n");

    JsonNode doctor =
        JSON.readTree(Ended.run("doctor", "--config", config, "--format", "json").out());

    JsonNode model = doctor.path("models").get(0);
    assertThat(model.path("proposal").isNull()).as(model.toString()).isTrue();
    assertThat(model.path("json_in_messages").asText()).isEqualTo(index);
    assertThat(doctor.path("next").toString()).contains("whole JSON objects");
    JsonNode processors = JSON.readTree(doctor.path("pipeline").asText()).path("processors");
    assertThat(processors.findValuesAsText("target_field"))
        .contains("ml.model.name", "ml.features", "ml.prediction.score", "log.level", "message");
    assertThat(Ended.run("doctor", "--config", config).out())
        .contains("PUT _ingest/pipeline/json-message");
  }
}
