package dev.samovar.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.evidence.Model;
import dev.samovar.fixture.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** How the reading does on 300 messages that people labelled. */
class IntentScoreboardTest {
  static final List<Model> MODELS =
      List.of(
          model("fraud-scorer", "fraud model", "fraud", "fs-prod"),
          model("churn-predictor", "churn"),
          model("search-ranker", "ranker", "ranking model"),
          model("eta-model", "ETA", "eta"),
          model("recsys-home", "home recs", "recommendations", "recs"),
          model("credit-risk-v2", "credit model", "credit risk"),
          model("toxicity-filter", "tox filter", "moderation model"),
          model("demand-forecast", "forecast", "demand model"));

  @Test
  void reads_most_messages_as_people_do() throws IOException {
    Understanding understanding = new Understanding(MODELS);
    ObjectMapper json = new ObjectMapper();
    int hits = 0;
    int alarms = 0;
    int misses = 0;
    int models = 0;
    int sinces = 0;
    int any = 0;
    for (String line : Files.readAllLines(Shared.file("cases/intents.jsonl"))) {
      JsonNode message = json.readTree(line);
      JsonNode expected = message.has("expected") ? message.get("expected") : message;
      Reading reading = understanding.read(message.get("text").asText());
      boolean wanted = expected.get("answer").asBoolean();
      if (reading.answer() && wanted) {
        hits++;
        models +=
            reading.model().map(Model::name).orElse("null").equals(expected.get("model").asText())
                ? 1
                : 0;
        sinces +=
            reading.since().map(Since::form).orElse("null").equals(expected.get("since").asText())
                ? 1
                : 0;
        Set<String> symptoms = new TreeSet<>();
        expected.get("symptoms").forEach(symptom -> symptoms.add(symptom.asText()));
        any +=
            reading.symptoms().stream().anyMatch(symptom -> symptoms.contains(symptom.label()))
                ? 1
                : 0;
      } else if (reading.answer()) {
        alarms++;
      } else if (wanted) {
        misses++;
      }
      if (System.getenv("SAMOVAR_SHOW_MISREADINGS") != null && (reading.answer() != wanted)) {
        System.out.println(
            (wanted ? "MISS  " : "ALARM ")
                + reading.because()
                + " | "
                + message.get("text").asText().replace('\n', ' '));
      }
      if (System.getenv("SAMOVAR_SHOW_MISREADINGS") != null
          && reading.answer()
          && wanted
          && !reading
              .since()
              .map(Since::form)
              .orElse("null")
              .equals(expected.get("since").asText())) {
        System.out.println(
            "SINCE "
                + reading.since().map(Since::form).orElse("null")
                + " not "
                + expected.get("since").asText()
                + " | "
                + message.get("text").asText().replace('\n', ' '));
      }
    }
    System.out.printf(
        "messages: precision %.2f, recall %.2f, model %.2f, since %.2f, some symptom %.2f%n",
        (double) hits / (hits + alarms),
        (double) hits / (hits + misses),
        (double) models / hits,
        (double) sinces / hits,
        (double) any / hits);
    assertThat((double) hits / (hits + alarms)).as("precision").isGreaterThan(0.97);
    assertThat((double) hits / (hits + misses)).as("recall").isGreaterThan(0.97);
    assertThat((double) models / hits).as("model").isGreaterThan(0.97);
    assertThat((double) sinces / hits).as("since").isGreaterThan(0.97);
    assertThat((double) any / hits).as("some symptom").isGreaterThan(0.8);
  }

  private static Model model(String name, String... aliases) {
    Model plain = Model.named(name);
    return new Model(
        name,
        List.of(aliases),
        plain.team(),
        plain.service(),
        plain.channel(),
        plain.indices(),
        plain.fields(),
        plain.retraining(),
        plain.preprocessingPipeline(),
        plain.upstream(),
        plain.lockfile(),
        plain.slo(),
        plain.metrics());
  }
}
