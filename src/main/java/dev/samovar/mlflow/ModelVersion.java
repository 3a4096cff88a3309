package dev.samovar.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A version of a registered model.
 *
 * @param run that made it; empty where it was registered from elsewhere
 * @param stage empty where it is in none
 */
record ModelVersion(
    String model,
    String version,
    Instant created,
    Instant updated,
    String author,
    String run,
    String stage,
    List<String> aliases) {

  ModelVersion {
    aliases = List.copyOf(aliases);
  }

  /**
   * Empty where it lacks what makes it one.
   *
   * @param aliases those that point to a version, by version
   */
  static Optional<ModelVersion> read(JsonNode node, Map<String, List<String>> aliases) {
    String version = node.path("version").asText();
    long created = node.path("creation_timestamp").asLong();
    if (version.isEmpty() || created <= 0) {
      return Optional.empty();
    }
    String stage = node.path("current_stage").asText();
    return Optional.of(
        new ModelVersion(
            node.path("name").asText(),
            version,
            Instant.ofEpochMilli(created),
            Instant.ofEpochMilli(Math.max(created, node.path("last_updated_timestamp").asLong())),
            node.path("user_id").asText(),
            node.path("run_id").asText(),
            stage.equals("None") ? "" : stage,
            aliases.getOrDefault(version, List.of())));
  }

  /**
   * That it was registered; when its alias was moved to it, MLflow does not know.
   *
   * @param before the version registered before it; empty for the first
   */
  Event registered(String known, String page, Optional<ModelVersion> before) {
    Map<String, List<String>> values = new TreeMap<>();
    values.put(Fields.CHANGE_KIND, List.of("model"));
    values.put(Fields.CHANGE_COMPONENT, List.of(model));
    before.ifPresent(older -> values.put(Fields.CHANGE_FROM, List.of(older.version())));
    values.put(Fields.CHANGE_TO, List.of(version));
    if (!author.isEmpty()) {
      values.put(Fields.CHANGE_AUTHOR, List.of(author));
    }
    values.put(Fields.CHANGE_URL, List.of(page));
    values.put(Fields.CHANGE_SUMMARY, List.of("version " + version + " registered" + standing()));
    values.put(Fields.MODEL, List.of(known));
    return new Event(created, values);
  }

  private String standing() {
    StringBuilder standing = new StringBuilder();
    if (!aliases.isEmpty()) {
      standing.append(", now ").append(String.join(", ", aliases));
    }
    if (!stage.isEmpty()) {
      standing.append(standing.isEmpty() ? ", now in " : " and in ").append(stage);
    }
    return standing.toString();
  }
}
