package dev.samovar.understanding;

import dev.samovar.evidence.Model;
import dev.samovar.triage.Symptom;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a message says.
 *
 * @param answer whether it reports trouble with a model in production
 * @param model the one it names; empty where it names none, or is no report
 * @param because which rule decided, in a line
 */
public record Reading(
    boolean answer,
    Optional<Model> model,
    Optional<Since> since,
    Set<Symptom> symptoms,
    String because) {
  public Reading {
    symptoms = Collections.unmodifiableSet(new TreeSet<>(symptoms));
  }
}
