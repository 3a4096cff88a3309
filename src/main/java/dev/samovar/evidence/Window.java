package dev.samovar.evidence;

import java.time.Duration;
import java.time.Instant;

/** A stretch of time: {@code from} belongs to it, {@code to} does not. */
public record Window(Instant from, Instant to) implements Comparable<Window> {
  public Window {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("A window ends after it begins: " + from + " … " + to);
    }
  }

  public Duration length() {
    return Duration.between(from, to);
  }

  public Window earlierBy(Duration shift) {
    return new Window(from.minus(shift), to.minus(shift));
  }

  public boolean contains(Instant instant) {
    return !instant.isBefore(from) && instant.isBefore(to);
  }

  @Override
  public int compareTo(Window other) {
    int byStart = from.compareTo(other.from);
    return byStart != 0 ? byStart : to.compareTo(other.to);
  }
}
