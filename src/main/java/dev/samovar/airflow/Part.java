package dev.samovar.airflow;

import dev.samovar.evidence.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pipeline that a model names, and the part it has for it.
 *
 * @param isOwn whether it is run for this model, rather than for all who read it
 */
record Part(String dag, String kind, boolean isOwn) {

  /** Each DAG once; a pipeline that is named twice has the first of its parts. */
  static List<Part> of(Model model) {
    Map<String, Part> parts = new LinkedHashMap<>();
    model
        .retraining()
        .map(Model.Retraining::pipeline)
        .ifPresent(dag -> parts.putIfAbsent(dag, new Part(dag, "training", true)));
    model
        .preprocessingPipeline()
        .ifPresent(dag -> parts.putIfAbsent(dag, new Part(dag, "preprocessing", true)));
    model.upstream().forEach(dag -> parts.putIfAbsent(dag, new Part(dag, "ingest", false)));
    parts.remove("");
    return List.copyOf(parts.values());
  }
}
