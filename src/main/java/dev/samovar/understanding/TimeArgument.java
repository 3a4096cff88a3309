package dev.samovar.understanding;

import dev.samovar.evidence.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A moment as people type it behind {@code since}, {@code --since}, {@code --from}, {@code --at}.
 */
public final class TimeArgument {
  public static final String ACCEPTED =
      "a duration (90m, 2h, 3d), a time (14:30), a day (yesterday, 2026-11-20), or both"
          + " (yesterday 18:00, 2026-11-20T18:00, 2026-11-20T18:00:00Z)";

  private static final List<Function<String, LocalDateTime>> LOCAL =
      List.of(
          text -> LocalDateTime.parse(text.replace(' ', 'T')),
          text -> LocalDate.parse(text).atStartOfDay());

  private TimeArgument() {}

  /**
   * The moment meant; a duration counts back from now. Times without a zone are the zone's; a time
   * of day is the last one that has passed.
   *
   * @throws IllegalArgumentException when the text is none of what is accepted; says what is
   */
  public static Instant parse(String text, Instant now, ZoneId zone) {
    String given = text.strip();
    Optional<Duration> duration = duration(given);
    if (duration.isPresent()) {
      return now.minus(duration.get());
    }
    Optional<Instant> exact =
        attempt(given.toUpperCase(Locale.ROOT), value -> OffsetDateTime.parse(value).toInstant());
    if (exact.isPresent()) {
      return exact.get();
    }
    for (Function<String, LocalDateTime> form : LOCAL) {
      Optional<LocalDateTime> local = attempt(given.toUpperCase(Locale.ROOT), form);
      if (local.isPresent()) {
        return local.get().atZone(zone).toInstant();
      }
    }
    return day(given.toLowerCase(Locale.ROOT), now.atZone(zone))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "“" + shown(given) + "” is no time I know; I take " + ACCEPTED));
  }

  /** Short forms, and {@code 2 hours}, {@code 30 minutes ago}. */
  private static Optional<Duration> duration(String text) {
    String compact =
        text.toLowerCase(Locale.ROOT)
            .replaceFirst("\\s+ago$", "")
            .replaceFirst("^(\\d{1,7}) ?(seconds?|secs?)$", "$1s")
            .replaceFirst("^(\\d{1,7}) ?(minutes?|mins?)$", "$1m")
            .replaceFirst("^(\\d{1,7}) ?(hours?|hrs?)$", "$1h")
            .replaceFirst("^(\\d{1,7}) ?days?$", "$1d")
            .replaceFirst("^(\\d{1,7}) ?weeks?$", "$1w")
            .replaceFirst("^(an? )?hour$", "1h")
            .replaceFirst("^(a )?day$", "1d")
            .replaceFirst("^(a )?week$", "1w");
    return Durations.parse(compact.startsWith("p") ? compact.toUpperCase(Locale.ROOT) : compact);
  }

  private static Optional<Instant> day(String text, ZonedDateTime now) {
    String rest = text;
    LocalDate day = now.toLocalDate();
    boolean isNamed = true;
    if (rest.startsWith("yesterday")) {
      day = day.minusDays(1);
      rest = rest.substring("yesterday".length()).strip();
    } else if (rest.startsWith("today")) {
      rest = rest.substring("today".length()).strip();
    } else if (rest.equals("this morning")) {
      rest = "06:00";
    } else if (rest.equals("last night")) {
      day = day.minusDays(1);
      rest = "20:00";
    } else {
      isNamed = false;
    }
    if (isNamed && rest.isEmpty()) {
      return Optional.of(day.atStartOfDay(now.getZone()).toInstant());
    }
    String padded = rest.matches("\\d:\\d\\d") ? "0" + rest : rest;
    LocalDate on = day;
    boolean fixed = isNamed;
    return attempt(padded, LocalTime::parse)
        .map(
            time -> {
              ZonedDateTime moment = on.atTime(time).atZone(now.getZone());
              return !fixed && moment.isAfter(now)
                  ? moment.minusDays(1).toInstant()
                  : moment.toInstant();
            });
  }

  private static <T> Optional<T> attempt(String text, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String shown(String text) {
    return text.length() <= 60 ? text : text.substring(0, 59) + "…";
  }
}
