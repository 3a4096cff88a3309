package dev.samovar.incidents;

import dev.samovar.triage.Symptom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * How an incident began.
 *
 * @param from since when the trouble is said to be
 * @param said the words it was asked in
 * @param asker who asked, an id of the face; empty where another bot did
 * @param because why Samovar spoke unasked; empty where it was asked
 */
public record Opening(
    String model,
    Instant from,
    Set<Symptom> symptoms,
    String said,
    String asker,
    Optional<String> because,
    Instant at) {
  public Opening {
    symptoms = Set.copyOf(symptoms);
  }
}
