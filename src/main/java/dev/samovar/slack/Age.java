package dev.samovar.slack;

import java.time.Duration;

/** How long something is ago, in the unit people would say. */
final class Age {
  private Age() {}

  /** {@code 3 weeks}, {@code 1 day}, {@code 5 h}, {@code 12 min}. */
  static String words(Duration length) {
    long days = length.toDays();
    if (days >= 14) {
      return days / 7 + " weeks";
    }
    if (days >= 1) {
      return days == 1 ? "1 day" : days + " days";
    }
    return length.toHours() >= 1
        ? length.toHours() + " h"
        : Math.max(0, length.toMinutes()) + " min";
  }
}
