package dev.samovar.playground;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Slack's mrkdwn (docs: formatting text for app surfaces): bold, italic, struck, code, quotes,
 * links, mentions, dates and emoji. What is none of these stays text.
 */
final class Mrkdwn {
  private static final Pattern FENCE = Pattern.compile("```\\n?(.*?)```", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile(":([a-z0-9_+'-]{1,50}):");
  private static final Pattern DATE =
      Pattern.compile("!date\\^(-?\\d{1,11})\\^([^^|]*)(?:\\^([^|]*))?");
  private static final String MARKS = "*_~";
  private static final int DEEPEST = 4;

  private final Function<String, Optional<String>> names;
  private final Moments moments;

  /**
   * @param names of people and channels by their ids
   */
  Mrkdwn(Function<String, Optional<String>> names, Moments moments) {
    this.names = names;
    this.moments = moments;
  }

  List<Node> render(String mrkdwn) {
    List<Node> nodes = new ArrayList<>();
    Matcher fence = FENCE.matcher(mrkdwn);
    int from = 0;
    while (fence.find()) {
      if (!fence.group(1).isBlank()) {
        lines(mrkdwn.substring(from, fence.start()).replaceFirst("\\n$", ""), nodes);
        nodes.add(Node.element("pre").says(plain(fence.group(1).stripTrailing())));
        from = fence.end();
        if (from < mrkdwn.length() && mrkdwn.charAt(from) == '\n') {
          from++;
        }
      }
    }
    lines(mrkdwn.substring(from), nodes);
    return nodes;
  }

  private void lines(String text, List<Node> nodes) {
    if (text.isEmpty()) {
      return;
    }
    List<Node> quote = new ArrayList<>();
    boolean isFirst = true;
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("&gt;")) {
        if (!quote.isEmpty()) {
          quote.add(Node.element("br"));
        }
        quote.addAll(inline(line.substring("&gt;".length()).stripLeading(), 0));
        continue;
      }
      if (!quote.isEmpty()) {
        nodes.add(Node.element("blockquote").with(quote));
        quote.clear();
      } else if (!isFirst) {
        nodes.add(Node.element("br"));
      }
      nodes.addAll(inline(line, 0));
      isFirst = false;
    }
    if (!quote.isEmpty()) {
      nodes.add(Node.element("blockquote").with(quote));
    }
  }

  /** One line of it. */
  private List<Node> inline(String line, int depth) {
    List<Node> nodes = new ArrayList<>();
    StringBuilder words = new StringBuilder();
    Matcher name = NAME.matcher(line);
    int i = 0;
    while (i < line.length()) {
      char c = line.charAt(i);
      int end = -1;
      Optional<Node> node = Optional.empty();
      if (c == '`') {
        end = line.indexOf('`', i + 1);
        if (end > i + 1) {
          node = Optional.of(Node.element("code").says(plain(line.substring(i + 1, end))));
        }
      } else if (c == '<') {
        end = line.indexOf('>', i + 1);
        node = end < 0 ? Optional.empty() : marked(line.substring(i + 1, end));
      } else if (c == ':' && name.find(i) && name.start() == i) {
        end = name.end() - 1;
        node = Emoji.of(name.group(1)).map(found -> Emoji.node(name.group(1)));
      } else if (MARKS.indexOf(c) >= 0 && depth < DEEPEST) {
        end = closing(line, i);
        if (end > 0) {
          String tag = c == '*' ? "strong" : c == '_' ? "em" : "s";
          node = Optional.of(Node.element(tag).with(inline(line.substring(i + 1, end), depth + 1)));
        }
      }
      if (node.isPresent()) {
        flush(words, nodes);
        nodes.add(node.get());
        i = end + 1;
      } else {
        words.append(c);
        i++;
      }
    }
    flush(words, nodes);
    return nodes;
  }

  private static void flush(StringBuilder words, List<Node> nodes) {
    if (!words.isEmpty()) {
      nodes.add(Node.text(unescape(words.toString())));
      words.setLength(0);
    }
  }

  /** Where what a mark opens ends; -1 where it opens nothing. */
  private static int closing(String line, int open) {
    char mark = line.charAt(open);
    boolean opens =
        (open == 0 || !isWord(line.charAt(open - 1)))
            && open + 1 < line.length()
            && !Character.isWhitespace(line.charAt(open + 1))
            && line.charAt(open + 1) != mark;
    if (!opens) {
      return -1;
    }
    boolean isCode = false;
    for (int i = open + 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '`') {
        isCode = !isCode;
      } else if (c == '<' && !isCode) {
        int end = line.indexOf('>', i);
        i = end < 0 ? i : end;
      } else if (c == mark
          && !isCode
          && !Character.isWhitespace(line.charAt(i - 1))
          && (i + 1 == line.length() || !isWord(line.charAt(i + 1)))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c);
  }

  /** What stands between angle brackets; empty where Slack would not know it. */
  private Optional<Node> marked(String inner) {
    int bar = inner.indexOf('|');
    String target = bar < 0 ? inner : inner.substring(0, bar);
    String label = bar < 0 ? "" : inner.substring(bar + 1);
    if (target.startsWith("@")) {
      String id = target.substring(1);
      String name = names.apply(id).orElse(label.isEmpty() ? id : unescape(label));
      return Optional.of(Node.element("span", "mention").says("@" + name));
    }
    if (target.startsWith("#")) {
      String id = target.substring(1);
      String name = names.apply(id).orElse(label.isEmpty() ? id : unescape(label));
      return Optional.of(Node.element("span", "mention").says("#" + name));
    }
    if (target.startsWith("!")) {
      return special(target, label);
    }
    String url = unescape(target);
    return Node.isWeb(url)
        ? Optional.of(
            Node.element("a")
                .with("href", url)
                .with("rel", "noopener noreferrer")
                .with("target", "_blank")
                .says(label.isEmpty() ? url : unescape(label)))
        : Optional.empty();
  }

  private Optional<Node> special(String target, String label) {
    Matcher date = DATE.matcher(target);
    if (date.matches()) {
      Instant moment = Instant.ofEpochSecond(Long.parseLong(date.group(1)));
      return Optional.of(
          Node.element("time")
              .with("datetime", moment.toString())
              .with("title", unescape(label))
              .says(moments.format(moment, unescape(date.group(2)))));
    }
    return switch (target) {
      case "!here", "!channel", "!everyone" ->
          Optional.of(Node.element("span", "mention").says("@" + target.substring(1)));
      default -> label.isEmpty() ? Optional.empty() : Optional.of(Node.text(unescape(label)));
    };
  }

  /** Within code, marks stand for their words. */
  private static String plain(String code) {
    return unescape(code.replaceAll("<[^<>|]*\\|([^<>]*)>", "$1").replaceAll("<([^<>]*)>", "$1"));
  }

  static String unescape(String text) {
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }
}
