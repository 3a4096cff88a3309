package dev.samovar.incidents;

import java.time.Instant;

/**
 * The model is looked at again and again until it is well.
 *
 * @param until when to give up
 * @param wellRuns how many looks in a row found nothing
 */
public record Watch(String by, Instant since, Instant until, int wellRuns) {
  /** One quiet look may be luck. */
  public static final int ENOUGH = 2;

  boolean isOver(Instant now) {
    return !now.isBefore(until);
  }
}
