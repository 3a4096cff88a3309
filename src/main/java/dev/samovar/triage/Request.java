package dev.samovar.triage;

import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import java.util.Set;

/**
 * Somebody asks.
 *
 * @param window the time of the trouble; its end counts as now
 * @param text the words it was asked in; empty where there were none
 * @param symptoms as said
 */
public record Request(Model model, Window window, String text, Set<Symptom> symptoms) {
  public Request {
    symptoms = Set.copyOf(symptoms);
  }
}
