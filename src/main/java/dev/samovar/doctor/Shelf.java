package dev.samovar.doctor;

import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Fields;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the events of one dataset have, and lack, of the fields that checks use.
 *
 * @param indices how many can be searched
 * @param trouble why nothing is known; empty where it is
 */
public record Shelf(
    Dataset dataset,
    String expression,
    int indices,
    List<String> has,
    List<String> lacks,
    String trouble) {
  private static final Map<Dataset, List<String>> USED = used();

  public Shelf {
    has = List.copyOf(has);
    lacks = List.copyOf(lacks);
  }

  static Shelf of(Dataset dataset, Catalog catalog) {
    List<String> used = USED.getOrDefault(dataset, List.of());
    List<String> has = used.stream().filter(field -> isThere(catalog, field)).toList();
    return new Shelf(
        dataset,
        catalog.expression(),
        catalog.open().size(),
        has,
        used.stream().filter(field -> !has.contains(field)).toList(),
        catalog.isEmpty() ? catalog.absence() : "");
  }

  static boolean isThere(Catalog catalog, String field) {
    return catalog.has(field)
        || catalog.fields().keySet().stream().anyMatch(name -> name.startsWith(field + "."));
  }

  private static Map<Dataset, List<String>> used() {
    Map<Dataset, List<String>> used = new EnumMap<>(Dataset.class);
    used.put(
        Dataset.INFERENCE,
        List.of(
            Fields.TIME,
            Fields.MODEL,
            Fields.MODEL_VERSION,
            Fields.SERVICE_VERSION,
            Fields.HOST,
            Fields.TRACE,
            Fields.OUTCOME,
            Fields.DURATION,
            Fields.FEATURES,
            Fields.SCORE,
            Fields.LABEL,
            Fields.PREPROCESSING_VERSION,
            Fields.VALIDATION_OUTCOME,
            Fields.VALIDATION_FAILED));
    used.put(
        Dataset.TRAINING,
        List.of(Fields.MODEL, Fields.MODEL_VERSION, Fields.FEATURES, Fields.TRAINING_LABEL));
    used.put(
        Dataset.RUN,
        List.of(
            Fields.TIME,
            Fields.PIPELINE,
            Fields.PIPELINE_KIND,
            Fields.OUTCOME,
            Fields.DURATION,
            Fields.MODEL,
            Fields.MODEL_VERSION,
            Fields.CODE_REVISION,
            Fields.DATA_VERSION,
            Fields.DATA_ROWS,
            Fields.DATA_NEWEST,
            Fields.METRICS));
    used.put(
        Dataset.ENVIRONMENT,
        List.of(
            Fields.TIME,
            Fields.MODEL,
            Fields.STAGE,
            Fields.PACKAGES,
            Fields.PYTHON,
            Fields.CUDA,
            Fields.DRIVER));
    used.put(
        Dataset.CHANGE,
        List.of(
            Fields.TIME,
            Fields.CHANGE_KIND,
            Fields.CHANGE_COMPONENT,
            Fields.CHANGE_TO,
            Fields.CHANGE_AUTHOR));
    used.put(
        Dataset.QUALITY,
        List.of(
            Fields.TIME,
            Fields.MODEL,
            Fields.MODEL_VERSION,
            Fields.QUALITY_ON,
            Fields.QUALITY_ROWS,
            Fields.QUALITY_TO,
            Fields.METRICS));
    used.put(
        Dataset.APPLICATION,
        List.of(
            Fields.TIME,
            Fields.SERVICE,
            Fields.LEVEL,
            Fields.MESSAGE,
            Fields.HOST,
            Fields.ERROR_TYPE,
            Fields.STACK_TRACE));
    used.put(Dataset.METRICS, List.of(Fields.TIME, Fields.METRIC_NAME, Fields.METRIC_VALUE));
    return used;
  }
}
