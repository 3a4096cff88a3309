package dev.samovar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.samovar.signatures.Signature;
import dev.samovar.signatures.Signatures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "signatures",
    description =
        "Reads log events from standard input, a line each or JSON lines {\"message\"}, and prints"
            + " which known signature each is.",
    mixinStandardHelpOptions = true)
final class SignaturesCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @SuppressWarnings("UnusedVariable") // The catalogue is built in.
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Not needed here; taken so that every command takes it.")
  private @Nullable Path config;

  @Option(
      names = "--why",
      description = "Also print the software, and the part of the line that told.")
  private boolean why;

  @Option(names = "--list", description = "Print the catalogue instead: cause, id, software.")
  private boolean list;

  @Override
  public Integer call() throws IOException {
    Signatures signatures = Signatures.load();
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    if (list) {
      for (Signature signature : signatures.all()) {
        out.printf("%-32s%-36s%s%n", signature.cause(), signature.id(), signature.software());
      }
      out.flush();
      return Samovar.OK;
    }
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(answer(signatures, message(line)));
      if (!in.ready()) {
        // Somebody may be typing, or tailing a log.
        out.flush();
      }
    }
    out.flush();
    return Samovar.OK;
  }

  private static String message(String line) {
    if (line.stripLeading().startsWith("{")) {
      try {
        JsonNode event = JSON.readTree(line);
        if (event.path("message").isTextual()) {
          return event.get("message").asText();
        }
      } catch (JsonProcessingException e) {
        // A plain line may begin with a brace too.
        return line;
      }
    }
    return line;
  }

  private String answer(Signatures signatures, String line) throws JsonProcessingException {
    Optional<Signatures.Match> match = signatures.match(line);
    ObjectNode answer = JSON.createObjectNode();
    answer.put("line", line);
    answer.put("signature", match.map(found -> found.signature().id()).orElse(null));
    answer.put("cause", match.map(found -> found.signature().cause()).orElse(null));
    if (why) {
      answer.put("software", match.map(found -> found.signature().software()).orElse(null));
      answer.put("because", match.map(Signatures.Match::text).orElse(null));
    }
    return JSON.writeValueAsString(answer);
  }
}
