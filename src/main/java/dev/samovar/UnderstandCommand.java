package dev.samovar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.samovar.config.Configuration;
import dev.samovar.config.ConfigurationException;
import dev.samovar.evidence.Model;
import dev.samovar.triage.Symptom;
import dev.samovar.understanding.Reading;
import dev.samovar.understanding.Since;
import dev.samovar.understanding.Understanding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "understand",
    description = "Reads messages from standard input and prints how each is understood.",
    mixinStandardHelpOptions = true)
final class UnderstandCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "samovar.yaml",
      description = "Default: ./samovar.yaml")
  private Path config = Path.of("samovar.yaml");

  @Override
  public Integer call() throws ConfigurationException, IOException {
    Understanding understanding =
        new Understanding(Configuration.load(config, System.getenv()).models());
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int number = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      number++;
      if (!line.isBlank()) {
        out.println(answer(understanding, line, number));
      }
    }
    return Samovar.OK;
  }

  private static String answer(Understanding understanding, String line, int number)
      throws JsonProcessingException {
    String id = Integer.toString(number);
    String text = line;
    if (line.stripLeading().startsWith("{")) {
      try {
        JsonNode message = JSON.readTree(line);
        if (message.path("text").isTextual()) {
          text = message.get("text").asText();
          id = message.path("id").asText(id);
        }
      } catch (JsonProcessingException e) {
        // A plain message may begin with a brace too.
        text = line;
      }
    }
    Reading reading = understanding.read(text);
    ObjectNode answer = JSON.createObjectNode();
    answer.put("id", id);
    answer.put("answer", reading.answer());
    answer.put("model", reading.model().map(Model::name).orElse(null));
    answer.put("since", reading.since().map(Since::form).orElse(null));
    ArrayNode symptoms = answer.putArray("symptoms");
    reading.symptoms().stream().map(Symptom::label).forEach(symptoms::add);
    answer.put("because", reading.because());
    return JSON.writeValueAsString(answer);
  }
}
