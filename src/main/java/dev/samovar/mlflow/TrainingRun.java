package dev.samovar.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run of MLflow that ended.
 *
 * @param revision of the code, where the run was started from a repository
 * @param data digest of the first data set it read, where it says
 */
record TrainingRun(
    String id,
    Instant ended,
    Optional<Duration> took,
    boolean succeeded,
    Optional<String> revision,
    Optional<String> data,
    Map<String, Double> metrics) {
  private static final String REVISION = "mlflow.source.git.commit";

  /** Of the machine, not of the model. */
  private static final String OF_THE_SYSTEM = "system/";

  private static final int MOST_METRICS = 100;

  TrainingRun {
    metrics = java.util.Collections.unmodifiableMap(new TreeMap<>(metrics));
  }

  /** Empty where it has not ended. */
  static Optional<TrainingRun> read(String id, JsonNode run) {
    JsonNode info = run.path("info");
    String status = info.path("status").asText();
    long end = info.path("end_time").asLong();
    long start = info.path("start_time").asLong();
    boolean succeeded = status.equals("FINISHED");
    if (end <= 0 || !(succeeded || status.equals("FAILED") || status.equals("KILLED"))) {
      return Optional.empty();
    }
    return Optional.of(
        new TrainingRun(
            id,
            Instant.ofEpochMilli(end),
            start > 0 && start < end
                ? Optional.of(Duration.ofMillis(end - start))
                : Optional.empty(),
            succeeded,
            revision(run.path("data").path("tags")),
            data(run.path("inputs").path("dataset_inputs")),
            metrics(run.path("data").path("metrics"))));
  }

  private static Optional<String> revision(JsonNode tags) {
    for (JsonNode tag : tags) {
      if (tag.path("key").asText().equals(REVISION)) {
        return Optional.of(tag.path("value").asText()).filter(text -> !text.isEmpty());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> data(JsonNode inputs) {
    return Optional.of(inputs.path(0).path("dataset").path("digest").asText())
        .filter(text -> !text.isEmpty());
  }

  private static Map<String, Double> metrics(JsonNode list) {
    Map<String, Double> metrics = new TreeMap<>();
    for (JsonNode metric : list) {
      String key = metric.path("key").asText();
      double value = metric.path("value").asDouble(Double.NaN);
      if (!key.isEmpty()
          && !key.startsWith(OF_THE_SYSTEM)
          && Double.isFinite(value)
          && metrics.size() < MOST_METRICS) {
        metrics.put(key, value);
      }
    }
    return metrics;
  }

  /**
   * @param pipeline the name by which checks know the model's training
   */
  Event run(String model, String pipeline, String version) {
    Map<String, List<String>> values = of(model, version);
    values.put(Fields.PIPELINE, List.of(pipeline));
    values.put(Fields.PIPELINE_KIND, List.of("training"));
    values.put(Fields.RUN_ID, List.of(id));
    values.put(Fields.OUTCOME, List.of(succeeded ? "success" : "failure"));
    took.ifPresent(time -> values.put(Fields.DURATION, List.of(Long.toString(time.toNanos()))));
    revision.ifPresent(commit -> values.put(Fields.CODE_REVISION, List.of(commit)));
    data.ifPresent(digest -> values.put(Fields.DATA_VERSION, List.of(digest)));
    return new Event(ended, values);
  }

  /** What it measured; empty where that is nothing, or it did not succeed. */
  Optional<Event> quality(String model, String version) {
    if (metrics.isEmpty() || !succeeded) {
      return Optional.empty();
    }
    Map<String, List<String>> values = of(model, version);
    values.put(Fields.QUALITY_ON, List.of("validation"));
    metrics.forEach(
        (name, value) -> values.put(Fields.METRICS + "." + name, List.of(Double.toString(value))));
    return Optional.of(new Event(ended, values));
  }

  private static Map<String, List<String>> of(String model, String version) {
    Map<String, List<String>> values = new TreeMap<>();
    values.put(Fields.MODEL, List.of(model));
    values.put(Fields.MODEL_VERSION, List.of(version));
    return values;
  }
}
