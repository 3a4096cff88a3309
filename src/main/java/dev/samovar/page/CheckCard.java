package dev.samovar.page;

import java.util.List;
import java.util.Optional;

/**
 * What became of a check.
 *
 * @param state {@code found}, {@code clear}, {@code not-checked} or {@code failed}
 * @param severity of a finding; empty where nothing was found
 * @param runbook of a finding; empty elsewhere
 */
public record CheckCard(
    String id,
    String state,
    String severity,
    String question,
    String summary,
    String reason,
    List<Words> remedy,
    List<Evidence> evidence,
    String took,
    Optional<RunbookPage> runbook) {
  public CheckCard {
    remedy = List.copyOf(remedy);
    evidence = List.copyOf(evidence);
  }

  /** A sign beside the word; the style's name of it is the same. */
  public String sign() {
    return switch (state) {
      case "clear" -> "✓";
      case "not-checked" -> "?";
      case "failed" -> "✕";
      default -> severity.equals("note") ? "•" : "▲";
    };
  }

  /** How the style calls it. */
  public String tone() {
    return state.equals("found") ? severity : state;
  }

  /** In words. */
  public String says() {
    return state.replace('-', ' ') + (severity.isEmpty() ? "" : ", " + severity);
  }
}
