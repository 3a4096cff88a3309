package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What Slack is sent has the types that Slack itself publishes: {@code @slack/types}, judged by
 * TypeScript's compiler.
 */
class BlockTypesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path GOLDEN = Path.of("src/test/resources/dev/samovar/slack");

  private static Path node() {
    return Path.of(String.valueOf(System.getenv("SAMOVAR_SLACK_TYPES")), "node_modules");
  }

  @BeforeEach
  void needs_the_types() {
    boolean isThere =
        System.getenv("SAMOVAR_SLACK_TYPES") != null
            && Files.exists(node().resolve("typescript"))
            && Files.exists(node().resolve("@slack/types"));
    if (!isThere) {
      System.out.println(
          "Skipped: SAMOVAR_SLACK_TYPES names no folder with typescript and @slack/types;"
              + " .ci/run installs them.");
    }
    assumeTrue(isThere, "no typescript and @slack/types here");
  }

  @Test
  void every_message_and_view_has_slacks_own_types() throws Exception {
    Map<String, JsonNode> all = golden();

    assertThat(all).containsKeys("answer", "checklist", "details", "handoff", "home", "update");
    assertThat(compile("all", all)).isEmpty();
  }

  @Test
  void a_wrong_field_is_noticed() throws Exception {
    ObjectNode wrong = JSON.readTree(GOLDEN.resolve("answer.json").toFile()).deepCopy();
    ((ObjectNode) wrong.at("/blocks/0")).put("colour", "red");
    ((ObjectNode) wrong.at("/blocks/1/text")).put("type", "markdown");

    assertThat(compile("wrong", Map.of("wrong", wrong))).contains("colour").contains("markdown");
  }

  private static Map<String, JsonNode> golden() throws IOException {
    Map<String, JsonNode> all = new TreeMap<>();
    try (Stream<Path> files = Files.list(GOLDEN)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
        all.put(file.getFileName().toString().replace(".json", ""), JSON.readTree(file.toFile()));
      }
    }
    return all;
  }

  /**
   * @return what the compiler complains of; empty where all is well
   */
  private static String compile(String name, Map<String, JsonNode> values) throws Exception {
    Path folder = Files.createDirectories(Path.of("target", "slack-types", name));
    StringBuilder source =
        new StringBuilder("import type { HomeView, KnownBlock, ModalView } from '@slack/types';\n");
    for (Map.Entry<String, JsonNode> value : values.entrySet()) {
      source.append("export const ").append(value.getKey().replace('-', '_'));
      source.append(": ").append(type(value.getValue())).append(" = ");
      source.append(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value.getValue()));
      source.append(";\n");
    }
    Files.writeString(folder.resolve("sent.ts"), source);
    ObjectNode config = JSON.createObjectNode();
    ObjectNode options = config.putObject("compilerOptions");
    options.put("strict", true).put("noEmit", true);
    options.put("module", "esnext").put("moduleResolution", "bundler");
    options.putArray("types");
    options
        .putObject("paths")
        .putArray("@slack/types")
        .add(node().resolve("@slack/types").toAbsolutePath().toString());
    config.putArray("files").add("sent.ts");
    Files.writeString(folder.resolve("tsconfig.json"), config.toString());
    Path told = folder.resolve("tsc.txt");
    Process tsc =
        new ProcessBuilder(
                List.of(
                    node().resolve(".bin/tsc").toAbsolutePath().toString(),
                    "--project",
                    folder.toAbsolutePath().toString(),
                    "--pretty",
                    "false"))
            .redirectErrorStream(true)
            .redirectOutput(told.toFile())
            .start();
    if (!tsc.waitFor(120, TimeUnit.SECONDS)) {
      tsc.destroyForcibly();
      throw new AssertionError("tsc did not end");
    }
    String complaints = Files.readString(told).strip();
    assertThat(tsc.exitValue() == 0)
        .as("exit code %s of tsc, which said: %s", tsc.exitValue(), complaints)
        .isEqualTo(complaints.isEmpty());
    return complaints;
  }

  private static String type(JsonNode value) {
    return switch (value.path("type").asText()) {
      case "modal" -> "ModalView";
      case "home" -> "HomeView";
      default -> "{ text: string; blocks: KnownBlock[] }";
    };
  }
}
