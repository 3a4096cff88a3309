package dev.samovar.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Presence;
import dev.samovar.http.Answer;
import dev.samovar.http.Credentials;
import dev.samovar.http.HttpSettings;
import dev.samovar.http.JsonClient;
import dev.samovar.http.Question;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The questions to MLflow's REST API. Runs that ended do not change, and are asked for once. */
final class Registry implements AutoCloseable {
  private static final String[] BASE = {"api", "2.0", "mlflow"};
  private static final int A_PAGE = 200;

  /** The newest come first, so that what is left out is long ago. */
  private static final int MOST_PAGES = 5;

  private static final int MOST_REMEMBERED = 2000;

  private final JsonClient client;
  private final Map<String, TrainingRun> ended = new ConcurrentHashMap<>();

  Registry(MlflowSettings settings, Clock clock) throws IOException {
    this.client =
        new JsonClient(
            HttpSettings.of("MLflow", "mlflow", settings.url(), given(settings))
                .trusting(settings.caFile()),
            clock);
  }

  Presence presence(Duration budget) throws EvidenceException {
    return client.presence(
        question("list of registered models", "registered-models", "search")
            .with("max_results", "1"),
        budget,
        answer -> "API 2.0");
  }

  private static Map<String, String> given(MlflowSettings settings) {
    if (settings.token().isPresent()) {
      return Credentials.bearer(settings.token().get());
    }
    return settings
        .username()
        .map(user -> Credentials.basic(user, settings.password().orElse("")))
        .orElse(Map.of());
  }

  private static Question question(String what, String... path) {
    List<String> all = new ArrayList<>(List.of(BASE));
    all.addAll(List.of(path));
    return Question.get(what, all.toArray(String[]::new));
  }

  /** The aliases of a registered model, by the version they point to; empty where there is none. */
  Optional<Map<String, List<String>>> aliases(String name, long end) throws EvidenceException {
    Question question =
        question("registered model " + name, "registered-models", "get").with("name", name);
    Optional<Answer> answer = client.find(question, left(end));
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    JsonNode model = answer.get().body().path("registered_model");
    client.text(question, model, "name");
    Map<String, List<String>> byVersion = new HashMap<>();
    for (JsonNode alias : optional(question, model, "aliases")) {
      byVersion
          .computeIfAbsent(alias.path("version").asText(), version -> new ArrayList<>())
          .add(alias.path("alias").asText());
    }
    return Optional.of(byVersion);
  }

  /** That there is a registry at all: at a wrong address no model would be missed. */
  void mustBeThere(long end) throws EvidenceException {
    Question question =
        question("registered models", "registered-models", "search").with("max_results", "1");
    JsonNode answer = client.ask(question, left(end)).body();
    if (!answer.isObject() || !answer.isEmpty()) {
      client.list(question, answer, "registered_models");
    }
  }

  /** Newest first. */
  List<ModelVersion> versions(String name, Map<String, List<String>> aliases, long end)
      throws EvidenceException {
    String quote = name.contains("'") ? "\"" : "'";
    List<ModelVersion> versions = new ArrayList<>();
    String token = "";
    for (int page = 0; page < MOST_PAGES; page++) {
      Question question =
          question("versions of " + name, "model-versions", "search")
              .with("filter", "name=" + quote + name + quote)
              .with("max_results", Integer.toString(A_PAGE));
      if (!token.isEmpty()) {
        question = question.with("page_token", token);
      }
      JsonNode answer = client.ask(question, left(end)).body();
      if (!answer.isObject()) {
        // Complains: an empty list is left out, but something is there to leave it out of.
        client.list(question, answer, "model_versions");
      }
      for (JsonNode version : optional(question, answer, "model_versions")) {
        ModelVersion.read(version, aliases).ifPresent(versions::add);
      }
      token = answer.path("next_page_token").asText();
      if (token.isEmpty()) {
        break;
      }
    }
    versions.sort(
        Comparator.comparing(ModelVersion::created)
            .thenComparing(ModelVersion::version)
            .reversed());
    return versions;
  }

  /** Empty where it was deleted, or has not ended. */
  Optional<TrainingRun> run(String id, long end) throws EvidenceException {
    TrainingRun known = ended.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    Question question = question("run " + id, "runs", "get").with("run_id", id);
    Optional<Answer> answer = client.find(question, left(end));
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    JsonNode run = answer.get().body().path("run");
    client.text(question, run.path("info"), "status");
    Optional<TrainingRun> read = TrainingRun.read(id, run);
    if (ended.size() < MOST_REMEMBERED) {
      read.ifPresent(over -> ended.put(id, over));
    }
    return read;
  }

  /** MLflow leaves an empty list out. */
  private List<JsonNode> optional(Question question, JsonNode answer, String key)
      throws EvidenceException {
    return answer.path(key).isMissingNode() ? List.of() : client.list(question, answer, key);
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
  }

  @Override
  public void close() {
    client.close();
  }
}
