package dev.samovar.charts;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Times as the reader's clock shows them. */
record Times(ZoneId zone) {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter BOTH =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

  /** Distances between ticks that clocks make easy, in minutes. */
  private static final int[] STEPS = {
    1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14_400, 43_200
  };

  record Tick(Instant at, String label) {}

  String name() {
    return zone.equals(ZoneOffset.UTC) || zone.getId().equals("Z") ? "UTC" : zone.getId();
  }

  String clock(Instant at) {
    return CLOCK.format(at.atZone(zone));
  }

  /** With its day. */
  String full(Instant at) {
    return BOTH.format(at.atZone(zone));
  }

  /** With its day where another than the one given is meant. */
  String near(Instant at, Instant other) {
    return day(at).equals(day(other)) ? clock(at) : full(at);
  }

  /** {@code 20 May 2026} or {@code 19 to 20 May 2026}. */
  String days(Instant from, Instant to) {
    return day(from).equals(day(to))
        ? DATE.format(to.atZone(zone))
        : DAY.format(from.atZone(zone)) + " to " + DATE.format(to.atZone(zone));
  }

  private LocalDate day(Instant at) {
    return at.atZone(zone).toLocalDate();
  }

  /** Round times within, at most so many. */
  List<Tick> ticks(Instant from, Instant to, int most) {
    long minutes = Math.max(1, Duration.between(from, to).toMinutes());
    int step = STEPS[STEPS.length - 1];
    for (int one : STEPS) {
      if (minutes / one <= most) {
        step = one;
        break;
      }
    }
    List<Tick> ticks = new ArrayList<>();
    ZonedDateTime midnight = from.atZone(zone).truncatedTo(ChronoUnit.DAYS);
    if (step >= 1440) {
      int days = step / 1440;
      for (ZonedDateTime at = midnight; !at.toInstant().isAfter(to); at = at.plusDays(days)) {
        add(ticks, at, from, DAY.format(at));
      }
      return ticks;
    }
    // From each midnight anew: a day on which clocks change still has round hours.
    for (ZonedDateTime day = midnight; !day.toInstant().isAfter(to); day = day.plusDays(1)) {
      for (int minute = 0; minute < 1440; minute += step) {
        ZonedDateTime at = day.toLocalDate().atTime(minute / 60, minute % 60).atZone(zone);
        if (!at.toInstant().isAfter(to)) {
          add(ticks, at, from, minute == 0 ? DAY.format(at) : CLOCK.format(at));
        }
      }
    }
    return ticks;
  }

  private static void add(List<Tick> ticks, ZonedDateTime at, Instant from, String label) {
    Instant instant = at.toInstant();
    boolean isNew = ticks.isEmpty() || instant.isAfter(ticks.get(ticks.size() - 1).at());
    if (!instant.isBefore(from) && isNew) {
      ticks.add(new Tick(instant, label));
    }
  }
}
