package dev.samovar.handoff;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

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

  /**
   * Changes one, while nobody else does.
   *
   * @return as it is now; empty where it is not known
   */
  Optional<Handover> change(String id, UnaryOperator<Handover> change);
}
