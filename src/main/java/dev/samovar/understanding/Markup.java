package dev.samovar.understanding;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Slack's markup, made plain: entities, mentions, links, quotes, emoji. */
final class Markup {
  /** Beyond this nobody describes a symptom; what follows is a pasted log. */
  private static final int MOST = 4000;

  private static final Pattern LABELLED = Pattern.compile("<[^<>|]{0,500}\\|([^<>|]{0,500})>");
  private static final Pattern MENTION = Pattern.compile("<[@#!][^<>]{0,100}>");
  private static final Pattern LINK = Pattern.compile("<?https?://[^\\s<>]{0,1000}>?");
  private static final Pattern EMOJI = Pattern.compile(":[a-z0-9_+-]{2,40}:");

  private Markup() {}

  /** Lower case, quotes left out where there are words of one's own beside them. */
  static String plain(String text) {
    String cut = text.length() > MOST ? text.substring(0, MOST) : text;
    String plain = cut.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    plain = LABELLED.matcher(plain).replaceAll("$1");
    plain = MENTION.matcher(plain).replaceAll(" ");
    plain = LINK.matcher(plain).replaceAll(" ");
    plain = EMOJI.matcher(plain).replaceAll(" ");
    plain = plain.replace('’', '\'').replace('“', '"').replace('”', '"').replaceAll("[*_`]", " ");
    String own =
        plain
            .lines()
            .filter(line -> !line.stripLeading().startsWith(">"))
            .collect(Collectors.joining("\n"));
    plain = own.isBlank() ? plain.replace(">", " ") : own;
    return plain
        .replaceAll("[\\p{Cntrl}&&[^\\n]]", " ")
        .replaceAll("[ \\t]+", " ")
        .strip()
        .toLowerCase(Locale.ROOT);
  }
}
