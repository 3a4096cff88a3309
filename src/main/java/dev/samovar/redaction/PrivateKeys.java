package dev.samovar.redaction;

import java.util.ArrayList;
import java.util.List;

/** Private keys as PEM, in lines or in one with {@code \n}; also where the end was cut off. */
final class PrivateKeys implements Finder {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private static final String KIND = "PRIVATE KEY";

  private static final int LONGEST_KIND = 60;
  private static final int LONGEST = 20_000;

  /** A word of this many letters is a line of the key, not of the text after it. */
  private static final int LINE = 16;

  @Override
  public List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    int at = text.indexOf(BEGIN);
    while (at >= 0) {
      int body = text.indexOf(DASHES, at + BEGIN.length());
      boolean isPrivate =
          body > 0
              && body - at < LONGEST_KIND
              && text.substring(at + BEGIN.length(), body).contains(KIND);
      int next = at + BEGIN.length();
      if (isPrivate) {
        int to = end(text, body + DASHES.length());
        found.add(new Span(at, to, "private key"));
        next = to;
      }
      at = text.indexOf(BEGIN, next);
    }
    return found;
  }

  private static int end(String text, int from) {
    int end = text.indexOf(END, from);
    if (end >= 0 && end - from < LONGEST) {
      int dashes = text.indexOf(DASHES, end + END.length());
      return dashes >= 0 && dashes - end < LONGEST_KIND
          ? dashes + DASHES.length()
          : Math.min(text.length(), end + END.length());
    }
    int at = from;
    while (at < text.length()) {
      int start = at;
      while (start < text.length() && isGap(text, start)) {
        start += text.charAt(start) == '\\' ? 2 : 1;
      }
      int stop = Math.min(start, text.length());
      while (stop < text.length() && isOfKey(text.charAt(stop))) {
        stop++;
      }
      if (stop - start < LINE) {
        return at;
      }
      at = stop;
    }
    return at;
  }

  private static boolean isGap(String text, int at) {
    char here = text.charAt(at);
    return Character.isWhitespace(here)
        || (here == '\\' && at + 1 < text.length() && "nrt".indexOf(text.charAt(at + 1)) >= 0);
  }

  private static boolean isOfKey(char letter) {
    return (letter < 128 && Character.isLetterOrDigit(letter)) || "+/=".indexOf(letter) >= 0;
  }
}
