package dev.samovar.understanding;

import dev.samovar.understanding.TimeWords.Word;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads times of day: {@code 14:30 UTC}, {@code 3pm}, {@code half past nine}, {@code noon}. */
final class Clock {
  private static final Set<String> LEADS =
      Set.of(
          "since", "from", "at", "around", "about", "after", "ab", "um", "gegen", "till", "until");
  private static final Set<String> IN_THE_MORNING = Set.of("morning", "this_morning", "am");

  private final List<Word> words;
  private final Tokens tokens;

  Clock(List<Word> words, Tokens tokens) {
    this.words = words;
    this.tokens = tokens;
  }

  Optional<TimeReader.Time> at(int i) {
    return switch (plain(i)) {
      case "noon" -> zoned(LocalTime.NOON, i, i + 1);
      case "midnight" -> zoned(LocalTime.MIDNIGHT, i, i + 1);
      case "half", "quarter" -> spoken(i);
      default -> written(i);
    };
  }

  private String plain(int i) {
    return i >= 0 && i < words.size() ? words.get(i).plain() : "";
  }

  /** {@code half past nine}, {@code quarter to six pm}, {@code halb neun}. */
  private Optional<TimeReader.Time> spoken(int i) {
    boolean isHalf = plain(i).equals("half");
    String side = plain(i + 1);
    boolean isGerman = isHalf && hour(side) >= 0 && written(i, "halb");
    int at = isGerman ? i + 1 : i + 2;
    boolean isPast = Set.of("past", "after", "nach").contains(side);
    int hour = hour(plain(at));
    if (hour < 0 || !(isGerman || isPast || (side.equals("to") && !isHalf))) {
      return Optional.empty();
    }
    LocalTime time = LocalTime.of(hour, 0).plusMinutes(isHalf ? 30 : 15);
    if (isGerman || !isPast) {
      time = LocalTime.of(hour, 0).minusMinutes(isHalf ? 30 : 15);
    }
    boolean isAfternoon = plain(at + 1).equals("pm") && hour < 12;
    boolean isMarked = plain(at + 1).equals("pm") || plain(at + 1).equals("am");
    return zoned(isAfternoon ? time.plusHours(12) : time, i, isMarked ? at + 2 : at + 1);
  }

  private boolean written(int i, String word) {
    return tokens.get(words.get(i).token()).word().equals(word);
  }

  private static int hour(String word) {
    boolean isNumber = !word.isEmpty() && word.length() <= 2 && isDigits(word);
    return isNumber && Integer.parseInt(word) < 24 ? Integer.parseInt(word) : -1;
  }

  private static boolean isDigits(String word) {
    return word.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private Optional<TimeReader.Time> written(int i) {
    String word = plain(i);
    if (word.isEmpty()) {
      return Optional.empty();
    }
    String bare = word.startsWith("~") ? word.substring(1) : word;
    int digits = 0;
    while (digits < bare.length() && Character.isDigit(bare.charAt(digits))) {
      digits++;
    }
    if (digits == 0 || digits > 2) {
      return digits == 4 && isDigits(bare) ? military(bare, i) : Optional.empty();
    }
    int hour = Integer.parseInt(bare.substring(0, digits));
    return hour > 23 ? Optional.empty() : rest(bare.substring(digits), hour, i);
  }

  /** {@code 0230 UTC}. */
  private Optional<TimeReader.Time> military(String digits, int i) {
    boolean isZoned = plain(i + 1).equals("utc") || plain(i + 1).equals("cet");
    int hour = Integer.parseInt(digits.substring(0, 2));
    int minute = Integer.parseInt(digits.substring(2));
    return isZoned && hour < 24 && minute < 60
        ? zoned(LocalTime.of(hour, minute), i, i + 1)
        : Optional.empty();
  }

  private Optional<TimeReader.Time> rest(String rest, int hour, int i) {
    if (rest.isEmpty()) {
      return whole(hour, i);
    }
    String bare = rest.endsWith("z") ? rest.substring(0, rest.length() - 1) : rest;
    char mark = bare.isEmpty() ? 'z' : bare.charAt(0);
    boolean hasMinutes = bare.length() >= 3 && isDigits(bare.substring(1, 3));
    if (hasMinutes && (mark == ':' || (mark == 'h' && bare.length() == 3) || isDotted(bare, i))) {
      int minute = Integer.parseInt(bare.substring(1, 3));
      return minute > 59 ? Optional.empty() : marked(hour, minute, tail(bare, 3), i);
    }
    return switch (bare) {
      case "am", "pm" -> marked(hour, 0, bare, i);
      case "h", "uhr" -> isLed(i) ? zoned(LocalTime.of(hour, 0), i, i + 1) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static String tail(String bare, int from) {
    return bare.length() >= from + 2 ? bare.substring(bare.length() - 2) : "";
  }

  /** A dot could be of any number: it needs “at” or a zone. */
  private boolean isDotted(String bare, int i) {
    return bare.charAt(0) == '.' && bare.length() == 3 && (isLed(i) || isZone(plain(i + 1)));
  }

  private boolean isLed(int i) {
    return LEADS.contains(plain(i - 1)) || LEADS.contains(plain(i - 2));
  }

  private static boolean isZone(String word) {
    return word.equals("utc") || word.equals("cet") || word.equals("uhr");
  }

  /** {@code 3 pm}, {@code 14 Uhr}, {@code since 9 this morning}. */
  private Optional<TimeReader.Time> whole(int hour, int i) {
    String next = plain(i + 1);
    if (next.equals("am") || next.equals("pm")) {
      return marked(hour, 0, next, i).map(time -> longer(time, 1));
    }
    if (isZone(next)) {
      return zoned(LocalTime.of(hour, 0), i, next.equals("uhr") ? i + 2 : i + 1);
    }
    boolean isMorning =
        IN_THE_MORNING.contains(next)
            || next.equals("this")
            || (next.equals("in") && plain(i + 2).equals("the") && plain(i + 3).equals("morning"));
    return isMorning && isLed(i) ? zoned(LocalTime.of(hour, 0), i, i + 1) : Optional.empty();
  }

  private static TimeReader.Time longer(TimeReader.Time time, int by) {
    return new TimeReader.Time(time.kind(), time.form(), time.from(), time.to() + by);
  }

  private Optional<TimeReader.Time> marked(int hour, int minute, String half, int i) {
    String next = plain(i + 1);
    boolean isBehind = half.isEmpty() && (next.equals("pm") || next.equals("am"));
    String mark = isBehind ? next : half;
    if (hour > 12 || (hour == 0 && mark.equals("pm"))) {
      return zoned(LocalTime.of(hour, minute), i, i + 1);
    }
    int shifted = hour;
    if (mark.equals("pm") && hour < 12) {
      shifted = hour + 12;
    } else if (mark.equals("am") && hour == 12) {
      shifted = 0;
    }
    return zoned(LocalTime.of(shifted, minute), i, isBehind ? i + 2 : i + 1);
  }

  private Optional<TimeReader.Time> zoned(LocalTime time, int from, int to) {
    String zone =
        switch (plain(to)) {
          case "utc" -> " UTC";
          case "cet" -> " CET";
          default -> tokens.get(words.get(to - 1).token()).word().endsWith("z") ? " UTC" : "";
        };
    boolean isNamed = isZone(plain(to)) && !plain(to).equals("uhr");
    return Optional.of(
        new TimeReader.Time(
            TimeReader.Kind.CLOCK, "time:" + time + zone, from, isNamed ? to + 1 : to));
  }
}
