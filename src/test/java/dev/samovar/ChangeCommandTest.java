package dev.samovar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.samovar.evidence.Dataset;
import dev.samovar.fixture.ElasticsearchFixture;
import dev.samovar.fixture.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  private Path config(String url, String models) throws IOException {
    Path file = folder.resolve("samovar.yaml");
    Files.writeString(file, "elasticsearch: { url: \"" + url + "\" }\nmodels:\n" + models);
    return file;
  }

  private static Ended change(Path config, String... more) {
    List<String> all = new ArrayList<>(List.of("change", "--config", config.toString()));
    all.addAll(List.of(more));
    return Ended.run(all.toArray(String[]::new));
  }

  private static JsonNode found(String index) throws IOException {
    return JSON.readTree(
            ElasticsearchFixture.writer().send("GET", "/" + index + "/_search?version=true", ""))
        .path("hits")
        .path("hits");
  }

  @Test
  void isSeenByTheNextTriage_andCountsOnce() throws IOException {
    World world = new World();
    world.predictions(
        400,
        event -> {
          if (World.isTrouble(event)) {
            event.put("ml.features.country", "BR");
          }
        });
    String index = world.index(Dataset.CHANGE);
    Path config =
        config(
            ElasticsearchFixture.url(),
            "  - { name: m, aliases: [em], service: m-service, indices: { inference: \"%s\", change: \"%s\" } }\n"
                .formatted(world.index(Dataset.INFERENCE), index));
    String at = World.ONSET.minus(Duration.ofMinutes(9)).plusSeconds(50).toString();
    String[] asked = {
      "--kind",
      "Config",
      "--component",
      "geo-lookup",
      "--from",
      "v1",
      "--to",
      "v2",
      "--author",
      "mira",
      "--url",
      "https://git.example.com/c/1",
      "--summary",
      "new countries",
      "--model",
      "em",
      "--at",
      at
    };

    Ended first = change(config, asked);
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out())
        .isEqualTo(
            "Recorded in "
                + index
                + ": config of geo-lookup, from v1 to v2, by mira, at "
                + at
                + ", for m.\n");
    Ended again = change(config, asked);
    assertThat(again.code()).isZero();
    assertThat(again.out()).startsWith("Known already").hasLineCount(1);
    // Twenty seconds later is another minute, but no other change.
    asked[asked.length - 1] = World.ONSET.minus(Duration.ofMinutes(7)).minusSeconds(50).toString();
    assertThat(change(config, asked).out()).startsWith("Known already");
    asked[asked.length - 1] = World.ONSET.minus(Duration.ofMinutes(4)).toString();
    assertThat(change(config, asked).out()).startsWith("Recorded");

    assertThat(found(index)).hasSize(2);
    assertThat(found(index).get(0).path("_source").path("event.dataset").asText())
        .isEqualTo("ml.change");
    Ended triage =
        Ended.run(
            "triage",
            "m",
            "--config",
            config.toString(),
            "--format",
            "json",
            "--at",
            World.NOW.toString(),
            "--since",
            "2h");
    JsonNode report = JSON.readTree(triage.out());
    assertThat(report.path("changes")).hasSize(2);
    JsonNode shown = report.path("changes").get(1);
    assertThat(shown.path("at").asText()).isEqualTo(at);
    assertThat(shown.path("kind").asText()).isEqualTo("config");
    assertThat(shown.path("component").asText()).isEqualTo("geo-lookup");
    assertThat(shown.path("author").asText()).isEqualTo("mira");
    assertThat(report.path("checks").get(0).path("state").asText()).isEqualTo("found");
  }

  @Test
  void goesWhereEachModelLooks_underTheNamesItUses() throws IOException {
    World one = new World();
    World two = new World();
    Path config =
        config(
            ElasticsearchFixture.url(),
            """
              - { name: a, indices: { change: "%s,elsewhere-*" } }
              - { name: b, indices: { change: "-hidden,other-*,%s" }, fields: { ml.change: audit } }
            """
                .formatted(one.index(Dataset.CHANGE), two.index(Dataset.CHANGE)));

    Ended ended = change(config, "--kind", "infrastructure", "--component", "gpu-pool");

    assertThat(ended.out())
        .contains(one.index(Dataset.CHANGE) + ", " + two.index(Dataset.CHANGE))
        .hasLineCount(1);
    assertThat(found(one.index(Dataset.CHANGE)).get(0).path("_source").has("ml.change.kind"))
        .isTrue();
    assertThat(found(two.index(Dataset.CHANGE)).get(0).path("_source").path("audit.kind").asText())
        .isEqualTo("infrastructure");
  }

  @Test
  void goesToTheDefault_whereModelsReadTheDefaultPattern() throws IOException {
    Path config = config(ElasticsearchFixture.url(), "  - { name: m }\n");
    try {
      Ended ended = change(config, "--kind", "code", "--component", "m", "--to", "4f2c");
      assertThat(ended.out()).startsWith("Recorded in logs-ml.change-default: code of m, to 4f2c");
      assertThat(found("logs-ml.change-default")).hasSize(1);
    } finally {
      ElasticsearchFixture.writer().send("DELETE", "/logs-ml.change-default", "");
    }
  }

  @Test
  void saysWhatIsWrong_andWritesNothing() throws IOException {
    Path config =
        config(ElasticsearchFixture.url(), "  - { name: m, indices: { change: \"odd-*\" } }\n");
    String[][] wrong = {
      {"--kind", "prepocessing", "--component", "x"},
      {"--kind", "zzz", "--component", "x"},
      {"--kind", "code", "--component", " "},
      {"--kind", "code", "--component", "x", "--model", "n"},
      {"--kind", "code", "--component", "x", "--at", "some day"},
      {"--kind", "code", "--component", "x", "--url", "javascript:alert(1)"},
      {"--kind", "code", "--component", "x"},
      {"--component", "x"},
    };
    String[] said = {
      "did you mean preprocessing?",
      "Known are: code, config",
      "--component",
      "No model is called n",
      "--at: ",
      "--url: javascript:alert(1)",
      "odd-*",
      "--kind",
    };
    for (int i = 0; i < wrong.length; i++) {
      Ended ended = change(config, wrong[i]);
      assertThat(ended.code()).as(said[i]).isEqualTo(Samovar.BAD_USAGE);
      assertThat(ended.err()).contains(said[i]);
      assertThat(ended.out()).isEmpty();
    }
  }

  @Test
  void exitsWith3_whereNothingAnswers() throws IOException {
    Ended ended =
        change(
            config("http://127.0.0.1:9", "  - { name: m }\n"),
            "--kind",
            "code",
            "--component",
            "m");

    assertThat(ended.code()).isEqualTo(Samovar.UNREACHABLE);
    assertThat(ended.err()).contains("not recorded").contains("127.0.0.1:9").hasLineCount(1);
  }

  @Test
  void namesThePrivilege_whereTheKeyMayNotWrite() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body =
              "{\"error\":{\"type\":\"security_exception\",\"reason\":\"no\"},\"status\":403}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
          exchange.sendResponseHeaders(403, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      Ended ended =
          change(
              config("http://127.0.0.1:" + server.getAddress().getPort(), "  - { name: m }\n"),
              "--kind",
              "code",
              "--component",
              "m");
      assertThat(ended.code()).isEqualTo(Samovar.UNREACHABLE);
      assertThat(ended.err()).contains("403").contains("create_doc").hasLineCount(1);
    } finally {
      server.stop(0);
    }
  }
}
