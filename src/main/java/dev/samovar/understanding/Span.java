package dev.samovar.understanding;

import dev.samovar.understanding.TimeWords.Word;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads how long: {@code 2 hours}, {@code ~90min}, {@code half a day}, {@code 1h30}. */
final class Span {
  private static final Set<String> UNITS = Set.of("minute", "hour", "day", "week", "month");

  /** Minutes in a unit that may be halved. */
  private static final Map<String, Integer> MINUTES =
      Map.of("minute", 1, "hour", 60, "day", 24 * 60, "week", 7 * 24 * 60);

  private final List<Word> words;

  Span(List<Word> words) {
    this.words = words;
  }

  Optional<TimeReader.Time> at(int i) {
    return fraction(i).or(() -> joined(i)).or(() -> counted(i));
  }

  private String plain(int i) {
    return i < words.size() ? words.get(i).plain() : "";
  }

  /** {@code half an hour}, {@code a quarter of an hour}, {@code half a day}. */
  private Optional<TimeReader.Time> fraction(int i) {
    int start = plain(i).equals("1") || plain(i).equals("3") ? i + 1 : i;
    int share = plain(start).equals("half") ? 2 : plain(start).startsWith("quarter") ? 4 : 0;
    int next = start + 1;
    if (share == 0) {
      return Optional.empty();
    }
    if (plain(next).equals("of")) {
      next++;
    }
    if (plain(next).equals("1")) {
      next++;
    }
    String unit = plain(next);
    if (!unit.equals("hour") && !unit.equals("day")) {
      return Optional.empty();
    }
    int minutes = unit.equals("hour") ? 60 : 24 * 60;
    int times = share == 4 && plain(i).equals("3") ? 3 : 1;
    return Optional.of(
        time(form(BigDecimal.valueOf(times * minutes / share), "minute"), i, next + 1));
  }

  /** {@code 2h}, {@code ~90min}, {@code 1h30}. */
  private static Optional<TimeReader.Time> ofToken(String word, int i) {
    int digits = 0;
    String bare = word.startsWith("~") || word.startsWith("+") ? word.substring(1) : word;
    while (digits < bare.length()
        && (Character.isDigit(bare.charAt(digits)) || bare.charAt(digits) == '.')) {
      digits++;
    }
    if (digits == 0 || digits > 4 || digits == bare.length()) {
      return Optional.empty();
    }
    String count = bare.substring(0, digits);
    String rest = bare.substring(digits);
    Optional<String> unit =
        switch (rest) {
          case "m", "min", "mins", "minutes" -> Optional.of("minute");
          case "h", "hr", "hrs", "hours", "std" -> Optional.of("hour");
          case "d", "days", "day" -> Optional.of("day");
          case "w", "wk", "wks", "weeks" -> Optional.of("week");
          default -> Optional.empty();
        };
    String minutes = rest.endsWith("m") ? rest.substring(0, rest.length() - 1) : rest;
    boolean isBoth = minutes.length() == 3 && minutes.charAt(0) == 'h' && isWhole(minutes, 1);
    if (unit.isEmpty() && isBoth && count.indexOf('.') < 0) {
      String form = "PT" + count + "H" + Integer.parseInt(minutes.substring(1)) + "M";
      return Optional.of(time(form.replace("H0M", "H"), i, i + 1));
    }
    return isNumber(count)
        ? unit.map(known -> time(form(new BigDecimal(count), known), i, i + 1))
        : Optional.empty();
  }

  private static boolean isNumber(String digits) {
    return Character.isDigit(digits.charAt(digits.length() - 1))
        && digits.indexOf('.') == digits.lastIndexOf('.');
  }

  private static boolean isWhole(String word, int from) {
    return word.substring(from).chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private Optional<TimeReader.Time> joined(int i) {
    return ofToken(plain(i), i);
  }

  /** {@code 2 hours}, {@code 1.5 h}, {@code one and a half days}, {@code an hour and a half}. */
  private Optional<TimeReader.Time> counted(int i) {
    Optional<BigDecimal> count = number(plain(i));
    if (count.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal number = count.get();
    int next = i + 1;
    if (isAndAHalf(next)) {
      number = number.add(new BigDecimal("0.5"));
      next += 3;
    }
    while (Set.of("of", "full", "whole", "straight", "solid", "good", "consecutive", "more")
        .contains(plain(next))) {
      next++;
    }
    String unit = plain(next);
    if (!UNITS.contains(unit)) {
      return Optional.empty();
    }
    next++;
    if (isAndAHalf(next)) {
      number = number.add(new BigDecimal("0.5"));
      next += 3;
    }
    return Optional.of(time(form(number, unit), i, next));
  }

  private boolean isAndAHalf(int i) {
    return Set.of("and", "und", "y", "et").contains(plain(i))
        && plain(i + 1).equals("1")
        && plain(i + 2).equals("half");
  }

  private static Optional<BigDecimal> number(String word) {
    String bare = word.startsWith("~") ? word.substring(1) : word;
    boolean isNumber =
        !bare.isEmpty()
            && bare.length() <= 5
            && Character.isDigit(bare.charAt(0))
            && Character.isDigit(bare.charAt(bare.length() - 1))
            && bare.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.')
            && bare.indexOf('.') == bare.lastIndexOf('.');
    return isNumber ? Optional.of(new BigDecimal(bare)) : Optional.empty();
  }

  private static String form(BigDecimal number, String unit) {
    Integer minutes = MINUTES.get(unit);
    boolean isWhole = number.stripTrailingZeros().scale() <= 0;
    if (!isWhole && minutes != null && minutes > 1) {
      return form(number.multiply(BigDecimal.valueOf(minutes)), "minute");
    }
    int count = number.intValue();
    return switch (unit) {
      case "minute" ->
          count % 60 == 0 && count >= 60 ? "PT" + count / 60 + "H" : "PT" + count + "M";
      case "hour" -> "PT" + count + "H";
      case "day" -> "P" + count + "D";
      case "week" -> "P" + count + "W";
      default -> "P" + count + "M";
    };
  }

  private static TimeReader.Time time(String form, int from, int to) {
    return new TimeReader.Time(TimeReader.Kind.ELAPSED, form, from, to);
  }
}
