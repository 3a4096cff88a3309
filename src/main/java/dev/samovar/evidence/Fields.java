package dev.samovar.evidence;

import java.util.List;
import java.util.Set;

/**
 * The field names of CONTRACT.md, section 2. Checks use these; an adapter translates them where a
 * model's logs call a field something else.
 */
public final class Fields {
  public static final String TIME = "@timestamp";
  public static final String SERVICE = "service.name";
  public static final String SERVICE_VERSION = "service.version";
  public static final String HOST = "host.name";
  public static final String TRACE = "trace.id";
  public static final String OUTCOME = "event.outcome";
  public static final String DURATION = "event.duration";
  public static final String MODEL = "ml.model.name";
  public static final String MODEL_VERSION = "ml.model.version";

  /** The parent of the features: {@code ml.features.amount} is the feature {@code amount}. */
  public static final String FEATURES = "ml.features";

  public static final String SCORE = "ml.prediction.score";
  public static final String LABEL = "ml.prediction.label";
  public static final String TRAINING_LABEL = "ml.label";
  public static final String PREPROCESSING_VERSION = "ml.preprocessing.version";
  public static final String PREPROCESSING_HASH = "ml.preprocessing.hash";
  public static final String VALIDATION_OUTCOME = "ml.validation.outcome";
  public static final String VALIDATION_FAILED = "ml.validation.failed";
  public static final String ERROR_TYPE = "error.type";
  public static final String ERROR_MESSAGE = "error.message";
  public static final String STACK_TRACE = "error.stack_trace";
  public static final String LEVEL = "log.level";
  public static final String LOGGER = "log.logger";
  public static final String MESSAGE = "message";
  public static final String PIPELINE = "ml.pipeline.name";
  public static final String PIPELINE_KIND = "ml.pipeline.kind";
  public static final String RUN_ID = "ml.pipeline.run_id";

  /** Where a person sees more of an event (ECS). */
  public static final String EVENT_URL = "event.url";

  public static final String CODE_REVISION = "ml.code.revision";
  public static final String DATA_VERSION = "ml.data.version";
  public static final String DATA_ROWS = "ml.data.rows";
  public static final String DATA_NEWEST = "ml.data.newest";
  public static final String STAGE = "ml.stage";
  public static final String PACKAGES = "ml.environment.packages";
  public static final String PYTHON = "ml.environment.python";
  public static final String CUDA = "ml.environment.cuda";
  public static final String DRIVER = "ml.environment.driver";
  public static final String CHANGE_KIND = "ml.change.kind";
  public static final String CHANGE_COMPONENT = "ml.change.component";
  public static final String CHANGE_FROM = "ml.change.from";
  public static final String CHANGE_TO = "ml.change.to";
  public static final String CHANGE_AUTHOR = "ml.change.author";
  public static final String CHANGE_URL = "ml.change.url";
  public static final String CHANGE_SUMMARY = "ml.change.summary";
  public static final String METRICS = "ml.metrics";
  public static final String QUALITY_ON = "ml.quality.on";
  public static final String QUALITY_ROWS = "ml.quality.rows";
  public static final String QUALITY_FROM = "ml.quality.from";
  public static final String QUALITY_TO = "ml.quality.to";

  /** The index an event is in; every event has it, and no mapping names it. */
  public static final String INDEX = "_index";

  public static final String INGESTED = "event.ingested";
  public static final String METRIC_NAME = "metric.name";
  public static final String METRIC_VALUE = "metric.value";
  public static final String METRIC_LABELS = "labels";

  /** All of the above, as a source has to know them. */
  public static final List<String> ALL =
      List.of(
          TIME,
          SERVICE,
          SERVICE_VERSION,
          HOST,
          TRACE,
          OUTCOME,
          DURATION,
          MODEL,
          MODEL_VERSION,
          FEATURES,
          SCORE,
          LABEL,
          TRAINING_LABEL,
          PREPROCESSING_VERSION,
          PREPROCESSING_HASH,
          VALIDATION_OUTCOME,
          VALIDATION_FAILED,
          ERROR_TYPE,
          ERROR_MESSAGE,
          STACK_TRACE,
          LEVEL,
          LOGGER,
          MESSAGE,
          PIPELINE,
          PIPELINE_KIND,
          RUN_ID,
          CODE_REVISION,
          DATA_VERSION,
          DATA_ROWS,
          DATA_NEWEST,
          STAGE,
          PACKAGES,
          PYTHON,
          CUDA,
          DRIVER,
          CHANGE_KIND,
          CHANGE_COMPONENT,
          CHANGE_FROM,
          CHANGE_TO,
          CHANGE_AUTHOR,
          CHANGE_URL,
          CHANGE_SUMMARY,
          METRICS,
          QUALITY_ON,
          QUALITY_ROWS,
          QUALITY_FROM,
          QUALITY_TO,
          INGESTED,
          METRIC_NAME,
          METRIC_VALUE,
          METRIC_LABELS,
          EVENT_URL);

  private Fields() {}

  /**
   * Those that events of a dataset can have besides the time, the free names below a parent apart.
   */
  public static Set<String> of(Dataset dataset) {
    return switch (dataset) {
      case RUN ->
          Set.of(
              PIPELINE,
              PIPELINE_KIND,
              RUN_ID,
              OUTCOME,
              DURATION,
              ERROR_MESSAGE,
              MODEL,
              MODEL_VERSION,
              CODE_REVISION,
              DATA_VERSION,
              DATA_ROWS,
              DATA_NEWEST,
              EVENT_URL);
      case CHANGE ->
          Set.of(
              CHANGE_KIND,
              CHANGE_COMPONENT,
              CHANGE_FROM,
              CHANGE_TO,
              CHANGE_AUTHOR,
              CHANGE_URL,
              CHANGE_SUMMARY,
              MODEL);
      case ENVIRONMENT -> Set.of(SERVICE, HOST, MODEL, MODEL_VERSION, STAGE, PYTHON, CUDA, DRIVER);
      case QUALITY ->
          Set.of(MODEL, MODEL_VERSION, QUALITY_ON, QUALITY_ROWS, QUALITY_FROM, QUALITY_TO);
      case TRAINING -> Set.of(MODEL, MODEL_VERSION, TRAINING_LABEL);
      case APPLICATION ->
          Set.of(LEVEL, LOGGER, MESSAGE, SERVICE, HOST, ERROR_TYPE, ERROR_MESSAGE, STACK_TRACE);
      case METRICS -> Set.of(METRIC_NAME, METRIC_VALUE, SERVICE, HOST);
      case INFERENCE ->
          Set.of(
              SERVICE,
              SERVICE_VERSION,
              HOST,
              TRACE,
              OUTCOME,
              DURATION,
              MODEL,
              MODEL_VERSION,
              SCORE,
              LABEL,
              PREPROCESSING_VERSION,
              PREPROCESSING_HASH,
              VALIDATION_OUTCOME,
              VALIDATION_FAILED,
              ERROR_TYPE,
              ERROR_MESSAGE);
    };
  }

  public static String feature(String name) {
    return FEATURES + "." + name;
  }

  /** The label of a metric sample. */
  public static String label(String name) {
    return METRIC_LABELS + "." + name;
  }

  /** {@code ml.features.amount} → {@code amount}; any other name stays as it is. */
  public static String shortName(String field) {
    return field.startsWith(FEATURES + ".") ? field.substring(FEATURES.length() + 1) : field;
  }
}
