package dev.samovar.understanding;

import static dev.samovar.triage.Symptom.CONSTANT_OUTPUT;
import static dev.samovar.triage.Symptom.COST;
import static dev.samovar.triage.Symptom.DRIFT;
import static dev.samovar.triage.Symptom.ERRORS;
import static dev.samovar.triage.Symptom.LATENCY;
import static dev.samovar.triage.Symptom.MISSING_DATA;
import static dev.samovar.triage.Symptom.NAN;
import static dev.samovar.triage.Symptom.OOM;
import static dev.samovar.triage.Symptom.PIPELINE;
import static dev.samovar.triage.Symptom.QUALITY;
import static dev.samovar.triage.Symptom.SKEW;
import static dev.samovar.triage.Symptom.STALE;
import static dev.samovar.triage.Symptom.UNSPECIFIED;
import static dev.samovar.triage.Symptom.WRONG_OUTPUT;

import dev.samovar.triage.Symptom;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of the symptoms a message names it is about. People say what they see and what comes of it
 * (“a pod out of memory, so errors”, “no features, so bad scores”): the first is meant.
 */
final class Symptoms {
  private static final Map<Symptom, Set<Symptom>> OUTCOMES =
      Map.ofEntries(
          Map.entry(OOM, Set.of(ERRORS, LATENCY, QUALITY, WRONG_OUTPUT)),
          Map.entry(NAN, Set.of(ERRORS, MISSING_DATA, QUALITY, WRONG_OUTPUT, CONSTANT_OUTPUT)),
          Map.entry(CONSTANT_OUTPUT, Set.of(QUALITY, WRONG_OUTPUT, STALE)),
          Map.entry(SKEW, Set.of(DRIFT, ERRORS, QUALITY)),
          Map.entry(DRIFT, Set.of(QUALITY, WRONG_OUTPUT)),
          Map.entry(COST, Set.of(QUALITY, WRONG_OUTPUT)),
          Map.entry(PIPELINE, Set.of(ERRORS, STALE, QUALITY, WRONG_OUTPUT)),
          Map.entry(STALE, Set.of(QUALITY, WRONG_OUTPUT)),
          Map.entry(MISSING_DATA, Set.of(QUALITY, WRONG_OUTPUT)),
          Map.entry(LATENCY, Set.of(QUALITY, WRONG_OUTPUT)),
          Map.entry(ERRORS, Set.of(QUALITY, WRONG_OUTPUT)));

  private Symptoms() {}

  static Set<Symptom> meant(Set<Symptom> said) {
    Set<Symptom> meant = new TreeSet<>(said);
    for (Symptom symptom : said) {
      meant.removeAll(OUTCOMES.getOrDefault(symptom, Set.of()));
    }
    if (meant.size() > 1) {
      meant.remove(UNSPECIFIED);
    }
    return meant;
  }
}
