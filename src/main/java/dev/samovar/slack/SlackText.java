package dev.samovar.slack;

import java.nio.charset.StandardCharsets;

/** Outside text made harmless in Slack's mrkdwn. */
final class SlackText {
  private SlackText() {}

  /**
   * Escapes exactly what Slack wants escaped, drops control characters, and breaks the marks that
   * would format: no {@code <!channel>} of a log line ever pings anybody.
   */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '`' -> escaped.append('ˋ');
                case '\n', '\r', '\t' -> escaped.append(' ');
                default -> {
                  if (!Character.isISOControl(point)
                      && Character.getType(point) != Character.FORMAT
                      && Character.getType(point) != Character.SURROGATE) {
                    escaped.appendCodePoint(point);
                  }
                }
              }
            });
    return escaped.toString();
  }

  /** Like {@link #escape}, but lines stay lines. */
  static String lines(String text) {
    return text.lines().map(SlackText::escape).collect(java.util.stream.Collectors.joining("\n"));
  }

  /** Like {@link #escape}, but what stands between backticks stays a command to copy. */
  static String escapeAroundCode(String text) {
    StringBuilder escaped = new StringBuilder();
    boolean isCode = false;
    for (String part : text.split("`", -1)) {
      escaped.append(isCode && !part.isBlank() ? "`" + escape(part) + "`" : escape(part));
      isCode = !isCode;
    }
    return escaped.toString();
  }

  /** At most so many characters; never in the middle of an entity or a surrogate pair. */
  static String cut(String escaped, int most) {
    if (escaped.length() <= most) {
      return escaped;
    }
    return whole(escaped.substring(0, most - 1)) + "…";
  }

  /** At most so many bytes of UTF-8. */
  static String cutBytes(String escaped, int most) {
    String text = escaped;
    while (text.getBytes(StandardCharsets.UTF_8).length > most) {
      int over = text.getBytes(StandardCharsets.UTF_8).length - most;
      text = cut(text, Math.max(1, text.length() - Math.max(1, over / 4)));
    }
    return text;
  }

  private static String whole(String text) {
    String kept = text;
    if (!kept.isEmpty() && Character.isHighSurrogate(kept.charAt(kept.length() - 1))) {
      kept = kept.substring(0, kept.length() - 1);
    }
    int ampersand = kept.lastIndexOf('&');
    boolean isOpen = ampersand >= 0 && kept.indexOf(';', ampersand) < 0;
    int angle = kept.lastIndexOf('<');
    boolean isInLink = angle >= 0 && kept.indexOf('>', angle) < 0;
    if (isInLink) {
      return kept.substring(0, angle);
    }
    return isOpen ? kept.substring(0, ampersand) : kept;
  }

  /** {@code <!date^…>}: the reader's own zone. */
  static String time(java.time.Instant instant) {
    return "<!date^"
        + instant.getEpochSecond()
        + "^{date_short_pretty} {time}|"
        + dev.samovar.report.Wording.time(instant)
        + ">";
  }

  /** Shows a person's name; any other text stays text. */
  static String mention(String user) {
    return user.matches("[UW][A-Z0-9]{1,30}") ? "<@" + user + ">" : escape(user);
  }

  /** A link, or the plain words where the address is none. */
  static String link(String url, String words) {
    boolean isSafe =
        (url.startsWith("https://") || url.startsWith("http://"))
            && url.length() < 2000
            && url.chars().noneMatch(c -> c == '|' || c == '<' || c == '>' || c <= ' ');
    return isSafe ? "<" + url.replace("&", "&amp;") + "|" + escape(words) + ">" : escape(words);
  }
}
