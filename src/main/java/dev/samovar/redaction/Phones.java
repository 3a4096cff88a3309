package dev.samovar.redaction;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Telephone numbers: with a country's code, as Americans write theirs, or of a field so called. */
final class Phones implements Finder {
  private static final Pattern WORLD =
      Pattern.compile("\\+([0-9]{1,3})[ .-]?(?:\\([0-9]{1,4}\\)[ .-]?)?[0-9](?:[ .-]?[0-9]){5,13}");
  private static final Pattern AMERICA =
      Pattern.compile("(?:\\([2-9][0-9]{2}\\) ?|[2-9][0-9]{2}-)[2-9][0-9]{2}-[0-9]{4}");
  private static final Pattern FIELD =
      Pattern.compile(
          "(?i)(?:tel|phone|phone[_ -]?number|mobile|mobile[_ -]?number|telephone|cell|fax|msisdn|handy|telefon)"
              + "\\\\?[\"']?\\s{0,2}[:=]\\s{0,2}\\\\?[\"']?(\\+?[0-9(](?:[ ()./-]?[0-9]){6,14})");

  private static final List<String> FIELDS =
      List.of("tel", "phone", "mobile", "cell", "fax", "msisdn", "handy");

  /** The first digits of the codes that are given out (E.164). */
  private static final Set<String> CODES = codes();

  private static final int SHORTEST = 8;
  private static final int LONGEST = 15;

  private static Set<String> codes() {
    Set<String> codes = new java.util.HashSet<>(Set.of("1", "7"));
    for (String one :
        ("20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64"
                + " 65 66 81 82 84 86 90 91 92 93 94 95 98")
            .split(" ", -1)) {
      codes.add(one);
    }
    for (String decade :
        "21 22 23 24 25 26 29 35 37 38 42 50 59 67 68 69 85 87 88 96 97 99".split(" ", -1)) {
      codes.add(decade + "*");
    }
    return Set.copyOf(codes);
  }

  @Override
  public List<Span> find(String text) {
    if (!Numbers.hasDigits(text, SHORTEST - 1)) {
      return List.of();
    }
    List<Span> found = new ArrayList<>();
    if (text.indexOf('+') >= 0) {
      collect(text, WORLD, 0, found);
    }
    if (text.indexOf('-') >= 0) {
      collect(text, AMERICA, 0, found);
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (FIELDS.stream().anyMatch(lower::contains)) {
      collect(text, FIELD, 1, found);
    }
    return found;
  }

  private static void collect(String text, Pattern pattern, int group, List<Span> found) {
    Matcher matcher = pattern.matcher(text);
    int at = 0;
    while (at < text.length() && matcher.find(at)) {
      int from = matcher.start(group);
      int to = matcher.end(group);
      if (isNumber(text, from, to, group == 1)) {
        found.add(new Span(from, to, "phone number"));
        at = to;
      } else {
        at = from + 1;
      }
    }
  }

  private static boolean isNumber(String text, int from, int to, boolean isCalledSo) {
    String digits = Numbers.digits(text.substring(from, to));
    if (to < text.length() && isPartOfMore(text, to)) {
      return false;
    }
    if (isCalledSo) {
      return digits.length() >= SHORTEST - 1 && digits.length() <= LONGEST;
    }
    boolean isAlone =
        from == 0
            || (!Character.isLetterOrDigit(text.charAt(from - 1))
                && "._-/#".indexOf(text.charAt(from - 1)) < 0);
    return isAlone
        && (text.charAt(from) != '+'
            || (hasCode(digits) && digits.length() >= SHORTEST && digits.length() <= LONGEST));
  }

  private static boolean isPartOfMore(String text, int at) {
    char next = text.charAt(at);
    boolean goesOn = at + 1 < text.length() && Character.isLetterOrDigit(text.charAt(at + 1));
    return Character.isLetterOrDigit(next) || (".-_:/".indexOf(next) >= 0 && goesOn);
  }

  private static boolean hasCode(String digits) {
    return CODES.contains(digits.substring(0, 1))
        || CODES.contains(digits.substring(0, 2))
        || CODES.contains(digits.substring(0, 2) + "*");
  }
}
