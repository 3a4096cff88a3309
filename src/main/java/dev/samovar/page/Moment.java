package dev.samovar.page;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that happened.
 *
 * @param kind as the style calls it: {@code change}, {@code onset}, {@code cause}, {@code look}
 * @param label what it is, in a word or two
 * @param says more of it; may be empty
 * @param isRoutine whether the like of it happens every day or two
 */
public record Moment(
    Instant at, String kind, String label, String says, Optional<Link> link, boolean isRoutine) {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  /** {@code Wed 20 May}. */
  public String day() {
    return day(at);
  }

  /** {@code 14:05}. */
  public String clock() {
    return clock(at);
  }

  static String day(Instant at) {
    return DAY.format(at);
  }

  static boolean isOneDay(Instant one, Instant other) {
    return LocalDate.ofInstant(one, ZoneOffset.UTC)
        .equals(LocalDate.ofInstant(other, ZoneOffset.UTC));
  }

  static String clock(Instant at) {
    return CLOCK.format(at);
  }
}
