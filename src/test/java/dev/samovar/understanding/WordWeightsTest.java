package dev.samovar.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.evidence.Model;
import dev.samovar.fixture.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

class WordWeightsTest {
  private static final Path MESSAGES =
      Path.of("src/test/resources/dev/samovar/understanding/messages.jsonl");
  private static final List<Model> MODELS = IntentScoreboardTest.MODELS;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Set<String> features(String text) {
    return WordWeights.features(Understanding.heard(Markup.plain(text), new ModelNames(MODELS)));
  }

  @Test
  void half_of_the_messages_tells_most_of_the_other_half(@TempDir Path folder) throws IOException {
    List<String> known = new ArrayList<>();
    List<String> unseen = new ArrayList<>();
    for (String line : Files.readAllLines(MESSAGES)) {
      (known.size() <= unseen.size() ? known : unseen).add(line);
    }
    Path half = folder.resolve("half.jsonl");
    Files.write(half, known);
    WordWeights weights = new WordWeights(new WordWeightsFit(List.of(half), MODELS).weights());

    int right = 0;
    for (String line : unseen) {
      JsonNode message = JSON.readTree(line);
      boolean said = weights.pull(features(message.get("text").asText())) > 0;
      right += said == message.get("answer").asBoolean() ? 1 : 0;
    }
    assertThat((double) right / unseen.size()).isGreaterThan(0.82);
  }

  @Test
  void names_and_numbers_count_alike() {
    assertThat(features("fraud-scorer at 17 ms")).isEqualTo(features("search-ranker at 250 ms"));
    assertThat(features("ranker down?")).contains("@", "down", "@ down", "^ @");
  }

  @Test
  void what_nobody_weighed_says_nothing() {
    assertThat(new WordWeights(Map.of()).pull(Set.of("anything"))).isZero();
    assertThat(new WordWeights(Map.of("down", 2.0)).pull(Set.of("down"))).isEqualTo(2);
  }

  /** Fits the table anew; read the difference before committing it. */
  @Test
  @EnabledIfEnvironmentVariable(named = "SAMOVAR_FIT", matches = "write")
  void fit() throws IOException {
    Path file = Path.of("src/main/resources/dev/samovar/understanding", WordWeights.RESOURCE);
    WordWeightsFit.write(
        new WordWeightsFit(List.of(Shared.file("cases/intents.jsonl"), MESSAGES), MODELS).weights(),
        file);
    assertThat(file).isNotEmptyFile();
  }
}
