package dev.samovar.repository;

import java.util.regex.Pattern;

/** Makes one short line of what anybody may have written into a commit or a request. */
final class Plain {
  /** Control characters, and those that turn, join or hide the ones around them. */
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}]+");

  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

  private Plain() {}

  /**
   * The first line that is not blank.
   *
   * @param most characters
   */
  static String line(String text, int most) {
    // Far more than is shown, and far less than would take long to clean.
    String bounded = text.substring(0, Math.min(text.length(), 20 * most + 1000));
    for (String line : bounded.split("[\\n\\r\\u0085\\u2028\\u2029]+", -1)) {
      String plain =
          SPACE
              .matcher(UNSEEN.matcher(line.replace('\t', ' ')).replaceAll(""))
              .replaceAll(" ")
              .strip();
      if (!plain.isEmpty()) {
        return shortened(plain, most);
      }
    }
    return "";
  }

  private static String shortened(String plain, int most) {
    if (plain.length() <= most) {
      return plain;
    }
    int end = Character.isHighSurrogate(plain.charAt(most - 2)) ? most - 2 : most - 1;
    return plain.substring(0, end) + "…";
  }
}
