package dev.samovar.evidence;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code 250ms}, {@code 90s}, {@code 90m}, {@code 2h}, {@code 3d}, {@code 1w}, {@code PT2H}. */
public final class Durations {
  private static final Pattern SHORT = Pattern.compile("(\\d{1,7})\\s*(ms|s|m|min|h|d|w)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "min", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1),
          "w", Duration.ofDays(7));

  private Durations() {}

  /** Empty where the text is no duration, or not a positive one. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = SHORT.matcher(text.strip().toLowerCase(Locale.ROOT));
    Duration duration;
    if (matcher.matches()) {
      duration =
          UNITS
              .getOrDefault(matcher.group(2), Duration.ZERO)
              .multipliedBy(Long.parseLong(matcher.group(1)));
    } else {
      try {
        duration = Duration.parse(text.strip());
      } catch (DateTimeParseException e) {
        return Optional.empty();
      }
    }
    return duration.isZero() || duration.isNegative() ? Optional.empty() : Optional.of(duration);
  }
}
