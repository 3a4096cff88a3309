package dev.samovar.triage;

import java.util.Locale;

/** What people say is wrong. The meanings are those of the labels of the same names. */
public enum Symptom {
  QUALITY,
  WRONG_OUTPUT,
  CONSTANT_OUTPUT,
  NAN,
  MISSING_DATA,
  LATENCY,
  ERRORS,
  OOM,
  STALE,
  SKEW,
  DRIFT,
  PIPELINE,
  COST,
  UNSPECIFIED;

  /** {@code wrong-output}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
