package dev.samovar.understanding;

import java.util.regex.Pattern;

/**
 * Slack's markup, made plain: entities, mentions, links, quotes, what is struck out. Emoji codes
 * are words.
 */
final class Markup {
  /** Beyond this nobody describes a symptom; what follows is a pasted log. */
  private static final int MOST = 4000;

  private static final Pattern LABELLED =
      Pattern.compile("<(?![@#!])[^<>|]{0,500}\\|([^<>|]{0,500})>");

  /** Struck out: taken back. */
  private static final Pattern STRUCK =
      Pattern.compile("(?<![\\w~])~(?=[^\\s~\\d])[^~\\n]{0,500}[^\\s~]~(?![\\w~])");

  private static final Pattern MENTION = Pattern.compile("<[@#!][^<>]{0,200}>");
  private static final Pattern LINK = Pattern.compile("<?https?://[^\\s<>]{0,1000}>?");

  private Markup() {}

  /**
   * What somebody wrote.
   *
   * @param own their own words
   * @param quoted what they quoted; blank where nothing
   */
  record Plain(String own, String quoted) {
    /** The quote first, as people write it. */
    String whole() {
      return quoted.isBlank() ? own : quoted + "\n" + own;
    }
  }

  static Plain plain(String text) {
    String plain = text.length() > MOST ? text.substring(0, MOST) : text;
    if (plain.indexOf('&') >= 0) {
      plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
    if (plain.indexOf('<') >= 0) {
      plain = LABELLED.matcher(plain).replaceAll("$1");
      plain = MENTION.matcher(plain).replaceAll(" ");
    }
    if (plain.contains("://")) {
      plain = LINK.matcher(plain).replaceAll(" ");
    }
    if (plain.indexOf('~') >= 0) {
      plain = STRUCK.matcher(plain).replaceAll(" ");
    }
    plain = plain.replace('’', '\'').replace('`', ' ').replace("*", " ");
    if (plain.indexOf('>') < 0) {
      return new Plain(plain, "");
    }
    StringBuilder own = new StringBuilder();
    StringBuilder quoted = new StringBuilder();
    for (String line : plain.split("\n", -1)) {
      String bare = line.stripLeading();
      if (bare.startsWith(">")) {
        quoted.append(bare.replaceFirst("^>+", "")).append('\n');
      } else {
        own.append(line).append('\n');
      }
    }
    return own.toString().isBlank()
        ? new Plain(quoted.toString(), "")
        : new Plain(own.toString(), quoted.toString());
  }
}
