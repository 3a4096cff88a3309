package dev.samovar.handoff;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Keeps handovers. */
public interface Handovers {

  /**
   * Keeps it, unless there is one for that end of a shift already.
   *
   * @return whether it was the first
   */
  boolean begin(Handover handover);

  Optional<Handover> find(String id);

  /** Those of a team that ended by then and were not sent, oldest first. */
  List<Handover> unsent(String team, Instant until);

  /** Those that were sent and nobody has taken, oldest first. */
  List<Handover> waiting(String team);

  /** How many of a team people wait for: not sent in time, or not taken. */
  default long late(String team, Instant now) {
    return Stream.concat(unsent(team, now).stream(), waiting(team).stream())
        .filter(one -> one.isLate(now))
        .count();
  }

  /**
   * Changes one, while nobody else does.
   *
   * @return as it is now; empty where it is not known
   */
  Optional<Handover> change(String id, UnaryOperator<Handover> change);
}
