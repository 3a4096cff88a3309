package dev.samovar.oncall;

import dev.samovar.rota.Rota;
import java.util.Optional;

/**
 * A team, and how it says who is on call.
 *
 * @param rota by whose shifts it hands over; of people, where no schedule says otherwise
 * @param mayMention whether people on call are called, not only named
 */
public record Team(Rota rota, Optional<Watched> schedule, boolean mayMention) {
  /**
   * A schedule and who keeps it.
   *
   * @param id of the schedule
   */
  public record Watched(ScheduleSource source, String id) {}

  public String name() {
    return rota.team();
  }
}
