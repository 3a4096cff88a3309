package dev.samovar.evidence;

import java.util.Locale;

/** The kinds of events Samovar reads (CONTRACT.md, section 2), each with its default index. */
public enum Dataset {
  INFERENCE("logs-ml.inference-*"),
  TRAINING("ml-training-*"),
  RUN("logs-ml.run-*"),
  ENVIRONMENT("logs-ml.environment-*"),
  CHANGE("logs-ml.change-*"),
  QUALITY("logs-ml.quality-*"),
  APPLICATION("logs-app-*"),
  METRICS("metrics-*");

  private final String defaultIndex;

  Dataset(String defaultIndex) {
    this.defaultIndex = defaultIndex;
  }

  /** An Elasticsearch multi-target expression. */
  public String defaultIndex() {
    return defaultIndex;
  }

  /** The key under {@code models[].indices}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
