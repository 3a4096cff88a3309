package dev.samovar.work;

import java.time.Duration;
import java.util.Optional;

/** How long to wait before work that threw is tried again: twice as long each time. */
public final class Retry {
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final int TRIES = 8;

  private Retry() {}

  /**
   * @param failures in a row, the last included
   * @return empty where it is given up
   */
  public static Optional<Duration> after(int failures) {
    return failures >= TRIES
        ? Optional.empty()
        : Optional.of(FIRST.multipliedBy(1L << (failures - 1)));
  }
}
