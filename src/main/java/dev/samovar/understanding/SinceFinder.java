package dev.samovar.understanding;

import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds when the trouble began in what somebody wrote, in lower case. */
final class SinceFinder {
  private static final String LEAD =
      "(?:since|for|from|after|over|in|starting|started|starts|began|begun|start|past|last|around|about|the"
          + " last|the past|it's been|been)";
  private static final String SOFT =
      "(?: (?:about|around|like|the|at|maybe|roughly|approx|~|past|last|ca\\.?))*[ ~]*";
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("a", "1"),
          Map.entry("an", "1"),
          Map.entry("one", "1"),
          Map.entry("two", "2"),
          Map.entry("a couple of", "2"),
          Map.entry("couple of", "2"),
          Map.entry("three", "3"),
          Map.entry("four", "4"),
          Map.entry("five", "5"),
          Map.entry("six", "6"),
          Map.entry("ten", "10"),
          Map.entry("twelve", "12"));
  private static final String NUMBER =
      "(\\d{1,4}|" + WORDS.keySet().stream().sorted().collect(Collectors.joining("|")) + ")";
  private static final String UNIT =
      "(minutes?|mins?|min|m|hours?|hrs?|hr|h|days?|d|weeks?|wks?|w|months?|stunden?|tagen?)";
  private static final String DAYS = SinceStart.weekdays().collect(Collectors.joining("|"));

  private record Rule(Pattern pattern, Function<MatchResult, Optional<String>> form) {}

  private static final List<Rule> RULES =
      List.of(
          rule(
              "(\\d{4}-\\d\\d-\\d\\d)[ t](\\d\\d:\\d\\d)(?::\\d\\d)?(?:z| ?utc)?",
              m -> Optional.of("date:" + m.group(1) + " " + m.group(2) + " UTC")),
          rule(LEAD + SOFT + "half an hour|half an hour ago", m -> Optional.of("PT30M")),
          rule(LEAD + SOFT + "half a day", m -> Optional.of("PT12H")),
          rule(
              "(\\d+|two|three|four|five) nights in a row",
              m -> Optional.of("P" + number(m.group(1)) + "D")),
          rule(
              LEAD + SOFT + NUMBER + " ?" + UNIT,
              m -> Optional.of(elapsed(m.group(1), m.group(2)))),
          rule(
              NUMBER + " ?" + UNIT + " (?:ago|now|straight|already|behind|old|late|overdue)",
              m -> Optional.of(elapsed(m.group(1), m.group(2)))),
          rule(
              "yesterday(?: at| around)? (\\d{1,2})(?::(\\d\\d))? ?(am|pm)?(?! ?%)",
              m ->
                  clock(m.group(1), m.group(2), m.group(3), "")
                      .map(t -> "date:yesterday " + t.substring(5))),
          rule("yesterday (?:evening|night)", m -> Optional.of("date:yesterday evening")),
          rule(
              "(?:" + LEAD + SOFT + "|between |at |@ ?)(\\d{1,2}):(\\d\\d) ?(am|pm)?( ?utc| ?cet)?",
              m -> clock(m.group(1), m.group(2), m.group(3), m.group(4))),
          rule(
              "(?:since|from|after|around|about|at|started|began)"
                  + SOFT
                  + "(\\d{1,2}) ?(am|pm|h|uhr)( ?utc| ?cet)?",
              m -> clock(m.group(1), "00", m.group(2), m.group(3))),
          rule("(?:since|from|after|around|about)" + SOFT + "noon", m -> Optional.of("time:12:00")),
          rule(
              "(?:since|from|after|around|about)" + SOFT + "midnight",
              m -> Optional.of("time:00:00")),
          rule("this morning|heute morgen|since morning", m -> Optional.of("date:this morning")),
          rule("last night|overnight|kal raat", m -> Optional.of("date:last night")),
          rule("tonight", m -> Optional.of("date:tonight")),
          rule("yesterday|gestern", m -> Optional.of("date:yesterday")),
          rule("(?:over |since |during |after )(?:the )?weekend", m -> Optional.of("date:weekend")),
          rule("last (" + DAYS + ")", m -> Optional.of("date:last " + m.group(1))),
          rule(
              "(?:since|on|from|after|before|until|in|last)" + SOFT + "(" + DAYS + ")",
              m -> Optional.of("date:" + m.group(1))),
          rule(
              "(" + DAYS + ")'s (?:deploy|release|retrain\\w*|push|run)",
              m -> Optional.of("date:" + m.group(1))),
          rule(
              "(?:since|from|after)" + SOFT + "(?:\\d{4}-)?(\\d\\d-\\d\\d)",
              m -> Optional.of("date:" + m.group(1))),
          rule("this week", m -> Optional.of("date:this week")),
          rule("since last week|from last week|last week's", m -> Optional.of("date:last week")),
          rule("since today|from today|today|heute|hoy", m -> Optional.of("date:today")));

  private SinceFinder() {}

  private static Rule rule(String pattern, Function<MatchResult, Optional<String>> form) {
    return new Rule(
        Pattern.compile("(?<![\\p{L}\\p{N}])(?:" + pattern + ")(?![\\p{L}\\p{N}])"), form);
  }

  static Optional<Since> in(String text) {
    for (Rule rule : RULES) {
      Matcher matcher = rule.pattern().matcher(text);
      while (matcher.find()) {
        Optional<String> form = rule.form().apply(matcher.toMatchResult());
        if (form.isPresent()) {
          return Optional.of(new Since(form.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static String number(String word) {
    return WORDS.getOrDefault(word, word);
  }

  private static String elapsed(String count, String unit) {
    String number = number(count);
    return switch (unit.charAt(0)) {
      case 'm' -> unit.startsWith("mo") ? "P" + number + "M" : "PT" + number + "M";
      case 'h', 's' -> "PT" + number + "H";
      case 'w' -> "P" + number + "W";
      default -> "P" + number + "D";
    };
  }

  private static Optional<String> clock(
      String hours,
      @org.jspecify.annotations.Nullable String minutes,
      @org.jspecify.annotations.Nullable String half,
      @org.jspecify.annotations.Nullable String zone) {
    int hour = Integer.parseInt(hours);
    int minute = minutes == null ? 0 : Integer.parseInt(minutes);
    if ("pm".equals(half) && hour < 12) {
      hour += 12;
    } else if ("am".equals(half) && hour == 12) {
      hour = 0;
    }
    if (hour > 23 || minute > 59) {
      return Optional.empty();
    }
    String suffix =
        zone == null || zone.isBlank() ? "" : " " + zone.strip().toUpperCase(java.util.Locale.ROOT);
    return Optional.of("time:" + LocalTime.of(hour, minute) + suffix);
  }
}
