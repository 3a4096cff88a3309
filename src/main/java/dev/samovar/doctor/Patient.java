package dev.samovar.doctor;

import dev.samovar.triage.Report;
import java.util.List;
import java.util.Optional;

/**
 * What can be seen of one model.
 *
 * @param report a dry look: each check says itself whether it could
 * @param jsonIn the index expression whose messages are JSON that nobody took apart
 */
public record Patient(
    String model,
    Report report,
    List<Shelf> shelves,
    Optional<Proposal> proposal,
    Optional<String> jsonIn) {
  public Patient {
    shelves = List.copyOf(shelves);
  }

  static boolean canLook(Report.Row row) {
    return row.state() == Report.State.FOUND || row.state() == Report.State.CLEAR;
  }
}
