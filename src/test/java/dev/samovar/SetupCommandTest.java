package dev.samovar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.samovar.elasticsearch.IndexTemplates;
import dev.samovar.sandbox.EmbeddedElasticsearch;
import dev.samovar.sandbox.EventWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a server of its own: data streams and their templates can't be taken away again here. */
class SetupCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static EmbeddedElasticsearch server;
  private static EventWriter writer;

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedElasticsearch.start(step -> {});
    writer = new EventWriter(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private Path config(String url) throws IOException {
    Path file = folder.resolve("samovar.yaml");
    Files.writeString(
        file,
        """
        elasticsearch: { url: "%s" }
        models: [{ name: m, indices: { run: "acme-runs" } }]
        """
            .formatted(url));
    return file;
  }

  private static String type(JsonNode mappings, String field) {
    return mappings
        .path("properties")
        .at("/" + field.replace(".", "/properties/"))
        .path("type")
        .asText();
  }

  private static JsonNode mappings(String index) throws IOException {
    return JSON.readTree(writer.send("GET", "/" + index + "/_mapping", ""))
        .elements()
        .next()
        .path("mappings");
  }

  @Test
  void installsUpdatesAndLeavesAlone_andTheTypesHold() throws IOException {
    Path config = config(server.url());
    writer.send(
        "PUT",
        "/_index_template/rival",
        "{\"index_patterns\":[\"ml-training-x*\"],\"priority\":350}");
    Ended rivalled = Ended.run("setup", "--config", config.toString());
    assertThat(rivalled.code()).isEqualTo(Samovar.FAILED);
    assertThat(rivalled.err()).contains("rival").contains("priority").hasLineCount(1);
    writer.send("DELETE", "/_index_template/*", "");

    // As every cluster outside of tests has it.
    writer.send(
        "PUT",
        "/_index_template/logs",
        "{\"index_patterns\":[\"logs-*-*\"],\"priority\":100,\"data_stream\":{},\"template\":{}}");
    Ended first = Ended.run("setup", "--config", config.toString());
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out().lines())
        .hasSize(6)
        .allMatch(line -> line.startsWith("installed  samovar-ml."))
        .anyMatch(line -> line.contains("not for acme-runs of m"));
    assertThat(Ended.run("setup", "--config", config.toString()).out().lines())
        .allMatch(line -> line.startsWith("unchanged"));

    JsonNode changed = IndexTemplates.all().get(1).body().deepCopy();
    ((com.fasterxml.jackson.databind.node.ObjectNode) changed.at("/template/mappings"))
        .put("date_detection", true);
    writer.send("PUT", "/_index_template/samovar-ml.training", changed.toString());
    assertThat(Ended.run("setup", "--config", config.toString()).out().lines())
        .anyMatch(line -> line.startsWith("updated    samovar-ml.training"))
        .filteredOn(line -> line.startsWith("unchanged"))
        .hasSize(5);

    Map<String, Object> prediction =
        Map.of(
            "@timestamp",
            "2026-05-20T15:00:00Z",
            "ml.model.name",
            "m",
            "ml.model.version",
            3,
            "event.duration",
            1_000_000,
            "ml.prediction.score",
            1,
            "ml.features.amount",
            3,
            "ml.features.country",
            "2020-01-01",
            "ml.features.new",
            true,
            "ml.features.location",
            "52.5,13.4");
    writer.write("logs-ml.inference-default", Stream.of(prediction));
    JsonNode inference = mappings("logs-ml.inference-default");
    assertThat(type(inference, "ml.features.amount")).isEqualTo("double");
    assertThat(type(inference, "ml.features.country")).isEqualTo("keyword");
    assertThat(type(inference, "ml.features.location")).isEqualTo("keyword");
    assertThat(type(inference, "ml.features.new")).isEqualTo("boolean");
    assertThat(type(inference, "ml.model.version")).isEqualTo("keyword");
    assertThat(JSON.readTree(writer.send("GET", "/logs-ml.inference-default", "")).fieldNames())
        .toIterable()
        .allMatch(name -> name.startsWith(".ds-logs-ml.inference-default-"));

    writer.write(
        "logs-ml.environment-default",
        Stream.of(
            Map.of(
                "@timestamp",
                "2026-05-20T15:00:00Z",
                "ml.environment.packages",
                Map.of("torch", "2.8.0"))));
    assertThat(type(mappings("logs-ml.environment-default"), "ml.environment.packages"))
        .isEqualTo("flattened");
    writer.write("ml-training-m", Stream.of(Map.of("ml.features.amount", 3, "ml.label", 1)));
    assertThat(type(mappings("ml-training-m"), "ml.features.amount")).isEqualTo("double");
    assertThat(type(mappings("ml-training-m"), "ml.label")).isEqualTo("double");
    writer.write(
        "logs-ml.quality-default",
        Stream.of(Map.of("@timestamp", "2026-05-20T15:00:00Z", "ml.metrics.auc", 1)));
    assertThat(type(mappings("logs-ml.quality-default"), "ml.metrics.auc")).isEqualTo("double");

    // And a change goes into the data stream that the template makes.
    Ended change =
        Ended.run(
            "change",
            "--config",
            config.toString(),
            "--kind",
            "code",
            "--component",
            "m",
            "--to",
            "9");
    assertThat(change.code()).as(change.err()).isZero();
    assertThat(type(mappings("logs-ml.change-default"), "ml.change.kind")).isEqualTo("keyword");
    assertThat(JSON.readTree(writer.send("GET", "/logs-ml.change-default", "")).fieldNames().next())
        .startsWith(".ds-");
  }

  @Test
  void aDryRunPrintsRequests_withoutAServer() throws IOException {
    Ended ended = Ended.run("setup", "--dry-run", "--config", folder.resolve("none").toString());

    assertThat(ended.code()).isZero();
    List<String> requests = List.of(ended.out().split("(?m)^PUT "));
    assertThat(requests).hasSize(7);
    for (String request : requests.subList(1, 7)) {
      int line = request.indexOf('\n');
      assertThat(request.substring(0, line)).startsWith("_index_template/samovar-ml.");
      assertThat(JSON.readTree(request.substring(line)).path("priority").asInt())
          .isGreaterThan(200);
    }
  }

  @Test
  void saysWhatStandsInTheWay() throws IOException {
    HttpServer refusing =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    refusing.createContext(
        "/",
        exchange -> {
          byte[] body = "{\"error\":{\"reason\":\"no\"}}".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(403, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    refusing.start();
    try {
      Ended refused =
          Ended.run(
              "setup",
              "--config",
              config("http://127.0.0.1:" + refusing.getAddress().getPort()).toString());
      assertThat(refused.code()).isEqualTo(Samovar.UNREACHABLE);
      assertThat(refused.err()).contains("403").contains("manage_index_templates").hasLineCount(1);
    } finally {
      refusing.stop(0);
    }
    Ended nobody = Ended.run("setup", "--config", config("http://127.0.0.1:9").toString());
    assertThat(nobody.code()).isEqualTo(Samovar.UNREACHABLE);
    assertThat(nobody.err()).contains("127.0.0.1:9").hasLineCount(1);
    Ended typo = Ended.run("setup", "--dryrun");
    assertThat(typo.code()).isEqualTo(Samovar.BAD_USAGE);
    assertThat(typo.err()).contains("--dry");
  }
}
