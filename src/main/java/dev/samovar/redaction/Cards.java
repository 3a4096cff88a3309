package dev.samovar.redaction;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Card numbers: a brand's prefix and length, and a check digit that is right. */
final class Cards implements Finder {
  private static final Pattern NUMBER = Pattern.compile("[0-9](?:[ -]?[0-9]){12,18}");

  /** What machines count, which now and then has a card's check digit. */
  private static final Set<String> COUNTED =
      Set.of(
          "offset",
          "lag",
          "bytes",
          "size",
          "seq",
          "lsn",
          "ts",
          "time",
          "timestamp",
          "pid",
          "tid",
          "position",
          "count",
          "total",
          "duration",
          "ns",
          "nanos",
          "micros",
          "millis",
          "of",
          "thread");

  @Override
  public List<Span> find(String text) {
    if (!Numbers.hasDigits(text, 13)) {
      return List.of();
    }
    List<Span> found = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(text);
    int at = 0;
    while (at < text.length() && matcher.find(at)) {
      int from = matcher.start();
      int to = matcher.end();
      if (isAlone(text, from, to)
          && isCard(text.substring(from, to))
          && !COUNTED.contains(Numbers.labelBefore(text, from))) {
        found.add(new Span(from, to, "card number"));
      }
      at = to;
    }
    return found;
  }

  private static boolean isAlone(String text, int from, int to) {
    return (from == 0 || !isPartOfMore(text.charAt(from - 1)))
        && (to == text.length()
            || !isPartOfMore(text.charAt(to))
            || (text.charAt(to) == '.'
                && (to + 1 == text.length() || !Character.isDigit(text.charAt(to + 1)))));
  }

  private static boolean isPartOfMore(char letter) {
    return Character.isLetterOrDigit(letter) || letter == '.' || letter == '-' || letter == '_';
  }

  static boolean isCard(String text) {
    String digits = Numbers.digits(text);
    return hasBrand(digits) && Numbers.isLuhn(digits) && isGrouped(text);
  }

  /** In fours, or as American Express and Diners print theirs, or together. */
  private static boolean isGrouped(String text) {
    return text.matches(
        "\\d+|\\d{4}([ -])\\d{4}\\1\\d{4}\\1\\d{1,7}|\\d{4}([ -])\\d{6}\\2\\d{4,5}");
  }

  private static boolean hasBrand(String digits) {
    int length = digits.length();
    int two = Integer.parseInt(digits.substring(0, 2));
    int four = Integer.parseInt(digits.substring(0, 4));
    if (digits.charAt(0) == '4') {
      return length == 13 || length == 16 || length == 19;
    }
    if (two == 34 || two == 37) {
      return length == 15;
    }
    if (two == 36 || two == 38 || two == 39 || isWithin(four, 3000, 3059)) {
      return length == 14;
    }
    boolean isSixteen =
        isWithin(two, 51, 55)
            || isWithin(four, 2221, 2720)
            || four == 6011
            || two == 65
            || isWithin(four, 6440, 6499)
            || isWithin(four, 3528, 3589)
            || two == 62
            || isWithin(four, 2200, 2204);
    return isSixteen && length == 16;
  }

  private static boolean isWithin(int number, int least, int most) {
    return number >= least && number <= most;
  }
}
