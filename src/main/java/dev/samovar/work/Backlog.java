package dev.samovar.work;

import java.time.Instant;
import java.util.Optional;

/**
 * What is due and nobody has begun.
 *
 * @param oldest when the one that waits longest fell due; empty where none waits
 */
public record Backlog(int waiting, Optional<Instant> oldest) {
  public static final Backlog NONE = new Backlog(0, Optional.empty());

  /** One more that waits. */
  public Backlog and(Instant due) {
    return new Backlog(
        waiting + 1, oldest.filter(known -> known.isBefore(due)).or(() -> Optional.of(due)));
  }
}
