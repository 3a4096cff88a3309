package dev.samovar.rota;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of every day, in the time of one zone.
 *
 * @param end empty where it lasts until another begins; one that is not after the start is of the
 *     next day
 * @param people who take it in turn, where it has people of its own
 */
public record Shift(LocalTime start, Optional<LocalTime> end, ZoneId zone, List<Person> people) {
  private static final String TIME = "([01]\\d|2[0-3]):([0-5]\\d)";
  private static final Pattern FORM =
      Pattern.compile(TIME + "(?:\\s*[-–]\\s*(" + TIME + "))?\\s+(\\S+)");

  public Shift {
    people = List.copyOf(people);
  }

  /** {@code 09:00 Europe/Berlin} or {@code 09:00-18:00 Europe/Berlin}; empty for anything else. */
  public static Optional<Shift> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches() || !ZoneId.getAvailableZoneIds().contains(matcher.group(6))) {
      return Optional.empty();
    }
    return Optional.of(
        new Shift(
            LocalTime.of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))),
            Optional.ofNullable(matcher.group(3)).map(LocalTime::parse),
            ZoneId.of(matcher.group(6)),
            List.of()));
  }

  public Shift of(List<Person> its) {
    return new Shift(start, end, zone, its);
  }

  /** When the shift of a day begins. */
  Instant start(LocalDate day) {
    return instant(day.atTime(start), zone);
  }

  /** When the shift of a day ends by itself. */
  Optional<Instant> end(LocalDate day) {
    return end.map(
        time -> instant((time.isAfter(start) ? day : day.plusDays(1)).atTime(time), zone));
  }

  /**
   * An hour that the clocks skip is the moment when they go on; of an hour that comes twice the
   * first is meant. So shifts of one zone never change their order.
   */
  public static Instant instant(LocalDateTime local, ZoneId zone) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    return change != null && change.isGap() ? change.getInstant() : local.atZone(zone).toInstant();
  }

  /** {@code 09:00 Europe/Berlin}. */
  @Override
  public String toString() {
    return start + end.map(time -> "-" + time).orElse("") + " " + zone;
  }
}
