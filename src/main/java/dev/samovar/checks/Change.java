package dev.samovar.checks;

import java.time.Instant;

/**
 * Something somebody changed. Empty strings where nobody said.
 *
 * @param kind one of code, config, preprocessing, model, data, dependency, feature-flag,
 *     infrastructure
 * @param routine whether the like of it happens every day or two
 */
public record Change(
    Instant at,
    String kind,
    String component,
    String from,
    String to,
    String author,
    String url,
    String summary,
    boolean routine) {

  /** {@code config of fraud-scorer: batch_size 8 → 32, by ana}. */
  public String describe() {
    StringBuilder text = new StringBuilder(kind.isEmpty() ? "change" : kind);
    if (!component.isEmpty()) {
      text.append(" of ").append(component);
    }
    if (!summary.isEmpty()) {
      text.append(": ").append(summary);
    }
    if (!from.isEmpty() || !to.isEmpty()) {
      text.append(summary.isEmpty() ? ": " : " (")
          .append(from.isEmpty() ? "?" : from)
          .append(" → ")
          .append(to.isEmpty() ? "?" : to)
          .append(summary.isEmpty() ? "" : ")");
    }
    if (!author.isEmpty()) {
      text.append(", by ").append(author);
    }
    return text.toString();
  }
}
