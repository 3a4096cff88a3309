package dev.samovar.slack;

import dev.samovar.report.Wording;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Outside text made harmless in Slack's mrkdwn. */
final class SlackText {
  /** As {@link Wording#time} writes it. A day that its month does not have is the month's last. */
  private static final Pattern UTC =
      Pattern.compile(
          "(?:\\bat )?\\b(\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])"
              + " (?:[01]\\d|2[0-3]):[0-5]\\d) UTC");

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

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
    return text.lines().map(SlackText::escape).collect(Collectors.joining("\n"));
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
      if (text.length() <= 1) {
        return ""; // not even the dots fit
      }
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
  static String time(Instant instant) {
    return date(instant, "{date_short_pretty} at {time}");
  }

  /** Without the day, where that is plain. */
  static String clock(Instant instant) {
    return date(instant, "{time}");
  }

  private static String date(Instant instant, String form) {
    return "<!date^" + instant.getEpochSecond() + "^" + form + "|" + Wording.time(instant) + ">";
  }

  /** Our own texts give times in UTC; readers see their own zone. */
  static String withTimes(String escaped) {
    return UTC.matcher(escaped)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    time(LocalDateTime.parse(found.group(1), MINUTE).toInstant(ZoneOffset.UTC))));
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
