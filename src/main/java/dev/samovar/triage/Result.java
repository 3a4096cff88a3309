package dev.samovar.triage;

import dev.samovar.checks.CheckId;
import dev.samovar.checks.Outcome;
import dev.samovar.checks.Severity;
import dev.samovar.evidence.EvidenceException;
import java.util.List;

/** What became of one check in one investigation. */
sealed interface Result {

  /** It said something. */
  record Answered(Outcome outcome) implements Result {}

  /**
   * Its source or its code broke.
   *
   * @param answered whether a source of evidence spoke at all
   */
  record Failed(String reason, String remedy, boolean answered) implements Result {}

  /** One of several sources did not answer; the others did. */
  static Result silent(EvidenceException silence) {
    String said = silence.getMessage();
    return switch (silence.kind()) {
      case UNREACHABLE ->
          new Failed(said, "see that it runs and that its address is right", true);
      case TIMEOUT -> new Failed(said, "see what keeps it busy", true);
      case DENIED -> new Failed(said, "give Samovar credentials that may read there", true);
      case PARTIAL, BROKEN -> new Failed(said, "see its log", true);
    };
  }

  /** It was not back in time. */
  record Late(String reason) implements Result {}

  /** Whether, for this check's silence, nobody may call the model healthy. */
  default boolean isBlind() {
    if (this instanceof Answered answered) {
      return answered.outcome() instanceof Outcome.NotChecked unchecked && unchecked.blind();
    }
    return this instanceof Failed || this instanceof Late;
  }

  /** Whether a source of evidence spoke. */
  default boolean isReached() {
    return this instanceof Answered || (this instanceof Failed failed && failed.answered());
  }

  default Report.Row row(CheckId check, long tookMillis) {
    if (this instanceof Failed failed) {
      return unfinished(
          check, Report.State.FAILED, "Failed", failed.reason(), failed.remedy(), tookMillis);
    }
    if (this instanceof Late late) {
      return unfinished(
          check,
          Report.State.NOT_CHECKED,
          "Not checked",
          late.reason(),
          "ask about a shorter time, or see what keeps Elasticsearch busy",
          tookMillis);
    }
    Outcome outcome = ((Answered) this).outcome();
    if (outcome instanceof Outcome.NotChecked unchecked) {
      return unfinished(
          check,
          Report.State.NOT_CHECKED,
          "Not checked",
          unchecked.reason(),
          unchecked.remedy(),
          tookMillis);
    }
    if (outcome instanceof Outcome.Found found) {
      return new Report.Row(
          check,
          Report.State.FOUND,
          found.severity(),
          found.summary(),
          "",
          "",
          found.facts(),
          tookMillis);
    }
    return new Report.Row(
        check, Report.State.CLEAR, Severity.INFO, outcome.summary(), "", "", List.of(), tookMillis);
  }

  private static Report.Row unfinished(
      CheckId check,
      Report.State state,
      String word,
      String reason,
      String remedy,
      long tookMillis) {
    return new Report.Row(
        check, state, Severity.INFO, word + ": " + reason, reason, remedy, List.of(), tookMillis);
  }
}
