package dev.samovar.page;

import java.util.List;
import java.util.Optional;

/**
 * A likely cause.
 *
 * @param isSaid whether the headline says its summary already
 * @param percent how sure, 0 to 100
 * @param since when; empty where that is not known
 * @param steps what to do first
 */
public record CauseCard(
    int rank,
    String check,
    String question,
    boolean isSaid,
    String summary,
    long percent,
    String since,
    List<Evidence> evidence,
    List<String> explains,
    List<String> steps,
    RunbookPage runbook,
    Optional<Confirmed> confirmed) {
  public CauseCard {
    evidence = List.copyOf(evidence);
    explains = List.copyOf(explains);
    steps = List.copyOf(steps);
  }

  /** What people said of it. */
  public record Confirmed(long yes, long no) {}
}
