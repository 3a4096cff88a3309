package dev.samovar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.samovar.config.Configuration;
import dev.samovar.doctor.Station;
import dev.samovar.evidence.Dataset;
import dev.samovar.fixture.ElasticsearchFixture;
import dev.samovar.fixture.World;
import dev.samovar.oncall.Directory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "s3cr3t-t0ken";

  private final List<HttpServer> servers = new ArrayList<>();

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  private String config(String url, String rest) throws IOException {
    Path file = folder.resolve("samovar.yaml");
    Files.writeString(
        file,
        "elasticsearch: { url: \""
            + url
            + "\", api_key: "
            + SECRET
            + "-es }\nstore: { url: \"jdbc:h2:file:"
            + folder.resolve("none")
            + "\" }\n"
            + rest);
    return file.toString();
  }

  private record Reply(int status, String body, Map<String, String> headers) {}

  private String serve(BiFunction<String, String, Reply> answer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String asked =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          Reply reply = answer.apply(exchange.getRequestURI().getPath(), asked);
          byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
          reply.headers().forEach(exchange.getResponseHeaders()::add);
          exchange.sendResponseHeaders(reply.status(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    servers.add(server);
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static JsonNode source(JsonNode doctor, String name) {
    for (JsonNode source : doctor.path("sources")) {
      if (source.path("name").asText().equals(name)) {
        return source;
      }
    }
    throw new AssertionError(name + " is not among " + doctor.path("sources"));
  }

  private static Map<String, Boolean> can(JsonNode doctor, int model) {
    Map<String, Boolean> can = new TreeMap<>();
    doctor
        .path("models")
        .get(model)
        .path("checks")
        .forEach(check -> can.put(check.path("id").asText(), check.path("can").asBoolean()));
    return can;
  }

  private static World recent(World world) {
    // The doctor looks at the last two hours of today.
    Duration later = Duration.between(World.NOW, Instant.now().truncatedTo(ChronoUnit.SECONDS));
    return world.predictions(
        200, event -> event.put("@timestamp", World.time(event).plus(later).toString()));
  }

  @Test
  void saysWhichChecksCanLook_andWhatToLogForTheOthers_withoutAnySecret() throws IOException {
    World world = recent(new World());
    String slack =
        serve(
            (path, body) ->
                new Reply(
                    200,
                    path.endsWith("auth.test")
                        ? "{\"ok\":true,\"team\":\"Acme\",\"user_id\":\"U1\"}"
                        : "{\"ok\":false,\"error\":\"invalid_auth\"}",
                    Map.of("X-OAuth-Scopes", "chat:write,commands,pins:write")));
    String config =
        config(
            ElasticsearchFixture.url(),
            """
            slack: { bot_token: %1$s-bot, app_token: %1$s-app, api_url: "%2$s/api/" }
            runbooks: { directory: "%3$s" }
            models:
              - { name: m, service: m-service, indices: { inference: "%4$s", run: "%5$s-run", training: "%5$s-training", change: "%5$s-change", environment: "%5$s-env", quality: "%5$s-quality" } }
              - { name: never-logged, indices: { inference: "%5$s-nothing", application: "%5$s-none" } }
            """
                .formatted(
                    SECRET,
                    slack,
                    folder.resolve("pages"),
                    world.index(Dataset.INFERENCE),
                    world.index(Dataset.INFERENCE) + "-absent"));

    Ended text = Ended.run("doctor", "--config", config);
    assertThat(text.code()).as(text.out() + text.err()).isZero();
    assertThat(text.out())
        .contains("SOURCES")
        .contains("ok       Elasticsearch  8.19")
        .contains("Its clock agrees with this machine's.")
        .contains("It has no security")
        .contains("The bot's token lacks the scopes app_mentions:read")
        .contains("Nobody needs its scopes pins:write")
        .contains("slack.app_token is refused: invalid_auth")
        .contains("POST _security/role/samovar")
        .contains("\"event.dataset\": \"ml.run\"")
        .contains("NEXT");
    assertThat(text.out().replaceAll("\\s+", " "))
        .contains("is not there yet; serve makes it")
        .contains("is no folder");
    assertThat(text.out().lines()).allMatch(line -> line.length() <= 120);
    assertThat(text.err()).contains("m (1 of 2)");

    Ended json = Ended.run("doctor", "--config", config, "--format", "json");
    JsonNode doctor = JSON.readTree(json.out());
    assertThat(doctor.path("schema").asText()).isEqualTo("samovar.doctor/1");
    assertThat(can(doctor, 0))
        .hasSize(17)
        .containsEntry("data-drift", true)
        .containsEntry("prediction-shift", true)
        .containsEntry("training-serving-skew", false)
        .containsEntry("stale-model", false);
    assertThat(can(doctor, 1)).containsEntry("data-drift", false);
    for (JsonNode check : doctor.path("models").get(1).path("checks")) {
      if (!check.path("can").asBoolean()) {
        assertThat(check.path("reason").asText()).as(check.toString()).isNotEmpty();
        assertThat(check.path("remedy").asText()).as(check.toString()).isNotEmpty();
      }
    }
    JsonNode inference = doctor.path("models").get(0).path("datasets").get(0);
    assertThat(inference.path("has")).anyMatch(one -> one.asText().equals("ml.features"));
    assertThat(inference.path("lacks")).anyMatch(one -> one.asText().equals("host.name"));
    assertThat(source(doctor, "Slack").path("state").asText()).isEqualTo("broken");
    assertThat(text.out() + text.err() + json.out() + json.err()).doesNotContain(SECRET);
    assertThat(Files.exists(folder.resolve("none.mv.db"))).isFalse();
  }

  @Test
  void proposesThePresetThatFits_andWithItTheChecksCanLook() throws IOException {
    String prefix = "odd-" + Long.toString(System.nanoTime(), 36);
    String index = prefix + "-otel";
    // The fixture's template does not reach these indices.
    ElasticsearchFixture.writer()
        .send(
            "PUT",
            "/" + index,
            """
            {"mappings": {"dynamic_templates": [
              {"words": {"match_mapping_type": "string", "mapping": {"type": "keyword"}}}],
              "properties": {"@timestamp": {"type": "date"}}}}
            """);
    List<Map<String, Object>> events = new ArrayList<>();
    Instant now = Instant.now();
    for (int day = 0; day < 8; day++) {
      for (int i = 0; i < 600; i++) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("@timestamp", now.minus(Duration.ofDays(day)).minusSeconds(20L * i).toString());
        event.put("resource.attributes.service.name", "eta-model");
        event.put("severity_text", "INFO");
        event.put("body.text", "prediction");
        event.put("attributes.ml.model.name", "eta-model");
        event.put("attributes.ml.features.km", 1.5 * (i % 37));
        event.put("attributes.ml.prediction.score", (i % 41) / 41.0);
        events.add(event);
      }
    }
    ElasticsearchFixture.writer().write(index, events.stream());
    ElasticsearchFixture.writer().refresh();
    String where = "indices: { inference: \"%1$s\", application: \"%1$s\" }".formatted(index);

    String config =
        config(ElasticsearchFixture.url(), "models:\n  - { name: eta-model, " + where + " }\n");
    JsonNode before =
        JSON.readTree(Ended.run("doctor", "--config", config, "--format", "json").out());
    assertThat(can(before, 0)).containsEntry("data-drift", false);
    JsonNode proposal = before.path("models").get(0).path("proposal");
    assertThat(proposal.path("preset").asText()).isEqualTo("otel");
    assertThat(proposal.path("fields").path("message").asText()).isEqualTo("body.text");
    String yaml = proposal.path("yaml").asText();
    assertThat(yaml).contains("- name: eta-model").contains("preset: otel").contains(index);
    assertThat(before.path("snippets").toString()).contains("OTLPLogExporter");

    // What is proposed can be pasted as it is.
    config = config(ElasticsearchFixture.url(), "models:\n" + yaml.indent(2));
    JsonNode after =
        JSON.readTree(Ended.run("doctor", "--config", config, "--format", "json").out());
    assertThat(can(after, 0))
        .containsEntry("data-drift", true)
        .containsEntry("prediction-shift", true)
        .containsEntry("error-burst", true);
    assertThat(after.path("models").get(0).path("proposal").isNull()).isTrue();
  }

  @Test
  void looksAtOtherIndices_whereNothingMatches() throws IOException {
    try (dev.samovar.sandbox.EmbeddedElasticsearch alone =
        dev.samovar.sandbox.EmbeddedElasticsearch.start(step -> {})) {
      dev.samovar.sandbox.EventWriter writer = new dev.samovar.sandbox.EventWriter(alone.url());
      for (String day : List.of("2026.05.19", "2026.05.20")) {
        writer.write(
            "scoring-" + day,
            java.util.stream.Stream.of(
                Map.of(
                    "timestamp", "2026-05-20T15:00:00Z",
                    "level", "info",
                    "msg", "scored",
                    "service", "eta",
                    "model_name", "eta",
                    "features", Map.of("km", 3.5),
                    "score", 0.5)));
      }
      writer.refresh();
      String config = config(alone.url(), "models: [{ name: eta }]\n");

      JsonNode doctor =
          JSON.readTree(Ended.run("doctor", "--config", config, "--format", "json").out());

      JsonNode proposal = doctor.path("models").get(0).path("proposal");
      assertThat(proposal.path("preset").asText()).isEqualTo("json-message");
      assertThat(proposal.path("yaml").asText())
          .contains("inference: \"scoring-*\"")
          .contains("application: \"scoring-*\"");
      Ended text = Ended.run("doctor", "--config", config);
      assertThat(text.out().replaceAll("\\s+", " ")).contains("NAMES").contains("msg (as message)");
    }
  }

  @Test
  void namesThePrivilegesThatAreLacking() throws IOException {
    String url =
        serve(
            (path, body) -> {
              if (path.equals("/")) {
                return new Reply(200, "{\"version\":{\"number\":\"9.1.0\"}}", Map.of());
              }
              return path.endsWith("_has_privileges")
                  ? new Reply(
                      200,
                      "{\"cluster\":{\"monitor\":true},\"index\":{\"logs-app-*\":{\"read\":true,"
                          + "\"view_index_metadata\":true}}}",
                      Map.of())
                  : new Reply(
                      403,
                      "{\"error\":{\"type\":\"security_exception\"},\"status\":403}",
                      Map.of());
            });
    JsonNode doctor =
        JSON.readTree(
            Ended.run(
                    "doctor",
                    "--format",
                    "json",
                    "--config",
                    config(url, "models: [{ name: eta }]\n"))
                .out());

    JsonNode elasticsearch = source(doctor, "Elasticsearch");
    assertThat(elasticsearch.path("state").asText()).isEqualTo("warning");
    assertThat(elasticsearch.path("summary").asText()).contains("9.1.0");
    assertThat(elasticsearch.path("details").toString())
        .contains("read on logs-ml.inference-*")
        .doesNotContain("on logs-app-*")
        .contains("samovar setup needs other credentials");
    assertThat(doctor.path("next").toString()).contains("LEAST PRIVILEGES");
  }

  @Test
  void saysByHowMuchClocksDiffer() throws Exception {
    Path file = Path.of(config(ElasticsearchFixture.url(), "models: [{ name: eta }]\n"));
    Configuration configuration = Configuration.load(file, Map.of());
    Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(7));
    try (House house = House.of(configuration, file);
        ConfiguredSchedules schedules =
            ConfiguredSchedules.of(configuration, Directory.EMPTY, ahead)) {
      Station elasticsearch = Stations.of(configuration, house, schedules, ahead).all().get(0);

      assertThat(elasticsearch.state()).isEqualTo(Station.State.WARNING);
      assertThat(elasticsearch.details())
          .anyMatch(detail -> detail.matches(".* 4[12]\\d s behind this machine's\\."));
      assertThat(elasticsearch.next()).anyMatch(step -> step.contains("NTP"));
    }
  }

  @Test
  void saysThatPeopleOfSchedulesAreNotFoundInSlack_withoutTheScopeForIt() throws IOException {
    String[] scopes = {"chat:write"};
    String slack =
        serve(
            (path, body) ->
                new Reply(
                    200, "{\"ok\":true,\"team\":\"Acme\"}", Map.of("X-OAuth-Scopes", scopes[0])));
    String config =
        config(
            "http://127.0.0.1:9",
            """
            slack: { bot_token: %1$s-bot, app_token: %1$s-app, api_url: "%2$s/api/" }
            pagerduty: { url: "http://127.0.0.1:9", token: %1$s-pd }
            handoffs: [{ team: ml, channel: c, schedule: "pagerduty:PI7DH85" }]
            models: [{ name: eta }]
            """
                .formatted(SECRET, slack));

    String without = Ended.run("doctor", "--config", config).out();
    assertThat(without)
        .contains("Without the scope users:read.email")
        .contains("broken   PagerDuty")
        .contains("Make PagerDuty answer")
        .doesNotContain(SECRET);
    scopes[0] = "chat:write,users:read.email";
    assertThat(Ended.run("doctor", "--config", config).out()).doesNotContain("users:read.email");
  }

  @Test
  void printsWhatItKnows_andExitsWith3_whereNothingAnswers() throws IOException {
    String config =
        config(
            "http://127.0.0.1:9",
            "prometheus: { url: \"http://127.0.0.1:9\" }\nmodels: [{ name: eta }]\n");

    Ended ended = Ended.run("doctor", "--config", config);

    assertThat(ended.code()).isEqualTo(Samovar.UNREACHABLE);
    assertThat(ended.out())
        .contains("broken   Elasticsearch")
        .contains("broken   Prometheus")
        .contains("absent   Slack")
        .contains("NEXT");
    assertThat(ended.err()).contains("No evidence source could be reached.");
  }

  @Test
  void refusesAWrongConfiguration_andAnUnknownFormat() throws IOException {
    String config =
        config("http://127.0.0.1:9", "models: [{ name: eta, preset: open-telemetry }]\n");
    Ended ended = Ended.run("doctor", "--config", config);
    assertThat(ended.code()).isEqualTo(Samovar.BAD_USAGE);
    assertThat(ended.err()).contains("preset").contains("json-message");
    assertThat(Ended.run("doctor", "--format", "yaml").code()).isEqualTo(Samovar.BAD_USAGE);
  }
}
