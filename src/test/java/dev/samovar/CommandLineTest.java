package dev.samovar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.evidence.Dataset;
import dev.samovar.fixture.ElasticsearchFixture;
import dev.samovar.fixture.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exit codes of CONTRACT.md, and that each says in a sentence what to do. */
class CommandLineTest {
  private static final String NOW = World.NOW.toString();

  @TempDir private Path folder = Path.of("");

  private record Ended(int code, String out, String err) {}

  @Test
  void namesTheNearest_whenTheModelIsUnknown() throws IOException {
    Ended ended = triage(ElasticsearchFixture.url(), "fraud-scoerr");

    assertThat(ended.code()).isEqualTo(Samovar.BAD_USAGE);
    assertThat(ended.err()).contains("fraud-scoerr").contains("did you mean fraud-scorer?");
  }

  @Test
  void saysWhatIsAccepted_whenATimeCannotBeRead() throws IOException {
    Ended ended = triage(ElasticsearchFixture.url(), "fraud-scorer", "--since", "a while");

    assertThat(ended.code()).isEqualTo(Samovar.BAD_USAGE);
    assertThat(ended.err()).contains("--since").contains("a while").contains("2h");
  }

  @Test
  void namesTheFile_whenThereIsNoConfiguration() {
    Ended ended = run("triage", "--config", folder.resolve("none.yaml").toString());

    assertThat(ended.code()).isEqualTo(Samovar.BAD_USAGE);
    assertThat(ended.err()).contains("none.yaml");
  }

  @Test
  void exitsWith3_whenNothingCanBeReached() throws IOException {
    Ended ended = triage("http://127.0.0.1:9", "fraud-scorer", "--at", NOW);

    assertThat(ended.code()).isEqualTo(Samovar.UNREACHABLE);
    assertThat(ended.out()).contains("cannot tell");
    assertThat(ended.err()).contains("127.0.0.1:9");
  }

  @Test
  void saysInASentence_whatServeCannotReach() throws IOException {
    Path file = folder.resolve("samovar.yaml");
    String store = "store: { url: \"%s\" }\n";
    String rest =
        """
        elasticsearch: { url: "http://127.0.0.1:9" }
        slack: { bot_token: xoxb-1, app_token: xapp-1, api_url: "http://127.0.0.1:9/api/" }
        models: [{ name: fraud-scorer }]
        """;
    Files.writeString(file, rest + store.formatted("jdbc:h2:mem:x;NO_SUCH_SETTING=1"));
    Ended withoutStore = run("serve", "--config", file.toString());
    assertThat(withoutStore.code()).isEqualTo(Samovar.BAD_USAGE);
    assertThat(withoutStore.err())
        .startsWith("store.url")
        .contains("NO_SUCH_SETTING")
        .hasLineCount(1);

    // A server may be away for a while, and is waited for; what stops serve is Slack.
    Files.writeString(file, rest + store.formatted("jdbc:postgresql://127.0.0.1:9/x?password=b"));
    Ended storeAway = run("serve", "--config", file.toString());
    assertThat(storeAway.code()).isEqualTo(Samovar.FAILED);
    assertThat(storeAway.err()).contains("Slack can't be reached");

    Files.writeString(file, rest + store.formatted("jdbc:h2:mem:unreached"));
    Ended withoutSlack = run("serve", "--config", file.toString());
    assertThat(withoutSlack.code()).isEqualTo(Samovar.FAILED);
    // The server's log may still tell of the store that was away.
    assertThat(withoutSlack.err().lines().filter(line -> !line.startsWith("{")))
        .singleElement()
        .asString()
        .contains("Slack can't be reached");
  }

  @Test
  void exitsWith10_onlyWhenACauseWasFoundAndAskedFor() throws IOException {
    World world = new World();
    world.predictions(
        400,
        event -> {
          if (World.isTrouble(event)) {
            event.put("ml.features.country", "BR");
          }
        });
    Path file = folder.resolve("samovar.yaml");
    Files.writeString(
        file,
        """
        elasticsearch: { url: "%s" }
        models:
          - name: m
            service: m-service
            indices: { inference: "%s" }
        """
            .formatted(ElasticsearchFixture.url(), world.index(Dataset.INFERENCE)));
    String[] asked = {"triage", "m", "--config", file.toString(), "--at", NOW, "--since", "2h"};

    assertThat(run(asked).code()).isEqualTo(Samovar.OK);
    assertThat(run(with(asked, "--fail-on", "cause")).code()).isEqualTo(Samovar.CAUSE_FOUND);
    String earlier = World.NOW.minus(Duration.ofDays(1)).toString();
    asked[5] = earlier;
    assertThat(run(with(asked, "--fail-on", "cause")).code()).isEqualTo(Samovar.OK);
  }

  @Test
  void handsOff_asTextAndAsJson() throws IOException {
    World world = new World();
    world.predictions(400, event -> {});
    Path file = folder.resolve("samovar.yaml");
    Files.writeString(
        file,
        """
        elasticsearch: { url: "%s" }
        store: { url: "jdbc:h2:mem:handoff" }
        handoffs:
          - { team: ml, channel: C1, shifts: ["09:00 Europe/Berlin"], rota: [{ id: U1, name: Mira }] }
        models: [{ name: m, service: m-service, team: ml, indices: { inference: "%s" } }]
        """
            .formatted(ElasticsearchFixture.url(), world.index(Dataset.INFERENCE)));
    String[] asked = {"handoff", "--config", file.toString(), "--at", NOW};

    Ended text = run(asked);
    assertThat(text.code()).as(text.err()).isEqualTo(Samovar.OK);
    assertThat(text.out()).contains("Handoff of ml").contains("Next: Mira");
    Ended json = run(with(asked, "--format", "json", "--team", "ml"));
    assertThat(json.out())
        .contains("\"schema\" : \"samovar.handoff/1\"")
        .contains("\"from\" : \"2026-05-20T07:00:00Z\"")
        .contains("\"name\" : \"Mira\"");
    assertThat(run(with(asked, "--since", "3h", "--format", "markdown")).out())
        .contains("# Handoff of ml");
    Ended unknown = run(with(asked, "--team", "mll"));
    assertThat(unknown.code()).isEqualTo(Samovar.BAD_USAGE);
    assertThat(unknown.err()).contains("did you mean ml?");
  }

  @Test
  void handsOffWithoutEvidence_whenNothingCanBeReached() throws IOException {
    Path file = folder.resolve("samovar.yaml");
    Files.writeString(
        file,
        """
        elasticsearch: { url: "http://127.0.0.1:9" }
        store: { url: "jdbc:postgresql://127.0.0.1:9/x?user=a&password=b" }
        models: [{ name: m }]
        """);
    Ended ended = run("handoff", "--config", file.toString(), "--format", "markdown");

    assertThat(ended.code()).isEqualTo(Samovar.UNREACHABLE);
    assertThat(ended.out()).contains("incidents: The store at").doesNotContain("password");
    assertThat(ended.err()).contains("No evidence source could be reached");
  }

  private Ended triage(String url, String... arguments) throws IOException {
    Path file = folder.resolve("samovar.yaml");
    Files.writeString(
        file,
        """
        elasticsearch: { url: "%s" }
        models:
          - { name: fraud-scorer }
          - { name: eta-model }
        """
            .formatted(url));
    return run(with(new String[] {"triage", "--config", file.toString()}, arguments));
  }

  private static String[] with(String[] first, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(first));
    all.addAll(Arrays.asList(more));
    return all.toArray(new String[0]);
  }

  private static Ended run(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
      int code = Samovar.run(arguments);
      return new Ended(
          code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
