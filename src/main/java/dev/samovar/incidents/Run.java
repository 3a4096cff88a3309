package dev.samovar.incidents;

import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.time.Instant;

/** One look at the model: what it came to. */
public record Run(Instant at, Verdict verdict, String headline) {
  static Run of(Report report, Instant at) {
    return new Run(at, report.verdict(), report.headline());
  }
}
