package dev.samovar.understanding;

import dev.samovar.understanding.TimeWords.Word;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the times a text states, whatever they are the times of. */
final class TimeReader {
  private static final Set<String> WEEKDAYS =
      SinceStart.weekdays().collect(Collectors.toUnmodifiableSet());
  private static final List<String> MONTHS =
      Stream.of(Month.values()).map(month -> month.name().toLowerCase(Locale.ROOT)).toList();
  private static final Set<String> DAYS =
      Set.of(
          "yesterday",
          "today",
          "last_night",
          "yesterday_evening",
          "this_morning",
          "tonight",
          "this_week",
          "last_week",
          "weekend");
  private static final Set<String> PARTS_OF_DAY =
      Set.of("evening", "night", "abend", "nacht", "soir", "sera", "noche", "tarde", "late");
  private static final Set<String> MORNINGS =
      Set.of("morning", "morgen", "fruh", "manana", "matin", "mattina", "manha");

  /** What kind of time it is. */
  enum Kind {
    ELAPSED,
    CLOCK,
    DAY
  }

  /**
   * A time in the text.
   *
   * @param from the index of its first word
   * @param to the index behind its last
   */
  record Time(Kind kind, String form, int from, int to) {}

  private final List<Word> words;
  private final Tokens tokens;
  private final Clock clock;

  TimeReader(List<Word> words, Tokens tokens) {
    this.words = words;
    this.tokens = tokens;
    this.clock = new Clock(words, tokens);
  }

  List<Time> all() {
    List<Time> found = new ArrayList<>();
    int i = 0;
    while (i < words.size()) {
      Optional<Time> time = at(i);
      time.ifPresent(found::add);
      i = time.map(Time::to).orElse(i + 1);
    }
    return found;
  }

  private Optional<Time> at(int i) {
    if (isHourMark(i)) {
      return timeOfDay(i);
    }
    return elapsed(i).or(() -> day(i)).or(() -> date(i)).or(() -> timeOfDay(i));
  }

  private String plain(int i) {
    return i >= 0 && i < words.size() ? words.get(i).plain() : "";
  }

  /** “From 16h20” is a time of day, “1h30 now” is none. */
  private boolean isHourMark(int i) {
    int mark = plain(i).indexOf('h');
    return mark > 0
        && mark == plain(i).length() - 3
        && Set.of("since", "from", "at", "around", "about").contains(plain(i - 1));
  }

  private Optional<Time> elapsed(int i) {
    Tokens.Token first = tokens.get(words.get(i).token());
    boolean isMillion = tokens.charAt(first.end() - 1) == 'M';
    boolean isPartOfName = first.start() > 0 && tokens.charAt(first.start() - 1) == '_';
    return isMillion || isPartOfName ? Optional.empty() : new Span(words).at(i);
  }

  private Optional<Time> timeOfDay(int i) {
    return clock
        .at(i)
        .map(
            time ->
                plain(time.to()).equals("yesterday")
                    ? new Time(
                        Kind.DAY,
                        "date:yesterday " + time.form().substring("time:".length()),
                        i,
                        time.to() + 1)
                    : time);
  }

  private Optional<Time> day(int i) {
    String word = plain(i);
    if (word.equals("yesterday")) {
      return Optional.of(yesterday(i));
    }
    if (word.equals("today") || word.equals("this_morning")) {
      Optional<Time> time = clock.at(isSoft(i + 1) ? i + 2 : i + 1);
      if (time.isPresent()) {
        return Optional.of(new Time(Kind.CLOCK, time.get().form(), i, time.get().to()));
      }
    }
    if (DAYS.contains(word)) {
      return Optional.of(new Time(Kind.DAY, "date:" + word.replace('_', ' '), i, i + 1));
    }
    if (word.equals("this") && MORNINGS.contains(plain(i + 1))) {
      return morning(i);
    }
    if (word.equals("this") && plain(i + 1).equals("afternoon")) {
      return Optional.of(new Time(Kind.DAY, "date:today", i, i + 2));
    }
    if (word.equals("this") && plain(i + 1).equals("week")) {
      return Optional.of(new Time(Kind.DAY, "date:this week", i, i + 2));
    }
    if (word.equals("last") || word.equals("past")) {
      return last(i);
    }
    return WEEKDAYS.contains(word) && isDay(i)
        ? Optional.of(new Time(Kind.DAY, "date:" + word, i, i + 1))
        : Optional.empty();
  }

  private Optional<Time> morning(int i) {
    Optional<Time> time = clock.at(isSoft(i + 2) ? i + 3 : i + 2);
    return Optional.of(
        time.map(at -> new Time(Kind.CLOCK, at.form(), i, at.to()))
            .orElse(new Time(Kind.DAY, "date:this morning", i, i + 2)));
  }

  /** “Sun” and “mar” are words of their own where no day can be meant. */
  private boolean isDay(int i) {
    if (plain(i - 1).equals("black") || plain(i - 1).equals("good")) {
      return false;
    }
    String written = tokens.get(words.get(i).token()).word();
    return written.length() > 3
        || Set.of("since", "on", "last", "from", "after", "this", "until", "till", "before", "late")
            .contains(plain(i - 1));
  }

  private Time yesterday(int i) {
    int next = i + 1;
    while (isSoft(next)) {
      next++;
    }
    Optional<Time> time = clock.at(next);
    if (time.isPresent()) {
      String hour = time.get().form().substring("time:".length());
      return new Time(
          Kind.DAY, "date:yesterday " + hour.replaceFirst(" .*", ""), i, time.get().to());
    }
    return PARTS_OF_DAY.contains(plain(i + 1))
        ? new Time(Kind.DAY, "date:yesterday evening", i, i + 2)
        : new Time(Kind.DAY, "date:yesterday", i, i + 1);
  }

  private boolean isSoft(int i) {
    return Set.of("at", "around", "about", "um", "a", "les", "gegen", "vers", "alle", "om", "@")
            .contains(tokensWord(i))
        || plain(i).equals("~");
  }

  private String tokensWord(int i) {
    return i < words.size() ? tokens.get(words.get(i).token()).word() : "";
  }

  private Optional<Time> last(int i) {
    String next = plain(i + 1);
    if (WEEKDAYS.contains(next)) {
      return Optional.of(new Time(Kind.DAY, "date:last " + next, i, i + 2));
    }
    if (next.equals("weekend")) {
      return Optional.of(new Time(Kind.DAY, "date:weekend", i, i + 2));
    }
    if (next.equals("day") && tokensWord(i + 1).equals("night")) {
      return Optional.of(new Time(Kind.DAY, "date:last night", i, i + 2));
    }
    if (next.equals("week")) {
      return Optional.of(new Time(Kind.DAY, "date:last week", i, i + 2));
    }
    if (next.equals("hour") && !tokensWord(i + 1).endsWith("s")) {
      return Optional.of(new Time(Kind.ELAPSED, "PT1H", i, i + 2));
    }
    if (next.equals("month") && plain(i).equals("past")) {
      return Optional.of(new Time(Kind.ELAPSED, "P1M", i, i + 2));
    }
    return Optional.empty();
  }

  /** {@code Nov 20}, {@code 20 November}, {@code 20th of Nov}, {@code 11/20}, {@code 11-20}. */
  private Optional<Time> date(int i) {
    int month = MONTHS.indexOf(plain(i)) + 1;
    if (month > 0) {
      return monthDay(month, ordinal(i + 1), i, i + 2);
    }
    int next = plain(i + 1).equals("of") || plain(i + 1).equals("de") ? i + 2 : i + 1;
    month = MONTHS.indexOf(plain(next)) + 1;
    if (month > 0 && ordinal(i) > 0) {
      return monthDay(month, ordinal(i), i, next + 1);
    }
    if (i + 1 < words.size() && isShortDate(i)) {
      return monthDay(ordinal(i), ordinal(i + 1), i, i + 2)
          .or(() -> monthDay(ordinal(i + 1), ordinal(i), i, i + 2));
    }
    return Optional.empty();
  }

  private boolean isShortDate(int i) {
    Tokens.Token first = tokens.get(words.get(i).token());
    Tokens.Token second = tokens.get(words.get(i + 1).token());
    char between = tokens.after(words.get(i).token());
    return (between == '/' || between == '-')
        && second.start() == first.end() + 1
        && first.word().length() <= 2
        && second.word().length() == 2
        && Set.of("since", "on", "from", "after").contains(plain(i - 1));
  }

  private static Optional<Time> monthDay(int month, int day, int from, int to) {
    return month >= 1 && month <= 12 && day >= 1 && day <= 31
        ? Optional.of(
            new Time(Kind.DAY, String.format(Locale.ROOT, "date:%02d-%02d", month, day), from, to))
        : Optional.empty();
  }

  private int ordinal(int i) {
    String word = plain(i).replaceFirst("(st|nd|rd|th)$", "");
    return word.length() >= 1 && word.length() <= 2 && word.chars().allMatch(Character::isDigit)
        ? Integer.parseInt(word)
        : 0;
  }
}
