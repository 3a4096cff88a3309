package dev.samovar.checks;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** How figures, times and lists are put into sentences. */
final class Text {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Text() {}

  /** {@code 15.8 %}; small shares keep a digit that shows. */
  static String percent(double share) {
    double percent = share * 100;
    if (percent == 0) {
      return "0 %";
    }
    if (percent == 100) {
      return "100 %";
    }
    return String.format(
        Locale.ROOT, percent < 0.1 ? "%.2f %%" : percent > 99.9 ? "%.2f %%" : "%.1f %%", percent);
  }

  static String figure(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  static String count(long count, String singular) {
    return count(count) + " " + (count == 1 ? singular : singular + "s");
  }

  static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** {@code 3 d 4 h}, {@code 26 h}, {@code 45 min}: two units at most. */
  static String duration(Duration duration) {
    long minutes = duration.toMinutes();
    if (minutes < 1) {
      return duration.toSeconds() + " s";
    }
    if (minutes < 60) {
      return minutes + " min";
    }
    long hours = minutes / 60;
    if (hours < 48) {
      return hours + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }
    return hours / 24 + " d" + (hours % 24 == 0 ? "" : " " + hours % 24 + " h");
  }

  /** {@code a, b and 3 more}. */
  static String list(List<String> items, int shown) {
    int more = items.size() - shown;
    if (more > 0) {
      return String.join(", ", items.subList(0, shown)) + " and " + more + " more";
    }
    return items.size() < 2
        ? String.join("", items)
        : String.join(", ", items.subList(0, items.size() - 1))
            + " and "
            + items.get(items.size() - 1);
  }
}
