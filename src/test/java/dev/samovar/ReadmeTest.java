package dev.samovar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.alerts.AlertSource;
import dev.samovar.config.Configuration;
import dev.samovar.fixture.ElasticsearchFixture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.h2.tools.RunScript;
import org.h2.tools.Script;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine;

/**
 * What the README and the guides show is true: each block of YAML and JSON is read by what it is
 * for, each command is run, or its words are checked where it can't be. A block or a command that
 * this test knows no way with fails.
 */
class ReadmeTest {
  private static final Path README = Path.of("README.md");
  private static final Path GUIDES = Path.of("src", "site", "markdown");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** First keys of other programs' files. */
  private static final Set<String> FOREIGN =
      Set.of(
          "receivers", "apiVersion", "on", "true", "name", "deploy", "jobs", "stages", "services");

  /** These need a server, or another program, and are run by other tests or by hand. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "pg_dump", "PostgreSQL's own; the README's backup was tried by hand",
          "pg_restore", "PostgreSQL's own; the README's backup was tried by hand",
          "docker", "there is no Docker daemon in a test",
          "kubectl", "there is no cluster in a test",
          "openssl", "another program");

  /** {@code serve} goes on until it is stopped; every test of room slack runs it. */
  private static final Set<String> PARSED_ONLY = Set.of("serve", "sandbox");

  @TempDir private Path folder = Path.of("");

  /**
   * @param line where it begins
   */
  private record Block(Path file, String language, int line, String text) {
    String place() {
      return file.getFileName() + ", line " + line;
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> guides = Files.list(GUIDES)) {
      return Stream.concat(Stream.of(README), guides.sorted()).toList();
    }
  }

  private static List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (Path file : files()) {
      List<String> lines = Files.readAllLines(file);
      int begin = -1;
      for (int i = 0; i < lines.size(); i++) {
        if (!lines.get(i).startsWith("```")) {
          continue;
        }
        if (begin < 0) {
          begin = i;
        } else {
          String text = String.join("\n", lines.subList(begin + 1, i)) + "\n";
          blocks.add(new Block(file, lines.get(begin).substring(3).strip(), begin + 1, text));
          begin = -1;
        }
      }
      assertThat(begin).as("a block without an end, %s, line %s", file, begin + 1).isNegative();
    }
    return blocks;
  }

  /** Files and pictures that the pages lead to are there. */
  @Test
  void everyLinkWithinTheRepository() throws IOException {
    Pattern link = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)(?:#[^)]*)?\\)");
    for (Path file : files()) {
      Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
      Matcher links = link.matcher(Files.readString(file));
      while (links.find()) {
        assertThat(folder.resolve(links.group(1)).normalize()).as("%s", file).exists();
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> everyBlock() throws IOException {
    return blocks().stream()
        .flatMap(
            block ->
                switch (block.language()) {
                  case "yaml" -> one(block, "YAML", () -> yaml(block.text()));
                  case "json" -> one(block, "JSON", () -> JSON.readTree(block.text()));
                  case "sh" -> commands(block);
                  case "text", "" -> Stream.empty();
                  default ->
                      one(
                          block,
                          block.language(),
                          () -> {
                            throw new AssertionError("Nobody knows how to try this");
                          });
                });
  }

  private interface Trial {
    void run() throws Exception;
  }

  private static Stream<DynamicTest> one(Block block, String name, Trial trial) {
    return Stream.of(DynamicTest.dynamicTest(block.place() + ", " + name, () -> trial.run()));
  }

  private void yaml(String text) throws Exception {
    List<Map<String, Object>> documents = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
      documents.add(keys(document));
    }
    Map<String, Object> read = documents.get(0);
    if (FOREIGN.contains(read.keySet().iterator().next())) {
      return;
    }
    String whole = text;
    if (!read.containsKey("elasticsearch")) {
      whole += "elasticsearch: { url: \"http://localhost:9200\" }\n";
    }
    if (!read.containsKey("models")) {
      whole += "models: [{ name: fraud-scorer, team: ml-platform }]\n";
    }
    Path file = Files.writeString(folder.resolve("block.yaml"), whole);
    assertThat(Configuration.load(file, environment(text)).models()).isNotEmpty();
  }

  private static Map<String, Object> keys(Object document) {
    Map<String, Object> keys = new LinkedHashMap<>();
    // GitHub's “on” is true for YAML 1.1.
    ((Map<?, ?>) document).forEach((key, value) -> keys.put(String.valueOf(key), value));
    return keys;
  }

  /** A long secret for each variable that is named. */
  private static Map<String, String> environment(String text) {
    Map<String, String> environment = new HashMap<>();
    Matcher names = Pattern.compile("\\$\\{([A-Z_]+)").matcher(text);
    while (names.find()) {
      environment.put(names.group(1), "0123456789abcdef0123456789abcdef0123456789abcdef");
    }
    return environment;
  }

  private Stream<DynamicTest> commands(Block block) {
    List<String> commands =
        Stream.of(block.text().replace("\\\n", " ").split("\n"))
            .map(line -> line.replaceFirst("(^|\\s)#.*$", "").strip())
            .filter(line -> !line.isEmpty())
            .toList();
    return IntStream.range(0, commands.size())
        .mapToObj(
            i ->
                DynamicTest.dynamicTest(
                    block.place() + ", " + commands.get(i), () -> run(commands.get(i))));
  }

  private void run(String command) throws Exception {
    String[] piped = command.split(" \\| ", 2);
    String input = "";
    // What is printed is looked at here, whatever file it would go to.
    String rest = command.replaceFirst(" > [a-z.]+$", "");
    if (piped.length == 2) {
      List<String> words = words(piped[0]);
      assertThat(words.get(0)).isEqualTo("echo");
      input = String.join(" ", words.subList(1, words.size())) + "\n";
      rest = piped[1];
    }
    List<String> words = words(rest);
    switch (words.get(0)) {
      case "java" -> java(words.subList(1, words.size()), input);
      case "mvn" -> maven(words.subList(1, words.size()));
      case "cp" -> assertThat(Path.of(words.get(1))).exists();
      case "curl" -> curl(words);
      default -> {
        assertThat(ELSEWHERE).as("how to try %s", rest).containsKey(words.get(0));
        abort(words.get(0) + ": " + ELSEWHERE.get(words.get(0)));
      }
    }
  }

  /** Words as a shell has them; single and double quotes only. */
  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("((?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+)").matcher(command);
    while (word.find()) {
      words.add(word.group().replaceAll("'([^']*)'|\"([^\"]*)\"", "$1$2"));
    }
    return words;
  }

  private void java(List<String> words, String input) throws Exception {
    if (words.get(0).equals("-cp")) {
      h2(words);
      return;
    }
    assertThat(words.subList(0, 2)).containsExactly("-jar", "target/samovar.jar");
    List<String> arguments = new ArrayList<>(words.subList(2, words.size()));
    if (PARSED_ONLY.contains(arguments.get(0))) {
      new CommandLine(new Samovar()).parseArgs(arguments.toArray(String[]::new));
      return;
    }
    Path rows = folder.resolve("train.csv");
    Files.writeString(rows, "row_id,customer,amount,is_fraud\n" + "1,c,2.5,0\n".repeat(500));
    arguments.replaceAll(word -> word.equals("train.csv") ? rows.toString() : word);
    arguments.replaceAll(word -> word.replaceFirst("^\\$[A-Z_]+URL$", "https://ci.example.com/1"));
    arguments.replaceAll(word -> word.replaceFirst("^\\$[A-Z_]+$", "ana"));
    if (takesConfiguration(arguments.get(0))) {
      arguments.add("--config");
      arguments.add(configuration().toString());
    }
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
      Ended ended = Ended.run(arguments.toArray(String[]::new));
      // Training rows in an index are the reader's own.
      boolean isOfAnIndex = arguments.contains("--index");
      assertThat(ended.code())
          .as("%s%n%s%n%s", arguments, ended.out(), ended.err())
          .isEqualTo(isOfAnIndex ? Samovar.BAD_USAGE : Samovar.OK);
      assertThat(ended.out() + ended.err()).isNotBlank();
    } finally {
      System.setIn(before);
      if (arguments.contains("setup") && !arguments.contains("--dry-run")) {
        // Other tests' indices are no data streams.
        ElasticsearchFixture.writer().send("DELETE", "/_index_template/samovar-ml.*", "");
      }
    }
  }

  private static boolean takesConfiguration(String command) {
    CommandLine found =
        Objects.requireNonNull(
            new CommandLine(new Samovar()).getSubcommands().get(command), command);
    return found.getCommandSpec().findOption("--config") != null;
  }

  private Path configuration() throws IOException {
    return Files.writeString(
        folder.resolve("samovar.yaml"),
        """
        elasticsearch: { url: "%s" }
        store: { url: "jdbc:h2:file:%s" }
        models:
          - name: fraud-scorer
            aliases: [fraud model, fraud]
            indices: { inference: readme-i-*, training: readme-t-*, run: readme-r-*, environment: readme-e-*, change: readme-c, quality: readme-q-*, application: readme-a-*, metrics: readme-m-* }
        """
            .formatted(ElasticsearchFixture.url(), folder.resolve("store")));
  }

  private void h2(List<String> words) throws Exception {
    List<String> arguments =
        words.subList(3, words.size()).stream()
            .map(word -> word.replace("./data/", folder + "/"))
            .map(word -> word.equals("backup.zip") ? folder.resolve(word).toString() : word)
            .toList();
    switch (words.get(2)) {
      case "org.h2.tools.Script" -> {
        assertThat(Ended.run("feedback", "--config", configuration().toString()).code()).isZero();
        new Script().runTool(arguments.toArray(String[]::new));
        assertThat(folder.resolve("backup.zip")).exists();
      }
      case "org.h2.tools.RunScript" -> new RunScript().runTool(arguments.toArray(String[]::new));
      default -> throw new AssertionError("Nobody knows how to try " + words.get(2));
    }
  }

  private static void maven(List<String> words) throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    for (String word : words) {
      if (word.startsWith("-P")) {
        assertThat(pom).contains("<id>" + word.substring(2) + "</id>");
      } else if (word.startsWith("-Dexec.args=")) {
        String arguments = word.substring("-Dexec.args=".length());
        new CommandLine(new Samovar()).parseArgs(arguments.split(" "));
      }
    }
    assertThat(words).containsAnyOf("exec:java", "verify", "test", "package");
  }

  /** What is sent is what the address takes. */
  private static void curl(List<String> words) throws Exception {
    String address = words.stream().filter(word -> word.startsWith("https://")).findFirst().get();
    byte[] body = words.get(words.indexOf("-d") + 1).getBytes(StandardCharsets.UTF_8);
    String path = address.substring(address.indexOf("/v1/"));
    assertThat(path).startsWith("/v1/alerts/");
    AlertSource source = AlertSource.of(path.substring("/v1/alerts/".length())).orElseThrow();
    assertThat(source.read(body).alerts()).isNotEmpty();
  }
}
