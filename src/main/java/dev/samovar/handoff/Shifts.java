package dev.samovar.handoff;

import java.util.List;

/**
 * All that is handed over.
 *
 * @param duties one for each team that has a rota
 * @param everything all models, for who asks where no team is configured
 */
public record Shifts(List<Duty> duties, Duty everything, Handoffs handoffs, Handovers handovers) {
  public Shifts {
    duties = List.copyOf(duties);
  }
}
