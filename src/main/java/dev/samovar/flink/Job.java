package dev.samovar.flink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.Model;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A job that a model names, or one whose name goes on after it.
 *
 * @param pipeline as the model names it
 * @param ended empty while it goes on
 */
record Job(
    String id, String name, String pipeline, String state, Instant began, Optional<Instant> ended) {
  private static final Set<String> OVER = Set.of("FINISHED", "FAILED", "CANCELED", "SUSPENDED");

  /** Empty where no such thing is named, or nothing says what it is. */
  static Optional<Job> read(JsonNode job, Model model) {
    String name = job.path("name").asText();
    String id = job.path("jid").asText();
    Optional<String> pipeline =
        names(model).stream()
            .filter(one -> name.equals(one) || name.startsWith(one + "-"))
            .findFirst();
    long began = job.path("start-time").asLong();
    if (pipeline.isEmpty() || id.isEmpty() || began <= 0) {
      return Optional.empty();
    }
    String state = job.path("state").asText();
    long ended = job.path("end-time").asLong();
    return Optional.of(
        new Job(
            id,
            name,
            pipeline.get(),
            state,
            Instant.ofEpochMilli(began),
            OVER.contains(state) && ended > 0
                ? Optional.of(Instant.ofEpochMilli(ended))
                : Optional.empty()));
  }

  private static Set<String> names(Model model) {
    Set<String> names = new LinkedHashSet<>(model.upstream());
    model.preprocessingPipeline().ifPresent(names::add);
    names.remove("");
    return names;
  }

  static boolean areNamed(Model model) {
    return !names(model).isEmpty();
  }

  boolean isOver() {
    return OVER.contains(state);
  }

  boolean isRunning() {
    return state.equals("RUNNING");
  }
}
