package dev.samovar.understanding;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.stream.Stream;

/** Turns the forms of {@link Since} into a moment. */
final class SinceStart {
  private static final ZoneId CENTRAL_EUROPE = ZoneId.of("Europe/Berlin");

  private SinceStart() {}

  static Instant of(String form, Instant now, ZoneId zone) {
    if (form.startsWith("P")) {
      return form.contains("T")
          ? now.minus(java.time.Duration.parse(form))
          : now.atZone(zone).minus(Period.parse(form)).toInstant();
    }
    String text = form.substring(form.indexOf(':') + 1);
    ZoneId meant = zone;
    if (text.endsWith(" UTC")) {
      meant = ZoneOffset.UTC;
    } else if (text.endsWith(" CET")) {
      meant = CENTRAL_EUROPE;
    }
    String bare = text.replaceFirst(" (UTC|CET)$", "");
    ZonedDateTime here = now.atZone(meant);
    if (form.startsWith("time:")) {
      ZonedDateTime moment = here.with(LocalTime.parse(bare));
      return (moment.isAfter(here) ? moment.minusDays(1) : moment).toInstant();
    }
    return date(bare, here).toInstant();
  }

  private static ZonedDateTime date(String text, ZonedDateTime now) {
    ZonedDateTime today = now.toLocalDate().atStartOfDay(now.getZone());
    ZonedDateTime moment =
        switch (text) {
          case "today", "this morning" -> today;
          case "yesterday" -> today.minusDays(1);
          case "yesterday evening", "last night" -> today.minusDays(1).withHour(18);
          case "tonight" -> today.withHour(18);
          case "this week" -> today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
          case "last week" ->
              today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).minusWeeks(1);
          case "weekend" -> today.with(TemporalAdjusters.previousOrSame(DayOfWeek.SATURDAY));
          default -> other(text, now);
        };
    return moment.isBefore(now) ? moment : now.minusHours(2);
  }

  private static ZonedDateTime other(String text, ZonedDateTime now) {
    ZonedDateTime today = now.toLocalDate().atStartOfDay(now.getZone());
    if (text.startsWith("yesterday ")) {
      return today.minusDays(1).with(LocalTime.parse(text.substring("yesterday ".length())));
    }
    String day = text.replaceFirst("^last ", "");
    for (DayOfWeek weekday : DayOfWeek.values()) {
      if (weekday.name().toLowerCase(Locale.ROOT).equals(day)) {
        return today.with(TemporalAdjusters.previous(weekday));
      }
    }
    try {
      if (text.matches("\\d\\d-\\d\\d")) {
        LocalDate on = MonthDay.parse("--" + text).atYear(now.getYear());
        return (on.isAfter(now.toLocalDate()) ? on.minusYears(1) : on).atStartOfDay(now.getZone());
      }
      return text.length() > 10
          ? LocalDateTime.parse(text.replace(' ', 'T')).atZone(now.getZone())
          : LocalDate.parse(text).atStartOfDay(now.getZone());
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("No such day: " + text, e);
    }
  }

  static Stream<String> weekdays() {
    return Stream.of(DayOfWeek.values()).map(day -> day.name().toLowerCase(Locale.ROOT));
  }
}
