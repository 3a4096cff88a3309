package dev.samovar.repository;

import java.time.Duration;

/** By when everything must be back. */
public final class Deadline {
  private final long end;
  private final Duration budget;

  private Deadline(long end, Duration budget) {
    this.end = end;
    this.budget = budget;
  }

  public static Deadline in(Duration budget) {
    return new Deadline(System.nanoTime() + budget.toNanos(), budget);
  }

  /** At least a moment, so that whoever is asked too late says so himself. */
  public Duration left() {
    return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
  }

  /** Whether there is time for what would be good to know but is not needed. */
  public boolean hasTimeToSpare() {
    return left().compareTo(budget.dividedBy(3)) > 0;
  }

  /** For one of those things: however long it takes, the needed ones come after it. */
  public Deadline half() {
    return in(left().dividedBy(2));
  }
}
