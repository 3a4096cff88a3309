package dev.samovar.understanding;

import dev.samovar.understanding.TimeReader.Time;
import dev.samovar.understanding.TimeWords.Word;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Of the times in a text, the one since when there is trouble. */
final class SinceFinder {
  private static final Pattern MOMENT =
      Pattern.compile(
          "(?<!\\d)(20\\d\\d-(\\d\\d-\\d\\d))(?:[T ,]{1,2}(\\d\\d:\\d\\d)(?::\\d\\d(?:\\.\\d{1,9})?)?)?");

  private static final Set<String> SOFT =
      Set.of(
          "about",
          "around",
          "roughly",
          "approx",
          "approximately",
          "maybe",
          "like",
          "ca",
          "circa",
          "the",
          "at",
          "almost",
          "nearly",
          "probably",
          "exactly",
          "over",
          "more",
          "than",
          "~",
          "early",
          "late",
          "some",
          "already",
          "least",
          "on",
          "good",
          "environ",
          "etwa",
          "unos",
          "den",
          "dem",
          "der",
          "die",
          "el",
          "la",
          "las",
          "le",
          "les",
          "du",
          "i",
          "think",
          "this",
          "at_least",
          "well",
          "ungefahr",
          "un");

  /** Of these the time is no beginning. */
  private static final Set<String> NOT_AFTER =
      Set.of(
          "every",
          "each",
          "per",
          "within",
          "in",
          "took",
          "takes",
          "taking",
          "take",
          "than",
          "vs",
          "versus",
          "compared",
          "like",
          "by",
          "next",
          "under",
          "below",
          "every_single",
          "ttl",
          "sla",
          "timeout",
          "wait",
          "waiting",
          "tomorrow",
          "only",
          "to",
          "normally",
          "until",
          "till");

  private static final Set<String> SPAN_BEHIND =
      Set.of(
          "now",
          "straight",
          "already",
          "behind",
          "late",
          "overdue",
          "running",
          "long",
          "stale",
          "idle",
          "down",
          "dead",
          "stuck",
          "broken",
          "without",
          "jetzt",
          "que",
          "lang");

  /** Words before a time that make it the last that was good, or the first that was bad. */
  private static final Set<String> EDGES =
      Set.of("newest", "latest", "first", "last", "age", "lag", "staleness", "delay", "behind");

  private static final int LONGEST_TROUBLE = 400;

  /** What somebody did about it, or who said it: the time of that is not the beginning. */
  private static final Set<String> DEEDS =
      Set.of(
          "restarted",
          "restart",
          "rolled",
          "reverted",
          "rollback",
          "redeployed",
          "rebooted",
          "fixed",
          "fix",
          "patched",
          "hotfix",
          "scaled",
          "bumped",
          "cleared",
          "flushed",
          "killed",
          "called",
          "call",
          "wrote",
          "asked",
          "pinged",
          "told",
          "posted",
          "said",
          "paged",
          "clicked",
          "reinstalled",
          "retried",
          "muted",
          "mitigated",
          "flush");

  private static final Set<String> FIRST_PERSON = Set.of("we", "i", "ive", "weve");

  private static final Set<String> PERCEPTION =
      Set.of("noticed", "saw", "see", "seeing", "started", "began", "got", "think", "guess");

  private final Heard heard;
  private final List<Word> words;

  private SinceFinder(Heard heard) {
    this.heard = heard;
    this.words = new TimeWords(heard.tokens()).all();
  }

  static Optional<Since> in(Heard heard) {
    return new SinceFinder(heard).find();
  }

  private Optional<Since> find() {
    Optional<String> best = moment();
    int most = best.isPresent() ? 100 : 0;
    for (Time time : new TimeReader(words, heard.tokens()).all()) {
      int rank = rank(time);
      if (rank > most) {
        most = rank;
        best = Optional.of(time.form());
      }
    }
    return best.map(Since::new);
  }

  /** A date as machines write it; stamps of log lines do not count. */
  private Optional<String> moment() {
    if (!heard.text().contains("-")) {
      return Optional.empty();
    }
    Matcher matcher = MOMENT.matcher(heard.text());
    while (matcher.find()) {
      if (isBeginning(matcher.start())) {
        String clock = matcher.group(3);
        return Optional.of(
            clock == null
                ? "date:" + matcher.group(2)
                : "date:" + matcher.group(1) + " " + clock + " UTC");
      }
    }
    return Optional.empty();
  }

  private boolean isBeginning(int at) {
    String before = "";
    String more = "";
    for (Word word : words) {
      if (heard.tokens().get(word.token()).start() >= at) {
        break;
      }
      more = before;
      before = word.plain();
    }
    return Set.of("since", "started", "from", "after").contains(before)
        || (SOFT.contains(before) && Set.of("since", "started", "from").contains(more));
  }

  private String plain(int i) {
    return i >= 0 && i < words.size() ? words.get(i).plain() : "";
  }

  /** The word before, beyond those that say nothing. */
  private int lead(int from) {
    int i = from - 1;
    while (i >= 0 && i > from - 5 && SOFT.contains(plain(i)) && isOneSentence(i, from)) {
      i--;
    }
    return i;
  }

  private boolean isOneSentence(int i, int j) {
    return heard.tokens().get(words.get(i).token()).sentence()
        == heard.tokens().get(words.get(j).token()).sentence();
  }

  private int rank(Time time) {
    int at = lead(time.from());
    String lead = at >= 0 && isOneSentence(at, time.from()) ? plain(at) : "";
    boolean isDeed = isDeed(time);
    if (lead.equals("started")) {
      return 110;
    }
    if (lead.equals("since")) {
      return 105;
    }
    if (isDeed) {
      return 0;
    }
    return switch (time.kind()) {
      case ELAPSED -> span(time, lead);
      case CLOCK -> clock(time, lead);
      case DAY -> day(time, lead, at);
    };
  }

  private int span(Time time, String lead) {
    String behind = plain(time.to());
    if (behind.equals("in") && plain(time.to() + 1).equals("1")) {
      return 85;
    }
    if (behind.equals("ago")) {
      return isOurDeed(time) ? 0 : 75;
    }
    if (Set.of("for", "past", "last", "during", "over").contains(lead)
        || plain(time.from() - 1).equals("over")) {
      return isField(time) || isTooLong(time) ? 0 : 80;
    }
    if (lead.equals("in") && isDenied(time)) {
      return 80;
    }
    if (NOT_AFTER.contains(lead)) {
      return 0;
    }
    if (SPAN_BEHIND.contains(behind) || behind.equals("old") || isSaid("counting", time)) {
      return 70;
    }
    return isEdge(time) || isFirst(time) ? 55 : 0;
  }

  /** {@code for: 10m} is the window of a rule. */
  private boolean isField(Time time) {
    return time.from() > 0 && heard.tokens().after(words.get(time.from() - 1).token()) == ':';
  }

  private static boolean isTooLong(Time time) {
    return time.form().endsWith("D")
        && time.form().length() > "P400D".length() - 1
        && Integer.parseInt(time.form().substring(1, time.form().length() - 1)) > LONGEST_TROUBLE;
  }

  /** “Hasn't moved in 5 hours”. */
  private boolean isDenied(Time time) {
    for (int i = time.from() - 1; i >= 0 && isOneClause(i, time.from()); i--) {
      if (Denial.isNot(plain(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean isSaid(String word, Time time) {
    return java.util.stream.IntStream.range(0, words.size())
        .anyMatch(i -> plain(i).equals(word) && isOneSentence(i, time.from()));
  }

  private boolean isEdge(Time time) {
    for (int i = time.from() - 1; i >= Math.max(0, time.from() - 5); i--) {
      if (EDGES.contains(plain(i)) && isOneSentence(i, time.from())) {
        return true;
      }
    }
    return false;
  }

  /** “Two days now”, “2 hours that eta is off”. */
  private boolean isFirst(Time time) {
    return time.from() <= 1 && Set.of("that", "now", "of", "with").contains(plain(time.to()));
  }

  private int clock(Time time, String lead) {
    if (NOT_AFTER.contains(lead) || plain(time.to()).equals("instead")) {
      return 0;
    }
    if (Set.of("from", "after", "between", "ab").contains(lead)) {
      return 90;
    }
    if (plain(time.to()).startsWith("onward") || plain(time.to() + 1).startsWith("onward")) {
      return 95;
    }
    String before = plain(time.from() - 1);
    boolean isAt = Set.of("at", "around", "about", "um", "gegen", "a", "vers").contains(before);
    return isAt || isEdge(time) ? 55 : 0;
  }

  private int day(Time time, String lead, int at) {
    boolean isPossessive = words.get(time.from()).isPossessive();
    if (isPossessive && time.form().equals("date:today")) {
      return 0;
    }
    if (plain(time.to()).equals("in") && plain(time.to() + 1).equals("1")) {
      return 0;
    }
    if (lead.equals("from") && isOfEpisode(time)) {
      return 0;
    }
    if (Set.of("from", "after", "between").contains(lead)) {
      return 90;
    }
    if (lead.equals("until") || lead.equals("till")) {
      return 45;
    }
    boolean isInDeploy = isPossessive && lead.equals("in");
    if ((NOT_AFTER.contains(lead) && !isInDeploy) || isLikened(time, at)) {
      return 0;
    }
    return time.form().equals("date:today") ? 20 : 50;
  }

  /** “Again, like on Monday” says when it was like that before. */
  private boolean isLikened(Time time, int lead) {
    for (int i = time.from() - 1; i > lead; i--) {
      if (plain(i).equals("like")) {
        return true;
      }
    }
    return false;
  }

  /** “The issue from last week is back” says when another one was. */
  private boolean isOfEpisode(Time time) {
    return Set.of("thing", "issue", "problem", "incident", "bug", "error", "outage", "one", "mess")
        .contains(plain(lead(time.from()) - 1));
  }

  /** “We doubled the replicas 40 minutes ago”. */
  private boolean isOurDeed(Time time) {
    boolean isOurs = false;
    for (int i = time.from() - 1; i >= 0 && isOneClause(i, time.from()); i--) {
      if (PERCEPTION.contains(plain(i))) {
        return false;
      }
      isOurs = isOurs || FIRST_PERSON.contains(plain(i));
    }
    return isOurs;
  }

  private boolean isDeed(Time time) {
    for (int i = Math.max(0, time.from() - 8); i < Math.min(words.size(), time.to() + 4); i++) {
      boolean isOnCall = plain(i).equals("call") && plain(i - 1).equals("on");
      if (isOneClause(i, time.from())
          && DEEDS.contains(plain(i))
          && !isOnCall
          && !plain(i + 1).equals("by")) {
        return !plain(i + 1).equals("itself");
      }
    }
    return false;
  }

  private boolean isOneClause(int i, int j) {
    return heard.tokens().get(words.get(i).token()).clause()
        == heard.tokens().get(words.get(j).token()).clause();
  }
}
