package dev.samovar.triage;

import dev.samovar.checks.Change;
import dev.samovar.checks.CheckId;
import dev.samovar.checks.Fact;
import dev.samovar.checks.Figure;
import dev.samovar.checks.Severity;
import dev.samovar.evidence.Window;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The answer (CONTRACT.md, section 4). The same evidence gives the same report but for {@code id}
 * and the times it took.
 *
 * @param causes most likely first; empty unless the verdict is cause-found
 * @param rows one for every check, in the fixed order
 * @param changes what somebody changed around the onset, newest first
 * @param reached whether any source of evidence answered at all
 * @param exhibits what the findings look like, the signal of the onset first; for pictures, and no
 *     part of the JSON
 */
public record Report(
    String id,
    String model,
    String text,
    Window window,
    String referenceKind,
    List<Window> reference,
    Verdict verdict,
    String headline,
    Optional<Onset> onset,
    List<Cause> causes,
    List<Row> rows,
    List<Change> changes,
    boolean reached,
    long tookMillis,
    List<Exhibit> exhibits) {

  /** Without anything to draw. */
  public Report(
      String id,
      String model,
      String text,
      Window window,
      String referenceKind,
      List<Window> reference,
      Verdict verdict,
      String headline,
      Optional<Onset> onset,
      List<Cause> causes,
      List<Row> rows,
      List<Change> changes,
      boolean reached,
      long tookMillis) {
    this(
        id,
        model,
        text,
        window,
        referenceKind,
        reference,
        verdict,
        headline,
        onset,
        causes,
        rows,
        changes,
        reached,
        tookMillis,
        List.of());
  }

  /**
   * What a finding looks like.
   *
   * @param check whose finding
   * @param isOnset whether it is the signal in which the beginning was seen
   */
  public record Exhibit(CheckId check, boolean isOnset, Figure figure) {}

  /**
   * When the trouble began.
   *
   * @param at the best estimate
   * @param signal in which it was seen
   */
  public record Onset(Instant at, Instant earliest, Instant latest, String signal) {}

  /**
   * @param confidence 0 to 1
   * @param explains the other findings it accounts for
   * @param runbook path of its page
   */
  public record Cause(
      CheckId check,
      double confidence,
      String summary,
      Optional<Instant> since,
      List<Fact> evidence,
      List<CheckId> explains,
      String runbook) {
    public Cause {
      evidence = List.copyOf(evidence);
      explains = List.copyOf(explains);
    }

    Cause with(double other) {
      return new Cause(check, other, summary, since, evidence, explains, runbook);
    }
  }

  /** What became of a check. */
  public enum State {
    FOUND,
    CLEAR,
    NOT_CHECKED,
    FAILED;

    /** {@code not-checked}. */
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * @param severity of what was found; INFO where nothing was
   * @param reason why it could not look or failed; empty otherwise
   * @param remedy what to do about that; empty otherwise
   * @param evidence of a finding, also where it is no ranked cause
   */
  public record Row(
      CheckId check,
      State state,
      Severity severity,
      String summary,
      String reason,
      String remedy,
      List<Fact> evidence,
      long tookMillis) {
    public Row {
      evidence = List.copyOf(evidence);
    }
  }

  public Report {
    reference = List.copyOf(reference);
    causes = List.copyOf(causes);
    rows = List.copyOf(rows);
    changes = List.copyOf(changes);
    // Kept by a later version, one may be of a sort that this one does not know.
    exhibits = exhibits.stream().filter(one -> Objects.nonNull(one.figure())).toList();
  }

  public Row row(CheckId check) {
    return rows.stream()
        .filter(row -> row.check() == check)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Every check has a row: " + check));
  }
}
