package dev.samovar.triage;

import java.util.Locale;

/** What an investigation comes to. */
public enum Verdict {
  CAUSE_FOUND,
  SYMPTOMS_ONLY,
  ALL_CLEAR,
  CANNOT_TELL;

  /** {@code cause-found}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
