package dev.samovar.redaction;

/** Digits and what stands around them. */
final class Numbers {
  private Numbers() {}

  static String digits(String text) {
    StringBuilder digits = new StringBuilder(text.length());
    text.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
    return digits.toString();
  }

  /** Whether a text has as many digits; most have not, and need not be searched. */
  static boolean hasDigits(String text, int least) {
    int seen = 0;
    for (int i = 0; i < text.length() && seen < least; i++) {
      char here = text.charAt(i);
      if (here >= '0' && here <= '9') {
        seen++;
      }
    }
    return seen >= least;
  }

  static boolean isLuhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighed = i % 2 == 0 ? digit : 2 * digit;
      sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return sum % 10 == 0;
  }

  /**
   * The word that says what a number is: {@code offset} in {@code offset=12} and {@code offset 12}.
   */
  static String labelBefore(String text, int from) {
    int end = from;
    while (end > 0 && from - end < 4 && "=: \"'".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    int start = end;
    while (start > 0 && end - start < 40 && Character.isLetter(text.charAt(start - 1))) {
      start--;
    }
    return text.substring(start, end).toLowerCase(java.util.Locale.ROOT);
  }
}
