package dev.samovar.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Values of keys that name a secret: {@code password=…}, {@code "api_key": "…"}, {@code --token …},
 * {@code <password>…</password>}, {@code AccountKey=…;}. Goes through the text once.
 */
final class KeyValues implements Finder {
  private static final int LONGEST_KEY = 80;
  private static final int LONGEST_VALUE = 4096;
  private static final int SPACES = 3;

  /** The word in a mark is no key. */
  private static final String MARK = "[redacted: ";

  private final Set<String> allowed;

  /**
   * @param allowed keys whose values are shown, in lower case
   */
  KeyValues(Set<String> allowed) {
    this.allowed = allowed;
  }

  private record Key(String name, int from) {}

  @Override
  public List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    for (int at = 1; at < text.length(); at++) {
      char here = text.charAt(at);
      if (here == '=' || here == ':' || here == '>') {
        java.util.Optional<Key> key = key(text, at);
        if (key.isPresent()) {
          // What is secret is not searched again: the time stays in proportion to the text.
          at = Math.max(at, value(text, key.get(), beginning(text, key.get()), found) - 1);
        }
      }
    }
    arguments(text, found);
    sentences(text, found);
    return found;
  }

  /** Where the value of a key may begin. */
  private static int beginning(String text, Key key) {
    int at = key.from() + key.name().length();
    while (at < text.length() && "\\\"'])}".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    at = skipSpaces(text, at);
    while (at < text.length() && "=:>-".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return skipSpaces(text, at);
  }

  private static int skipSpaces(String text, int from) {
    int at = from;
    while (at < text.length()
        && at - from < SPACES
        && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }

  private static java.util.Optional<Key> key(String text, int separator) {
    int end = separator;
    while (end > 0 && "=:>-".indexOf(text.charAt(end - 1)) >= 0 && separator - end < 2) {
      end--;
    }
    int spaces = 0;
    while (end > 0 && text.charAt(end - 1) == ' ' && spaces < SPACES) {
      end--;
      spaces++;
    }
    int quotes = 0;
    while (end > 0 && "\\\"'])".indexOf(text.charAt(end - 1)) >= 0 && quotes < 4) {
      end--;
      quotes++;
    }
    int from = end;
    while (from > 0 && end - from < LONGEST_KEY && isOfKey(text.charAt(from - 1))) {
      from--;
    }
    if (from == end || text.startsWith(MARK, from - MARK.length())) {
      return java.util.Optional.empty();
    }
    if (text.regionMatches(true, from, "key", 0, end - from) && from > 1) {
      from = wordBefore(text, from); // “api key: …”
    }
    return java.util.Optional.of(new Key(text.substring(from, end), from));
  }

  private static int wordBefore(String text, int from) {
    if (text.charAt(from - 1) != ' ') {
      return from;
    }
    int at = from - 1;
    while (at > 0 && from - at < LONGEST_KEY && isOfKey(text.charAt(at - 1))) {
      at--;
    }
    return at == from - 1 ? from : at;
  }

  private static boolean isOfKey(char letter) {
    return letter < 128 && (Character.isLetterOrDigit(letter) || "_.-".indexOf(letter) >= 0);
  }

  /**
   * @return where a secret ends; 0 where there is none
   */
  private int value(String text, Key key, int from, List<Span> found) {
    Sensitivity sensitivity = Sensitivity.of(key.name());
    if (sensitivity == Sensitivity.NONE || isAllowed(key.name())) {
      return 0;
    }
    int start = from;
    if (start < text.length() && text.charAt(start) == '\\') {
      start++;
    }
    char quote = start < text.length() ? text.charAt(start) : ' ';
    boolean isQuoted = quote == '"' || quote == '\'' || quote == '`';
    if (isQuoted) {
      start++;
    }
    int end = isQuoted ? closing(text, start, quote) : wordEnd(text, start);
    if (end > start && sensitivity.isSecret(text.substring(start, end))) {
      found.add(new Span(start, end, sensitivity.what(key.name())));
      return end;
    }
    return 0;
  }

  private boolean isAllowed(String key) {
    return allowed.contains(key.toLowerCase(Locale.ROOT));
  }

  /** The other quote, or where the line ends. */
  private static int closing(String text, int from, char quote) {
    int at = from;
    while (at < text.length() && at - from < LONGEST_VALUE && text.charAt(at) != '\n') {
      if (text.charAt(at) == quote) {
        return at > from && text.charAt(at - 1) == '\\' ? at - 1 : at;
      }
      at++;
    }
    return at;
  }

  private static int wordEnd(String text, int from) {
    int at = from;
    while (at < text.length()
        && at - from < LONGEST_VALUE
        && !Character.isWhitespace(text.charAt(at))
        && "\"'`<>,;&)}]|\\".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  /** {@code --password X}. */
  private void arguments(String text, List<Span> found) {
    int at = text.indexOf("--");
    while (at >= 0) {
      int end = at + 2;
      while (end < text.length() && end - at < LONGEST_KEY && isOfKey(text.charAt(end))) {
        end++;
      }
      if (end > at + 2 && end < text.length() && text.charAt(end) == ' ') {
        Key key = new Key(text.substring(at + 2, end), at + 2);
        end = Math.max(end, value(text, key, skipSpaces(text, end), found));
      }
      at = text.indexOf("--", end);
    }
  }

  /** “the password is hunter2!”: only what no sentence would go on with. */
  private static void sentences(String text, List<Span> found) {
    String lower = inPlace(text);
    for (String said : List.of("password is ", "password was ", "passphrase is ", "pw is ")) {
      int at = lower.indexOf(said);
      while (at >= 0) {
        int start = at + said.length();
        int end = wordEnd(text, start);
        String word = text.substring(start, end);
        if (!Values.isPlaceholder(word)
            && word.chars().anyMatch(c -> !Character.isLetter(c) && c != '.')) {
          found.add(new Span(start, end, "password"));
        }
        at = lower.indexOf(said, start);
      }
    }
  }

  /** In lower case, every letter where it was. */
  private static String inPlace(String text) {
    char[] letters = text.toCharArray();
    for (int i = 0; i < letters.length; i++) {
      letters[i] = Character.toLowerCase(letters[i]);
    }
    return new String(letters);
  }
}
