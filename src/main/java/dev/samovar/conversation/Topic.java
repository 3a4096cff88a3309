package dev.samovar.conversation;

import dev.samovar.evidence.Model;
import dev.samovar.triage.Report;
import dev.samovar.triage.Symptom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a thread is about.
 *
 * @param from since when the trouble is said to be
 * @param report the latest; empty while the first is under way
 */
public record Topic(Model model, Instant from, Set<Symptom> symptoms, Optional<Report> report) {
  public Topic {
    symptoms = Set.copyOf(symptoms);
  }
}
