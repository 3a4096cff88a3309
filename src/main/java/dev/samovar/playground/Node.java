package dev.samovar.playground;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A piece of the page. Text is escaped when it is written, and only elements and attributes that
 * can do no harm can be made: so what people and apps say cannot become markup.
 */
sealed interface Node {
  void write(StringBuilder out);

  /** Text, whatever it looks like. */
  record Text(String text) implements Node {
    @Override
    public void write(StringBuilder out) {
      escape(text, out);
    }
  }

  /** An element of the page. */
  record Element(String tag, Map<String, String> attributes, List<Node> children) implements Node {
    private static final Set<String> TAGS =
        Set.of(
            "a",
            "article",
            "b",
            "blockquote",
            "br",
            "button",
            "code",
            "details",
            "div",
            "dl",
            "em",
            "fieldset",
            "footer",
            "form",
            "h2",
            "h3",
            "header",
            "hr",
            "img",
            "input",
            "label",
            "legend",
            "li",
            "nav",
            "ol",
            "option",
            "p",
            "pre",
            "s",
            "section",
            "select",
            "small",
            "span",
            "strong",
            "summary",
            "textarea",
            "time",
            "ul");
    private static final Set<String> EMPTY = Set.of("br", "hr", "img", "input");
    private static final Set<String> ATTRIBUTES =
        Set.of(
            "alt",
            "aria-hidden",
            "aria-label",
            "aria-current",
            "aria-describedby",
            "aria-invalid",
            "checked",
            "class",
            "datetime",
            "disabled",
            "for",
            "href",
            "id",
            "maxlength",
            "name",
            "placeholder",
            "rel",
            "required",
            "role",
            "rows",
            "selected",
            "src",
            "start",
            "tabindex",
            "target",
            "title",
            "type",
            "value");
    private static final Pattern DATA = Pattern.compile("data-[a-z-]+");

    public Element {
      if (!TAGS.contains(tag)) {
        throw new IllegalArgumentException("No element of this page: " + tag);
      }
      attributes = new LinkedHashMap<>(attributes);
      attributes.forEach(Element::check);
      children = List.copyOf(children);
    }

    private static void check(String name, String value) {
      if (!ATTRIBUTES.contains(name) && !DATA.matcher(name).matches()) {
        throw new IllegalArgumentException("No attribute of this page: " + name);
      }
      boolean isSafe =
          switch (name) {
            case "href" -> isWeb(value);
            case "src" -> value.startsWith("/file/");
            default -> true;
          };
      if (!isSafe) {
        throw new IllegalArgumentException("Not to be opened from this page: " + value);
      }
    }

    Element with(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(attributes);
      more.put(name, value);
      return new Element(tag, more, children);
    }

    Element with(Node... more) {
      return with(Arrays.asList(more));
    }

    Element with(List<? extends Node> more) {
      List<Node> all = new ArrayList<>(children);
      all.addAll(more);
      return new Element(tag, attributes, all);
    }

    Element says(String text) {
      return with(new Text(text));
    }

    @Override
    public void write(StringBuilder out) {
      out.append('<').append(tag);
      attributes.forEach(
          (name, value) -> {
            out.append(' ').append(name).append("=\"");
            escape(value, out);
            out.append('"');
          });
      out.append('>');
      if (!EMPTY.contains(tag)) {
        children.forEach(child -> child.write(out));
        out.append("</").append(tag).append('>');
      }
    }
  }

  static Element element(String tag) {
    return new Element(tag, Map.of(), List.of());
  }

  /**
   * @param style the name of a class of the page's style sheet
   */
  static Element element(String tag, String style) {
    return element(tag).with("class", style);
  }

  static Node text(String text) {
    return new Text(text);
  }

  static String html(List<? extends Node> nodes) {
    StringBuilder out = new StringBuilder();
    nodes.forEach(node -> node.write(out));
    return out.toString();
  }

  /** Whether a link may lead there. */
  static boolean isWeb(String url) {
    return url.matches("(?i)(https?://[^\\s\\p{Cntrl}]+|mailto:[^\\s\\p{Cntrl}]+)");
  }

  private static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        case '\0' -> out.append('\uFFFD');
        default -> out.append(c);
      }
    }
  }
}
