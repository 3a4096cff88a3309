package dev.samovar.standin;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people type becomes what Slack stores: escaped, with people, channels and links marked. */
final class Typing {
  private static final Pattern LINK = Pattern.compile("\\bhttps?://(?:(?!&[lg]t;)[^\\s<>|])+");
  private static final Pattern AT = Pattern.compile("(?<![\\w@])@([a-z0-9._-]{1,40})");
  private static final Pattern HASH = Pattern.compile("(?<![\\w#&])#([a-z0-9_-]{1,80})");
  private static final Pattern MARK = Pattern.compile("<([@#!]?)([^<>|]*)(?:\\|([^<>]*))?>");

  private Typing() {}

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  static String unescape(String text) {
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  static String stored(String typed, List<Member> members, List<Channel> channels) {
    String marked =
        LINK.matcher(escape(typed))
            .replaceAll(found -> Matcher.quoteReplacement("<" + found.group() + ">"));
    marked =
        AT.matcher(marked)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        members.stream()
                            .filter(one -> one.name().equals(found.group(1)))
                            .findFirst()
                            .map(one -> "<@" + one.id() + ">")
                            .orElse(found.group())));
    return HASH.matcher(marked)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    channels.stream()
                        .filter(one -> !one.isDirect() && one.name().equals(found.group(1)))
                        .findFirst()
                        .map(one -> "<#" + one.id() + "|" + one.name() + ">")
                        .orElse(found.group())));
  }

  /** As it was typed, to be changed. */
  static String typed(String stored, List<Member> members) {
    return unescape(
        MARK.matcher(stored)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        switch (found.group(1)) {
                          case "@" ->
                              members.stream()
                                  .filter(one -> one.id().equals(found.group(2)))
                                  .findFirst()
                                  .map(one -> "@" + one.name())
                                  .orElse(found.group());
                          case "#" -> "#" + found.group(3);
                          case "!" -> found.group();
                          default -> found.group(2);
                        })));
  }
}
