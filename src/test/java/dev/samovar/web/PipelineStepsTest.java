package dev.samovar.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.changes.ChangePayload;
import dev.samovar.evidence.ChangeNote;
import dev.samovar.evidence.Model;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The guide's steps for pipelines: they are YAML, the shell runs them, the server takes them. */
class PipelineStepsTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder = Path.of("");

  private static Object snippet(String beginning) throws IOException {
    String text =
        YAML.matcher(Files.readString(Path.of("src/site/markdown/alerts-and-changes.md")))
            .results()
            .map(found -> found.group(1))
            .filter(found -> found.startsWith(beginning))
            .findFirst()
            .orElseThrow();
    return new Yaml().load(text);
  }

  private static Object at(Object node, Object... path) {
    Object found = node;
    for (Object step : path) {
      found =
          found instanceof List<?> list ? list.get((Integer) step) : ((Map<?, ?>) found).get(step);
      Objects.requireNonNull(found, () -> "nothing at " + step);
    }
    return found;
  }

  /** What was sent. */
  private record Sent(List<String> arguments, String body) {
    boolean has(String argument) {
      return arguments.contains(argument);
    }
  }

  /** Runs it as a runner does, with a curl that notes what it is told. */
  private Sent run(String script, Map<String, String> variables) throws Exception {
    Path curl = folder.resolve("curl");
    Files.writeString(
        curl, "#!/bin/sh\nprintf '%s\\n' \"$@\" > \"$NOTED/arguments\"\ncat > \"$NOTED/body\"\n");
    assertThat(curl.toFile().setExecutable(true)).isTrue();
    ProcessBuilder shell = new ProcessBuilder("sh", "-e", "-c", script).inheritIO();
    shell.environment().putAll(variables);
    shell.environment().put("NOTED", folder.toString());
    shell
        .environment()
        .put("PATH", folder + ":" + Optional.ofNullable(System.getenv("PATH")).orElse("/bin"));
    Process process = shell.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return new Sent(
        Files.readAllLines(folder.resolve("arguments")), Files.readString(folder.resolve("body")));
  }

  private static ChangeNote taken(Sent sent) throws Exception {
    return ChangePayload.read(
            sent.body().getBytes(StandardCharsets.UTF_8), List.of(Model.named("fraud-scorer")), NOW)
        .get(0);
  }

  private static void isWellAddressed(Sent sent, String key) {
    assertThat(sent.arguments())
        .contains(
            "https://samovar.example.com/v1/changes",
            "Authorization: Bearer the secret",
            "Idempotency-Key: " + key);
    assertThat(Stream.of("--fail-with-body", "--retry", "--data-binary")).allMatch(sent::has);
  }

  @Test
  void of_github_actions() throws Exception {
    Object workflow = snippet("name: deploy");
    Object step = at(workflow, "jobs", "deploy", "steps", 2);
    Map<String, String> variables = new HashMap<>();
    // What the runner makes of the expressions in the step's env.
    assertThat(at(step, "env"))
        .isEqualTo(
            Map.of(
                "SAMOVAR_WEBHOOK_SECRET",
                "${{ secrets.SAMOVAR_WEBHOOK_SECRET }}",
                "SUMMARY",
                "${{ toJSON(github.event.head_commit.message) }}"));
    variables.put("SAMOVAR_WEBHOOK_SECRET", "the secret");
    variables.put("SUMMARY", "\"Say \\\"hi\\\" for $5, `id`\\n\\nand more\"");
    variables.put("GITHUB_RUN_ID", "17");
    variables.put("GITHUB_RUN_ATTEMPT", "1");
    variables.put("GITHUB_SHA", "4f2c9d1");
    variables.put("GITHUB_ACTOR", "mira");
    variables.put("GITHUB_SERVER_URL", "https://github.com");
    variables.put("GITHUB_REPOSITORY", "acme/fraud");

    Sent sent = run(String.valueOf(at(step, "run")), variables);

    isWellAddressed(sent, "17-1");
    ChangeNote change = taken(sent);
    assertThat(change.kind()).isEqualTo("code");
    assertThat(change.component()).isEqualTo("fraud-scorer");
    assertThat(change.to()).contains("4f2c9d1");
    assertThat(change.author()).contains("mira");
    assertThat(change.summary()).contains("Say \"hi\" for $5, `id`\n\nand more");
    assertThat(change.url()).contains("https://github.com/acme/fraud/commit/4f2c9d1");
  }

  @Test
  void of_gitlab_ci() throws Exception {
    Object script = at(snippet("deploy:\n"), "deploy", "script", 1);
    Sent sent =
        run(
            String.valueOf(script),
            Map.of(
                "SAMOVAR_WEBHOOK_SECRET",
                "the secret",
                "CI_JOB_ID",
                "99",
                "CI_COMMIT_BEFORE_SHA",
                "aaa",
                "CI_COMMIT_SHA",
                "bbb",
                "GITLAB_USER_LOGIN",
                "jan",
                "CI_PROJECT_URL",
                "https://gitlab.com/acme/fraud"));

    isWellAddressed(sent, "99");
    ChangeNote change = taken(sent);
    assertThat(change.from()).contains("aaa");
    assertThat(change.to()).contains("bbb");
    assertThat(change.author()).contains("jan");
    assertThat(change.url()).contains("https://gitlab.com/acme/fraud/-/commit/bbb");
    assertThat(sent.body()).doesNotContain("$");
  }
}
