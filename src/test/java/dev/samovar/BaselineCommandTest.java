package dev.samovar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file or an index to an answer, with the real Elasticsearch. */
class BaselineCommandTest {
  private final Random random = new Random(3);
  @TempDir private Path folder = Path.of("");

  private record Ended(int code, String out, String err) {}

  /** The profiles of all tests are in one index, so that each needs a model of its own. */
  private World world(String model) {
    return new World().predictions(400, event -> event.put("ml.model.name", model));
  }

  private void configure(String url, String model, World world) throws IOException {
    Files.writeString(
        folder.resolve("samovar.yaml"),
        """
        elasticsearch: { url: "%s" }
        models:
          - { name: %s, indices: { inference: "%s", training: "none-*" } }
        """
            .formatted(url, model, world.index(Dataset.INFERENCE)));
  }

  private Path file(double scale) throws IOException {
    List<String> lines = new ArrayList<>(List.of("amount,country,fraud"));
    for (int i = 0; i < 1000; i++) {
      lines.add(amount(scale) + "," + List.of("DE", "FR", "US").get(i % 3) + "," + i % 2);
    }
    return Files.write(folder.resolve("train.csv"), lines);
  }

  private double amount(double scale) {
    return scale * Math.exp(3 + random.nextGaussian());
  }

  private JsonNode skew(String model) throws IOException {
    Ended ended =
        run("triage", model, "--at", World.NOW.toString(), "--since", "2h", "--format", "json");
    assertThat(ended.code()).as(ended.err()).isEqualTo(Samovar.OK);
    for (JsonNode check : new ObjectMapper().readTree(ended.out()).path("checks")) {
      if (check.path("id").asText().equals("training-serving-skew")) {
        return check;
      }
    }
    throw new AssertionError(ended.out());
  }

  @Test
  void aStoredFileShowsTheSkew_untilABetterOneReplacesIt() throws Exception {
    configure(ElasticsearchFixture.url(), "by-file", world("by-file"));
    assertThat(skew("by-file").path("remedy").asText())
        .contains("samovar baseline by-file --file train.csv --version 3");

    Ended first = run("baseline", "by-file", "--file", file(0.01).toString(), "--version", "3");
    assertThat(first.code()).as(first.err()).isEqualTo(Samovar.OK);
    assertThat(first.out())
        .startsWith("Stored the training profile of by-file, version 3, from train.csv: ")
        .contains("1,000 rows, 3 features")
        .contains("Serving does not log fraud.")
        .hasLineCount(1);
    assertThat(first.err()).contains("1,000 rows read");
    assertThat(skew("by-file").path("state").asText()).isEqualTo("found");

    Ended second =
        run("baseline", "by-file", "--file", file(1).toString(), "--version=3", "--label=fraud");
    assertThat(second.out()).contains("2 features; it replaces the one of 2");
    assertThat(skew("by-file").path("state").asText()).isEqualTo("clear");
  }

  @Test
  void anIndexIsCountedWhereItIs() throws Exception {
    World world = world("by-index");
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Map<String, Object> row = World.event(World.NOW.minus(Duration.ofDays(20)));
      row.put("ml.model.name", "by-index");
      row.put("ml.model.version", i < 900 ? "3" : "2");
      row.put("ml.features.amount", amount(0.01));
      row.put("ml.features.country", List.of("DE", "FR", "US").get(i % 3));
      rows.add(row);
    }
    world.write(Dataset.TRAINING, rows.stream());
    configure(ElasticsearchFixture.url(), "by-index", world);
    String index = world.index(Dataset.TRAINING);

    Ended ended = run("baseline", "by-index", "--index", index, "--version", "3");
    assertThat(ended.code()).as(ended.err()).isEqualTo(Samovar.OK);
    assertThat(ended.out()).contains("from " + index + ": 900 rows, 2 features.");
    assertThat(skew("by-index").path("state").asText()).isEqualTo("found");

    Ended unknown = run("baseline", "by-index", "--index", index, "--version", "4");
    assertThat(unknown.code()).isEqualTo(Samovar.BAD_USAGE);
    assertThat(unknown.err()).contains("no rows of version 4; it has some of 3, 2.");
    Ended none = run("baseline", "by-index", "--index", "none-*", "--version", "3");
    assertThat(none.code()).isEqualTo(Samovar.BAD_USAGE);
    assertThat(none.err()).contains("--index: no index matches none-*");
  }

  @Test
  void saysInASentence_whatIsWrongWithTheFile() throws Exception {
    configure(ElasticsearchFixture.url(), "by-file-wrong", world("by-file-wrong"));
    String[] asked = {"baseline", "by-file-wrong", "--version", "3", "--file"};

    Ended label = run(with(asked, file(1).toString(), "--label", "fruad"));
    assertThat(label.code()).isEqualTo(Samovar.BAD_USAGE);
    assertThat(label.err()).contains("--label: no column is called fruad; did you mean fraud?");
    Ended parquet =
        run(with(asked, Files.writeString(folder.resolve("a.parquet"), "PAR1xx").toString()));
    assertThat(parquet.code()).isEqualTo(Samovar.BAD_USAGE);
    assertThat(parquet.err()).contains("a.parquet").contains("to_csv");
    Ended absent = run(with(asked, folder.resolve("no.csv").toString()));
    assertThat(absent.code()).isEqualTo(Samovar.BAD_USAGE);
    assertThat(absent.err()).contains("no.csv").hasLineCount(1);
    assertThat(run("baseline", "by-file-wrong", "--version", "3").code())
        .isEqualTo(Samovar.BAD_USAGE);
    assertThat(run("baseline", "by-file-wrong", "--file", "x").code()).isEqualTo(Samovar.BAD_USAGE);
    assertThat(run(with(asked, "x", "--index", "y")).code()).isEqualTo(Samovar.BAD_USAGE);
  }

  @Test
  void exitsWith3_whenNothingCanBeReached() throws Exception {
    configure("http://127.0.0.1:9", "by-nothing", new World());
    Ended ended = run("baseline", "by-nothing", "--version", "3", "--file", file(1).toString());

    assertThat(ended.code()).isEqualTo(Samovar.UNREACHABLE);
    assertThat(ended.err()).contains("127.0.0.1:9").hasLineCount(1);
  }

  private static String[] with(String[] first, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(first));
    all.addAll(Arrays.asList(more));
    return all.toArray(new String[0]);
  }

  private Ended run(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
      int code =
          Samovar.run(with(arguments, "--config", folder.resolve("samovar.yaml").toString()));
      return new Ended(
          code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
