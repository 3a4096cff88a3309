package dev.samovar.understanding;

import java.time.Instant;
import java.time.ZoneId;

/**
 * When the trouble began, as somebody said it.
 *
 * @param form as {@code samovar understand} prints it: {@code PT2H}, {@code time:14:30 UTC}, {@code
 *     date:yesterday 18:00}
 */
public record Since(String form) {

  /** The moment meant; times of day are the last that have passed. */
  public Instant start(Instant now, ZoneId zone) {
    return SinceStart.of(form, now, zone);
  }
}
