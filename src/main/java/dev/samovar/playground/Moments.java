package dev.samovar.playground;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as somebody in the clock's zone reads them. */
final class Moments {
  private static final DateTimeFormatter TIME = format("HH:mm");
  private static final DateTimeFormatter SECONDS = format("HH:mm:ss");
  private static final DateTimeFormatter SHORT = format("MMM d, yyyy");
  private static final DateTimeFormatter DAY = format("MMMM d, yyyy");
  private static final DateTimeFormatter LONG = format("EEEE, MMMM d, yyyy");
  private static final DateTimeFormatter WEEKDAY = format("EEE d MMM");
  private static final DateTimeFormatter NUMBERS = format("yyyy-MM-dd");

  private final Clock clock;

  Moments(Clock clock) {
    this.clock = clock;
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }

  /** Of a message's name. */
  static Instant of(String ts) {
    String[] parts = ts.split("\\.", 2);
    return Instant.ofEpochSecond(Long.parseLong(parts[0]));
  }

  String time(Instant moment) {
    return TIME.format(local(moment));
  }

  /** “Today”, “Yesterday”, or the day. */
  String day(Instant moment) {
    return near(local(moment).toLocalDate(), LONG, true);
  }

  /** The day itself, short. */
  String date(Instant moment) {
    return WEEKDAY.format(local(moment));
  }

  private ZonedDateTime local(Instant moment) {
    return moment.atZone(clock.getZone());
  }

  private String near(LocalDate day, DateTimeFormatter otherwise, boolean isCapital) {
    LocalDate today = LocalDate.now(clock);
    String word =
        day.equals(today)
            ? "today"
            : day.equals(today.minusDays(1))
                ? "yesterday"
                : day.equals(today.plusDays(1)) ? "tomorrow" : "";
    if (word.isEmpty()) {
      return otherwise.format(day);
    }
    return isCapital ? word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) : word;
  }

  /** A form as {@code {date_short_pretty} at {time}} (docs: formatting text, dates). */
  String format(Instant moment, String form) {
    ZonedDateTime local = local(moment);
    LocalDate day = local.toLocalDate();
    return form.replace("{date_num}", NUMBERS.format(local))
        .replace("{date}", DAY.format(local))
        .replace("{date_short}", SHORT.format(local))
        .replace("{date_long}", LONG.format(local))
        .replace("{date_pretty}", near(day, DAY, false))
        .replace("{date_short_pretty}", near(day, SHORT, false))
        .replace("{date_long_pretty}", near(day, LONG, false))
        .replace("{time}", TIME.format(local))
        .replace("{time_secs}", SECONDS.format(local));
  }
}
