package dev.samovar.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.evidence.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * How the reading does on 900 messages of two writers that nothing was fitted to: they knew the
 * rules and 300 examples, and no code. Never fit to them; whoever does writes others first.
 */
class BlindMessagesTest {
  private static final Path MESSAGES =
      Path.of("src/test/resources/dev/samovar/understanding/blind.jsonl");

  @Test
  void what_nobody_fitted_to_is_read_nearly_as_well() throws IOException {
    Understanding understanding = new Understanding(IntentScoreboardTest.MODELS);
    ObjectMapper json = new ObjectMapper();
    double hits = 0;
    double alarms = 0;
    double misses = 0;
    double models = 0;
    double times = 0;
    for (String line : Files.readAllLines(MESSAGES)) {
      JsonNode message = json.readTree(line);
      Reading reading = understanding.read(message.get("text").asText());
      boolean wanted = message.get("answer").asBoolean();
      if (reading.answer() && wanted) {
        hits++;
        String model = reading.model().map(Model::name).orElse("null");
        models += model.equals(message.get("model").asText()) ? 1 : 0;
        String since = reading.since().map(Since::form).orElse("null");
        times += since.equals(message.get("since").asText()) ? 1 : 0;
      } else {
        alarms += reading.answer() ? 1 : 0;
        misses += wanted ? 1 : 0;
      }
    }
    System.out.printf(
        "blind messages: precision %.3f, recall %.3f, model %.3f, time %.3f%n",
        hits / (hits + alarms), hits / (hits + misses), models / hits, times / hits);
    // The aim for precision is 0.97; this holds what there is.
    assertThat(hits / (hits + alarms)).as("precision").isGreaterThan(0.93);
    assertThat(hits / (hits + misses)).as("recall").isGreaterThan(0.93);
    assertThat(models / hits).as("model").isGreaterThan(0.95);
    assertThat(times / hits).as("time").isGreaterThan(0.93);
  }
}
