package dev.samovar.airflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Fields;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A DAG run that ended.
 *
 * @param begun empty where it ended before it ran
 */
record AirflowRun(String id, Instant ended, Optional<Instant> begun, boolean succeeded) {

  /** Empty where it has not ended. */
  static Optional<AirflowRun> read(JsonNode run) {
    String state = run.path("state").asText();
    Optional<Instant> ended = instant(run.path("end_date"));
    String id = run.path("dag_run_id").asText();
    if (ended.isEmpty() || id.isEmpty() || !(state.equals("success") || state.equals("failed"))) {
      return Optional.empty();
    }
    return Optional.of(new AirflowRun(id, ended.get(), begun(run), state.equals("success")));
  }

  /** Airflow 3 has runs without a logical date; when they were due they always say. */
  private static Optional<Instant> begun(JsonNode run) {
    return instant(run.path("start_date"))
        .or(() -> instant(run.path("run_after")))
        .or(() -> instant(run.path("logical_date")));
  }

  private static Optional<Instant> instant(JsonNode text) {
    try {
      return text.isTextual()
          ? Optional.of(OffsetDateTime.parse(text.textValue()).toInstant())
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /**
   * @param why which task failed; empty where nobody looked
   */
  Event event(Part part, String model, Optional<String> why) {
    Map<String, List<String>> values = new TreeMap<>();
    values.put(Fields.PIPELINE, List.of(part.dag()));
    values.put(Fields.PIPELINE_KIND, List.of(part.kind()));
    values.put(Fields.RUN_ID, List.of(id));
    values.put(Fields.OUTCOME, List.of(succeeded ? "success" : "failure"));
    begun
        .filter(start -> start.isBefore(ended))
        .ifPresent(
            start ->
                values.put(
                    Fields.DURATION,
                    List.of(Long.toString(Duration.between(start, ended).toNanos()))));
    if (part.isOwn()) {
      values.put(Fields.MODEL, List.of(model));
    }
    why.ifPresent(said -> values.put(Fields.ERROR_MESSAGE, List.of(said)));
    return new Event(ended, values);
  }
}
