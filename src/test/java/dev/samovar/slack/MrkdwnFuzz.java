package dev.samovar.slack;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Any bytes as outside text: nothing in it is a mention, a link or a control character. */
public final class MrkdwnFuzz {
  private static final Pattern ENTITY = Pattern.compile("&(?!amp;|lt;|gt;)");
  private static final Pattern OWN_LINK = Pattern.compile("<https?://[^<>|\\s]*\\|[^<>|]*>");

  private MrkdwnFuzz() {}

  public static void eat(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    String escaped = SlackText.escape(text);
    harmless(escaped);
    if (escaped.indexOf('`') >= 0) {
      throw new AssertionError("Code was opened: " + escaped);
    }
    SlackText.lines(text).lines().forEach(MrkdwnFuzz::harmless);
    harmless(SlackText.escapeAroundCode(text));
    harmless(SlackText.cut(escaped, 1 + text.length() / 2));
    harmless(SlackText.cutBytes(escaped, 1 + text.length() / 2));
    String link = SlackText.link(text, text);
    harmless(OWN_LINK.matcher(link.replace("&amp;", "")).replaceAll(""));
    String mention = SlackText.mention(text);
    if (!mention.matches("<@[UW][A-Z0-9]+>")) {
      harmless(mention);
    }
    SlackText.withTimes(escaped);
  }

  private static void harmless(String escaped) {
    boolean isOpen = escaped.indexOf('<') >= 0 || escaped.indexOf('>') >= 0;
    if (isOpen || ENTITY.matcher(escaped).find()) {
      throw new AssertionError("Markup is let through: " + escaped);
    }
    boolean isObeyed =
        escaped
            .codePoints()
            .anyMatch(
                point ->
                    Character.isISOControl(point)
                        || Character.getType(point) == Character.FORMAT
                        || Character.getType(point) == Character.SURROGATE);
    if (isObeyed) {
      throw new AssertionError("A control character is let through: " + escaped);
    }
  }
}
