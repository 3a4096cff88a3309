package dev.samovar.understanding;

import java.text.Normalizer;
import java.util.Locale;

/** A word as it is compared: lower case, no accents, no apostrophes, no drawn-out letters. */
final class WordForm {
  /** Shorter parts are no words of their own: NaN, PyTorch. */
  private static final int SHORTEST_PART = 3;

  private WordForm() {}

  /** {@code "sloooow"} is {@code slow}, {@code "don't"} is {@code dont}, {@code "café"} is cafe. */
  static String of(String word) {
    String folded = isAscii(word) ? word : Normalizer.normalize(word, Normalizer.Form.NFD);
    StringBuilder kept = new StringBuilder(folded.length());
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      int length = kept.length();
      boolean isThird =
          Character.isLetter(c)
              && length >= 2
              && kept.charAt(length - 1) == c
              && kept.charAt(length - 2) == c;
      if (isThird) {
        kept.setLength(length - 1);
        while (i + 1 < folded.length() && folded.charAt(i + 1) == c) {
          i++;
        }
      } else if (c != '\'' && Character.getType(c) != Character.NON_SPACING_MARK) {
        kept.append(plain(c));
      }
    }
    String known = kept.length() > 1 ? kept.toString() : folded;
    return known.toLowerCase(Locale.ROOT);
  }

  private static boolean isAscii(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) > 127) {
        return false;
      }
    }
    return true;
  }

  /** Letters with a stroke or without a dot, which no normal form takes apart. */
  private static char plain(char c) {
    return switch (c) {
      case 'ı' -> 'i';
      case 'ł', 'Ł' -> 'l';
      case 'ø', 'Ø' -> 'o';
      default -> c;
    };
  }

  /**
   * Whether a new word begins there without a gap, as in {@code FeatureDrift} and {@code
   * OOMKilled}; an ideograph is always one.
   */
  static boolean isHump(String text, int start, int at) {
    if (Character.isIdeographic(text.charAt(at)) || Character.isIdeographic(text.charAt(at - 1))) {
      return true;
    }
    if (!Character.isUpperCase(text.charAt(at)) || at - start < SHORTEST_PART) {
      return false;
    }
    int end = at + 1;
    while (end < text.length() && Character.isLowerCase(text.charAt(end))) {
      end++;
    }
    return end - at >= SHORTEST_PART;
  }
}
