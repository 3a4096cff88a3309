package dev.samovar.charts;

import dev.samovar.checks.Figure;
import java.util.Locale;

/** Values in words, as the text beside the picture writes them. */
final class Units {
  private Units() {}

  static String of(Figure.Unit unit, double value) {
    return switch (unit) {
      case SHARE -> percent(value);
      case COUNT -> whole(value);
      case MEBIBYTES -> whole(value) + " MiB";
      case MILLISECONDS -> number(value) + " ms";
      case SECONDS -> seconds(value);
      case NUMBER -> number(value);
    };
  }

  /** {@code 15.8 %}; small shares keep a digit that shows. */
  static String percent(double share) {
    double percent = share * 100;
    if (percent == 0 || percent == 100) {
      return Math.round(percent) + " %";
    }
    return String.format(
        Locale.ROOT, percent < 0.1 || percent > 99.9 ? "%.2f %%" : "%.1f %%", percent);
  }

  static String whole(double value) {
    return String.format(Locale.ROOT, "%,d", Math.round(value));
  }

  static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String seconds(double value) {
    if (value < 120) {
      return number(value) + " s";
    }
    return value < 7200
        ? number(Math.rint(value / 60)) + " min"
        : number(Math.rint(value / 360) / 10) + " h";
  }

  static String number(double value) {
    double size = Math.abs(value);
    if (size >= 1000 || value == Math.rint(value)) {
      return whole(value);
    }
    String text =
        String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.2g", value);
    return text.contains("e") || !text.contains(".")
        ? text
        : text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  /** At an axis: no digits that say nothing. */
  static String tick(Figure.Unit unit, double value) {
    return unit == Figure.Unit.SHARE
        ? number(Math.round(value * 1e6) / 1e4) + " %"
        : of(unit, value);
  }
}
