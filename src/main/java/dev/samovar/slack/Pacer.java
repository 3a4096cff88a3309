package dev.samovar.slack;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/** Keeps a distance between calls of a kind, so that Slack need not ask for it. */
final class Pacer {
  private final long gap;
  private final LongSupplier nanos;
  private final ConcurrentMap<String, Long> next = new ConcurrentHashMap<>();

  /**
   * @param nanos a clock that only goes forward
   */
  Pacer(Duration gap, LongSupplier nanos) {
    this.gap = gap.toNanos();
    this.nanos = nanos;
  }

  /** Takes the next place in the row of that key; how long to wait for it. */
  Duration reserve(String key) {
    long now = nanos.getAsLong();
    long mine =
        next.compute(key, (k, free) -> (free == null || free - now < 0 ? now : free) + gap) - gap;
    return Duration.ofNanos(mine - now);
  }

  /** Takes a place only where there is nothing to wait for. */
  boolean isFree(String key) {
    long now = nanos.getAsLong();
    boolean[] taken = {false};
    next.compute(
        key,
        (k, free) -> {
          taken[0] = free == null || free - now <= 0;
          return taken[0] ? Long.valueOf(now + gap) : free;
        });
    return taken[0];
  }
}
