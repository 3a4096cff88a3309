package dev.samovar.doctor;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Fields;
import dev.samovar.triage.Report;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** How to log what is not logged. */
final class Snippets {
  /** Beginnings of fields that only one dataset has. */
  private static final Map<String, Dataset> OWN =
      Map.of(
          "ml.prediction.",
          Dataset.INFERENCE,
          "ml.validation.",
          Dataset.INFERENCE,
          "ml.preprocessing.",
          Dataset.INFERENCE,
          "ml.run",
          Dataset.RUN,
          "ml.data.",
          Dataset.RUN,
          "ml.code.",
          Dataset.RUN,
          "ml.environment",
          Dataset.ENVIRONMENT,
          "ml.change.",
          Dataset.CHANGE,
          "ml.quality",
          Dataset.QUALITY,
          Fields.LEVEL,
          Dataset.APPLICATION);

  /** Something to paste. */
  record Snippet(Dataset dataset, String code) {}

  private Snippets() {}

  /**
   * For the datasets that checks missed, by what they said themselves.
   *
   * @param otel whether the events go by OpenTelemetry
   */
  static List<Snippet> of(List<Patient> patients, boolean otel) {
    Set<Dataset> missed = EnumSet.noneOf(Dataset.class);
    for (Patient patient : patients) {
      for (Report.Row row : patient.report().rows()) {
        if (row.state() == Report.State.NOT_CHECKED) {
          String said = row.reason() + " " + row.remedy();
          for (Shelf shelf : patient.shelves()) {
            if (said.contains(shelf.expression()) && !shelf.lacks().isEmpty()) {
              missed.add(shelf.dataset());
            }
          }
          OWN.forEach(
              (beginning, dataset) -> {
                if (said.contains(beginning)) {
                  missed.add(dataset);
                }
              });
        }
      }
    }
    missed.remove(Dataset.METRICS);
    List<Snippet> snippets = new ArrayList<>();
    boolean headed = false;
    for (Dataset dataset : missed) {
      String code = read(dataset.key());
      boolean logs = code.contains("events.info(") || dataset == Dataset.APPLICATION;
      if (logs && !headed) {
        code = read(otel ? "head-otel" : "head-ecs") + code;
        headed = true;
      }
      snippets.add(
          new Snippet(
              dataset, otel ? code.replace("\"event.dataset\"", "\"data_stream.dataset\"") : code));
    }
    return snippets;
  }

  private static String read(String name) {
    try (InputStream in = Snippets.class.getResourceAsStream(name + ".txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
