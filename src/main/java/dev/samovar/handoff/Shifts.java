package dev.samovar.handoff;

import java.util.List;
import java.util.function.Supplier;

/**
 * All that is handed over.
 *
 * @param current one for each team that has a rota, with the people that it has just now
 * @param everything all models, for who asks where no team is configured
 */
public record Shifts(
    Supplier<List<Duty>> current, Duty everything, Handoffs handoffs, Handovers handovers) {
  /** Of teams whose people the configuration names. */
  public Shifts(List<Duty> duties, Duty everything, Handoffs handoffs, Handovers handovers) {
    this(() -> duties, everything, handoffs, handovers);
  }

  public List<Duty> duties() {
    return current.get();
  }
}
