package dev.samovar.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.config.Configuration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What can be told of docker/ and compose.yaml without Docker. */
class DockerFilesTest {
  private static final Path DOCKERFILE = Path.of("docker/Dockerfile");
  private static final Path COMPOSE = Path.of("compose.yaml");
  private static final Path KUBERNETES = Path.of("docker/kubernetes/samovar.yaml");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode tree(Path yaml) throws IOException {
    return JSON.valueToTree(new Yaml().<Object>load(Files.readString(yaml)));
  }

  private record Said(int status, String text) {}

  private static Said run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }

  /** Instructions with what continues them, comments left out. */
  private static List<String> instructions() throws IOException {
    List<String> all = new ArrayList<>();
    StringBuilder one = new StringBuilder();
    for (String line : Files.readAllLines(DOCKERFILE)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      one.append(line.replaceFirst("\\\\$", " "));
      if (!line.endsWith("\\")) {
        all.add(one.toString());
        one.setLength(0);
      }
    }
    return all;
  }

  private static List<String> of(String name) throws IOException {
    return instructions().stream().filter(one -> one.startsWith(name + " ")).toList();
  }

  @Test
  void each_base_has_an_exact_tag_and_a_digest() throws IOException {
    assertThat(of("FROM"))
        .hasSize(2)
        .allMatch(
            one -> one.matches("FROM \\S+:[\\w.-]*\\d[\\w.-]*@sha256:[0-9a-f]{64}( AS \\w+)?"));
  }

  @Test
  void it_runs_as_nobody_in_particular_and_without_a_shell() throws IOException {
    assertThat(of("USER")).last().asString().matches("USER [1-9]\\d*:[1-9]\\d*");
    assertThat(of("ENTRYPOINT")).singleElement().asString().startsWith("ENTRYPOINT [\"");
    assertThat(of("CMD")).singleElement().asString().startsWith("CMD [\"");
    assertThat(of("HEALTHCHECK"))
        .singleElement()
        .asString()
        .contains("CMD [\"/opt/java/bin/java\"")
        .doesNotContain("curl", "wget");
    assertThat(of("ADD")).isEmpty();
    List<String> all = instructions();
    assertThat(all.subList(all.indexOf(of("FROM").get(1)), all.size()))
        .as("nothing is fetched or run where the image is put together")
        .noneMatch(one -> one.startsWith("RUN"));
  }

  @Test
  void what_is_copied_is_let_into_the_build() throws IOException {
    List<String> let =
        Files.readAllLines(Path.of(".dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();
    List<String> copied =
        of("COPY").stream()
            .filter(one -> !one.contains("--from"))
            .map(one -> one.replaceFirst("COPY ", "").replaceFirst(" \\S+$", ""))
            .flatMap(one -> Stream.of(one.split(" ")))
            .toList();
    assertThat(copied).isNotEmpty().allMatch(path -> Files.exists(Path.of(path)));
    assertThat(let).containsExactlyInAnyOrderElementsOf(copied);
  }

  @Test
  void compose_opens_nothing_to_others_and_names_exact_images() throws IOException {
    JsonNode services = tree(COMPOSE).path("services");
    assertThat(services.size()).isEqualTo(7);
    services
        .properties()
        .forEach(
            service -> {
              service
                  .getValue()
                  .path("ports")
                  .forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
              String image = service.getValue().path("image").asText();
              assertThat(service.getValue().has("build") || image.matches(".*:v?\\d+\\.\\d+.*"))
                  .as(image)
                  .isTrue();
            });
  }

  private static Map<String, String> needed(String text) {
    Map<String, String> variables = new TreeMap<>();
    Matcher matcher = VARIABLE.matcher(text);
    while (matcher.find()) {
      variables.put(matcher.group(1), "value-of-" + matcher.group(1));
    }
    return variables;
  }

  @Test
  void the_configuration_of_compose_is_one() throws Exception {
    Path file = Path.of("docker/samovar.yaml");
    Map<String, String> needed = needed(Files.readString(file));
    Configuration configuration = Configuration.load(file, needed);
    JsonNode service = tree(COMPOSE).path("services").path("samovar");

    assertThat(configuration.slack().missing()).isEmpty();
    assertThat(configuration.operations().port()).contains(9464);
    assertThat(Files.readString(DOCKERFILE)).contains("http://127.0.0.1:9464/healthz");
    assertThat(new TreeSet<>(names(service.path("environment"))))
        .containsExactlyElementsOf(needed.keySet());
    assertThat(configuration.models()).hasSize(4);
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Map<String, JsonNode> objects() throws IOException {
    Map<String, JsonNode> objects = new TreeMap<>();
    for (Object document : new Yaml().loadAll(Files.readString(KUBERNETES))) {
      JsonNode one = JSON.valueToTree(document);
      objects.put(one.path("kind").asText(), one);
    }
    return objects;
  }

  @Test
  void the_configuration_of_kubernetes_is_one_and_gets_its_secrets(@TempDir Path folder)
      throws Exception {
    Map<String, JsonNode> objects = objects();
    String text =
        Objects.requireNonNull(objects.get("ConfigMap")).path("data").path("samovar.yaml").asText();
    Map<String, String> needed = needed(text);
    Configuration configuration =
        Configuration.load(Files.writeString(folder.resolve("samovar.yaml"), text), needed);
    JsonNode container =
        Objects.requireNonNull(objects.get("Deployment")).at("/spec/template/spec/containers/0");

    assertThat(configuration.slack().missing()).isEmpty();
    assertThat(new TreeSet<>(container.path("env").findValuesAsText("name")))
        .as("the variables, and the secret they come from")
        .containsAll(needed.keySet());
    container
        .path("env")
        .forEach(
            variable ->
                assertThat(variable.at("/valueFrom/secretKeyRef/key").asText())
                    .isEqualTo(variable.path("name").asText()));
    assertThat(container.at("/ports/0/containerPort").asInt())
        .isEqualTo(configuration.operations().port().orElseThrow());
    assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/healthz");
    assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/readyz");
    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(objects).containsKeys("PodDisruptionBudget", "NetworkPolicy", "ServiceAccount");
  }

  @Test
  void other_peoples_schemas_find_nothing_wrong_and_would_find_it(@TempDir Path folder)
      throws Exception {
    String tools = System.getenv("SAMOVAR_LINTERS");
    if (tools == null) {
      System.out.println(
          "Skipped: SAMOVAR_LINTERS names no folder with what docker/lint.mjs needs");
    }
    assumeTrue(tools != null, "SAMOVAR_LINTERS is not set");
    List<String> lint = List.of("node", "docker/lint.mjs", String.valueOf(tools));
    Said well = run(Path.of("."), lint);
    assertThat(well.status()).as(well.text()).isZero();
    assertThat(well.text()).contains("5 Kubernetes objects, 0 complaints");

    Files.createDirectories(folder.resolve("docker/kubernetes"));
    Files.copy(
        Path.of("docker/lint.mjs"),
        folder.resolve("docker/lint.mjs"),
        StandardCopyOption.REPLACE_EXISTING);
    broken(DOCKERFILE, folder, "USER ", "USR ");
    broken(COMPOSE, folder, "restart:", "restrat:");
    broken(KUBERNETES, folder, "readinessProbe:", "readynessProbe:");
    Said ill = run(folder, lint);
    assertThat(ill.status()).isEqualTo(1);
    assertThat(ill.text()).contains("Invalid Command", "additional properties", "readynessProbe");
  }

  private static void broken(Path file, Path folder, String right, String wrong)
      throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(right);
    Files.writeString(folder.resolve(file.toString()), text.replace(right, wrong));
  }

  @Test
  void promtool_takes_the_configuration_of_prometheus() throws Exception {
    Path promtool = Path.of("/usr/bin/promtool");
    assumeTrue(Files.isExecutable(promtool), "there is no promtool");
    Said said =
        run(Path.of("."), List.of(promtool.toString(), "check", "config", "docker/prometheus.yml"));
    assertThat(said.status()).as(said.text()).isZero();
  }

  @Test
  void compose_itself_takes_the_file() throws Exception {
    List<String> compose =
        Stream.of(List.of("docker", "compose"), List.of("docker-compose"))
            .filter(DockerFilesTest::isThere)
            .findFirst()
            .orElse(List.of());
    if (compose.isEmpty()) {
      System.out.println("Skipped: there is neither docker compose nor docker-compose");
    }
    assumeTrue(!compose.isEmpty(), "there is no Compose");
    List<String> command = new ArrayList<>(compose);
    command.add("config");
    Said said = run(Path.of("."), command);
    assertThat(said.status()).as(said.text()).isZero();
  }

  private static boolean isThere(List<String> compose) {
    List<String> command = new ArrayList<>(compose);
    command.add("version");
    try {
      return run(Path.of("."), command).status() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
