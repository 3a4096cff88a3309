package dev.samovar.checks;

/** How bad a finding is for the people who use the model. */
public enum Severity {
  INFO,
  WARNING,
  CRITICAL
}
