package dev.samovar.checks;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that is not wrong yet and will be, if nobody does anything.
 *
 * @param what happens to what, without the time: {@code disk /data of gpu-7 is full}
 * @param at when; empty where a level grows that has no limit
 * @param because what it is drawn from, in a sentence
 */
public record Forecast(Kind kind, String what, Optional<Instant> at, String because) {

  /** What will be wrong. */
  public enum Kind {
    STALE_MODEL,
    DISK_FULL,
    MEMORY_FULL,
    GPU_MEMORY_FULL,
    CERTIFICATE,
    LAG;

    /** {@code disk-full}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
