package dev.samovar.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.fixture.RealPrometheus;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of the real {@code serve}, after one report was answered. */
class OperationsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path DASHBOARD = Path.of("docker/grafana/samovar.json");
  private static final Pattern NAME =
      Pattern.compile("\\b(?:samovar|jvm|process|system|logback)_\\w+");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static Path folder;
  private static Workspace workspace;
  private static EmptyCluster cluster;
  private static Fleet fleet;
  private static Deliveries deliveries;
  private static Replica replica;
  private static Message answer;
  private static String scrape;

  @BeforeAll
  static void answerOneReport(@TempDir Path temporary) throws Exception {
    folder = temporary;
    workspace = new Workspace(Duration.ofMillis(30));
    cluster = new EmptyCluster(Duration.ofMillis(50), () -> {});
    Launcher launcher = new Launcher(folder, workspace.apiUrl(), cluster.url());
    fleet = new Fleet(launcher, "jdbc:h2:mem:operations", 1);
    deliveries = new Deliveries(workspace, new HttpCarrier(fleet));
    replica = fleet.start();
    replica.awaitReady();
    Debt debt = new Debts(workspace, deliveries).overheard();
    assertThat(workspace.await(debt::isSettled, PATIENCE)).as("%s", replica.log()).isTrue();
    answer = workspace.ofTheApp(debt.channel(), debt.thread()).get(0);
    awaitReadiness();
    scrape = get("/metrics").body();
  }

  /** The log says when the last look for the summary ended; the link is asked for after it. */
  private static void awaitReadiness() throws Exception {
    assertThat(
            workspace.await(() -> isReady() && workspace.calls("chat.getPermalink") > 0, PATIENCE))
        .as("it is ready: %s\n%s", get("/readyz").body(), replica.log())
        .isTrue();
  }

  private static boolean isReady() {
    try {
      return get("/readyz").statusCode() == 200
          && get("/metrics").body().contains("samovar_answer_whole_seconds_count 1");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @AfterAll
  static void close() throws IOException {
    deliveries.close();
    fleet.close();
    cluster.close();
    workspace.close();
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(replica.at(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void it_lives_and_is_ready() throws Exception {
    assertThat(get("/healthz").statusCode()).isEqualTo(200);

    HttpResponse<String> ready = get("/readyz");
    assertThat(ready.statusCode()).isEqualTo(200);
    JsonNode json = Workspace.parse(ready.body());
    assertThat(json.path("ready").asBoolean()).isTrue();
    assertThat(json.path("parts").findValuesAsText("name"))
        .containsExactly("store", "slack", "elasticsearch");
    assertThat(ready.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void it_counts_and_times_what_it_did() {
    assertThat(scrape)
        .contains("samovar_answer_first_seconds_count 1\n")
        .contains("samovar_answer_whole_seconds_count 1\n")
        .contains("samovar_triage_seconds_count{verdict=\"cannot-tell\"} 1\n")
        .containsPattern(
            "samovar_check_seconds_count\\{check=\"data-drift\",state=\"[a-z-]+\"} 1\n")
        .containsPattern(
            "samovar_slack_call_seconds_count\\{method=\"chat.postMessage\",outcome=\"ok\"} 1\n")
        .containsPattern(
            "samovar_source_request_seconds_count\\{outcome=\"ok\",source=\"Elasticsearch\"} \\d+")
        .contains("samovar_source_resting{source=\"Elasticsearch\"} 0.0\n")
        .contains("samovar_ready{part=\"slack\"} 1.0\n")
        .containsPattern("jvm_memory_used_bytes\\{area=\"heap\"");
  }

  @Test
  void promtool_finds_nothing_to_complain_of() throws Exception {
    assumeTrue(RealPrometheus.isThere());
    Path text = Files.writeString(folder.resolve("metrics.txt"), scrape);
    Process process =
        new ProcessBuilder("promtool", "check", "metrics")
            .redirectInput(text.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    // The JVM's and the log's names are Micrometer's.
    List<String> ours = said.lines().filter(line -> line.startsWith("samovar")).toList();
    assertThat(ours).isEmpty();
    assertThat(process.waitFor()).as(said).isIn(0, 3);
  }

  private static List<String> expressions() throws IOException {
    List<String> expressions = new ArrayList<>();
    for (JsonNode panel : Workspace.parse(Files.readString(DASHBOARD)).path("panels")) {
      panel.path("targets").forEach(target -> expressions.add(target.path("expr").asText()));
    }
    return expressions;
  }

  @Test
  void the_dashboard_asks_only_for_what_there_is() throws Exception {
    List<String> expressions = expressions();
    assertThat(expressions).hasSizeGreaterThan(15);
    Set<String> asked = new TreeSet<>();
    for (String expression : expressions) {
      Matcher matcher = NAME.matcher(expression);
      assertThat(matcher.find()).as(expression).isTrue();
      matcher.reset();
      while (matcher.find()) {
        asked.add(matcher.group());
      }
    }
    Set<String> there = new TreeSet<>();
    scrape
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> there.add(line.replaceFirst("[ {].*", "")));
    assertThat(there).containsAll(asked);
    assertThat(Files.readString(DASHBOARD)).contains("label_values(samovar_build_info, instance)");
    assertThat(there).contains("samovar_build_info");
  }

  @Test
  void the_dashboards_expressions_are_promql() throws Exception {
    assumeTrue(RealPrometheus.isThere());
    StringBuilder rules = new StringBuilder("groups:\n- name: dashboard\n  rules:\n");
    int number = 0;
    for (String expression : expressions()) {
      rules
          .append("  - record: dashboard:panel")
          .append(number++)
          .append("\n    expr: >-\n      ")
          .append(expression.replace("$__rate_interval", "5m").replace("$instance", ".*"))
          .append('\n');
    }
    Path file = Files.writeString(folder.resolve("rules.yml"), rules);
    Process process =
        new ProcessBuilder("promtool", "check", "rules", file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Test
  void one_id_leads_from_slack_to_the_log_and_to_elasticsearch() {
    String trace = answer.metadata().path("event_payload").path("trace").asText();
    assertThat(trace).isNotEmpty();

    List<JsonNode> lines =
        replica.log().lines().filter(line -> line.startsWith("{")).map(Workspace::parse).toList();
    assertThat(lines).as(replica.log()).isNotEmpty();
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line.path("ecs.version").asText()).isNotEmpty();
              assertThat(line.path("@timestamp").asText()).endsWith("Z");
              assertThat(line.path("service.name").asText()).isEqualTo("samovar");
            });
    Optional<JsonNode> told =
        lines.stream()
            .filter(line -> line.path("message").asText().contains("cannot-tell"))
            .findFirst();
    assertThat(told).as(replica.log()).isPresent();
    assertThat(told.get().path("trace.id").asText()).isEqualTo(trace);

    assertThat(cluster.ids()).containsExactly("samovar-" + trace);
  }

  @Test
  void no_secret_stands_in_the_log() {
    assertThat(replica.log()).doesNotContain(Launcher.SECRET, "xoxb-1", "xapp-1");
  }
}
