package dev.samovar.playground;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.playground.Node.Element;
import dev.samovar.standin.Channel;
import dev.samovar.standin.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Block Kit as it is shown (docs: reference/block-kit): messages, modals and homes. */
final class BlockKit {
  private static final Pattern NAME = Pattern.compile(":([a-z0-9_+'-]{1,50}):");

  /** Of words in rich text, the innermost first. */
  private enum Style {
    CODE("code"),
    BOLD("strong"),
    ITALIC("em"),
    STRIKE("s");

    private final String tag;

    Style(String tag) {
      this.tag = tag;
    }
  }

  private final Mrkdwn mrkdwn;
  private final Supplier<List<Member>> members;
  private final Supplier<List<Channel>> channels;

  BlockKit(Mrkdwn mrkdwn, Supplier<List<Member>> members, Supplier<List<Channel>> channels) {
    this.mrkdwn = mrkdwn;
    this.members = members;
    this.channels = channels;
  }

  List<Node> render(JsonNode blocks) {
    return render(blocks, Map.of());
  }

  /**
   * @param complaints by the ids of blocks
   */
  List<Node> render(JsonNode blocks, Map<String, String> complaints) {
    List<Node> nodes = new ArrayList<>();
    for (JsonNode block : blocks) {
      nodes.add(block(block, Optional.ofNullable(complaints.get(block.path("block_id").asText()))));
    }
    return nodes;
  }

  private Node block(JsonNode block, Optional<String> complaint) {
    String id = block.path("block_id").asText();
    return switch (block.path("type").asText()) {
      case "header" -> Node.element("h3", "header").with(words(block.path("text")));
      case "section" -> section(block, id);
      case "context" -> {
        List<Node> parts = new ArrayList<>();
        for (JsonNode element : block.path("elements")) {
          parts.add(
              element.path("type").asText().equals("image")
                  ? image(element, "small")
                  : Node.element("div").with(words(element)));
        }
        yield Node.element("div", "context").with(parts);
      }
      case "actions" -> {
        List<Node> parts = new ArrayList<>();
        block.path("elements").forEach(element -> parts.add(element(element, id, "")));
        yield Node.element("div", "actions").with(parts);
      }
      case "divider" -> Node.element("hr");
      case "image" -> image(block, "picture");
      case "input" -> input(block, id, complaint);
      case "rich_text" -> Node.element("div", "rich").with(rich(block.path("elements")));
      default -> unknown("block", block);
    };
  }

  private static Node unknown(String what, JsonNode node) {
    return Node.element("p", "unknown")
        .says("(This page can't show a " + what + " of the type " + node.path("type") + ".)");
  }

  private Node section(JsonNode block, String id) {
    List<Node> body = new ArrayList<>();
    if (block.has("text")) {
      body.add(Node.element("div").with(words(block.get("text"))));
    }
    if (block.has("fields")) {
      List<Node> fields = new ArrayList<>();
      block.get("fields").forEach(one -> fields.add(Node.element("div").with(words(one))));
      body.add(Node.element("div", "fields").with(fields));
    }
    Element section = Node.element("div", "section").with(Node.element("div", "text").with(body));
    return block.has("accessory")
        ? section.with(
            Node.element("div", "accessory").with(element(block.get("accessory"), id, "")))
        : section;
  }

  /** A text object: mrkdwn, or plain text with emoji. */
  private List<Node> words(JsonNode text) {
    String said = text.path("text").asText();
    return text.path("type").asText().equals("mrkdwn") ? mrkdwn.render(said) : plain(said);
  }

  private static List<Node> plain(String said) {
    List<Node> nodes = new ArrayList<>();
    Matcher name = NAME.matcher(said);
    int from = 0;
    while (name.find(from)) {
      boolean isKnown = Emoji.of(name.group(1)).isPresent();
      nodes.add(Node.text(said.substring(from, isKnown ? name.start() : name.end() - 1)));
      if (isKnown) {
        nodes.add(Emoji.node(name.group(1)));
      }
      from = isKnown ? name.end() : name.end() - 1;
    }
    nodes.add(Node.text(said.substring(from)));
    return nodes;
  }

  private Node image(JsonNode image, String style) {
    String alt = image.path("alt_text").asText();
    String file = image.at("/slack_file/id").asText();
    String title = image.at("/title/text").asText();
    if (!file.matches("[A-Z0-9]{2,20}")) {
      // Nothing from outside is loaded: the page would tell others who reads it.
      return Node.element("p", "unknown").says("(A picture from elsewhere: " + alt + ")");
    }
    Element shown = Node.element("div", style);
    return (title.isEmpty() ? shown : shown.with(Node.element("small").says(title)))
        .with(Node.element("img").with("src", "/file/" + file).with("alt", alt));
  }

  private Node input(JsonNode block, String id, Optional<String> complaint) {
    JsonNode element = block.path("element");
    String name = "in-" + id + "-" + element.path("action_id").asText();
    Element label =
        Node.element("label").with("for", name).with(plain(block.at("/label/text").asText()));
    Element field =
        Node.element("div", "input")
            .with(
                block.path("optional").asBoolean()
                    ? label.with(Node.element("small").says(" (optional)"))
                    : label)
            .with(element(element, id, name));
    if (block.has("hint")) {
      field =
          field.with(Node.element("small", "hint").with(plain(block.at("/hint/text").asText())));
    }
    return complaint.isEmpty()
        ? field
        : field.with(Node.element("p", "complaint").with("role", "alert").says(complaint.get()));
  }

  /**
   * @param name of the field; empty for what acts at once
   */
  private Node element(JsonNode element, String block, String name) {
    return switch (element.path("type").asText()) {
      case "button" -> button(element, block);
      case "static_select" -> select(element, block, name, options(element));
      case "users_select" -> select(element, block, name, people(element));
      case "conversations_select", "channels_select" ->
          select(element, block, name, conversations(element));
      case "overflow" -> overflow(element, block);
      case "checkboxes" -> boxes(element, block, name, "checkbox");
      case "radio_buttons" -> boxes(element, block, name, "radio");
      case "plain_text_input" -> textInput(element, block, name);
      case "image" -> image(element, "small");
      default -> unknown("control", element);
    };
  }

  private static Element acting(Element control, JsonNode element, String block, String name) {
    Element acting =
        control.with("data-block", block).with("data-action", element.path("action_id").asText());
    return name.isEmpty() ? acting : acting.with("id", name).with("data-field", "");
  }

  private static Node button(JsonNode element, String block) {
    String style = element.path("style").asText();
    Element button =
        acting(
                Node.element("button", style.matches("primary|danger") ? style : "plain"),
                element,
                block,
                "")
            .with("type", "button")
            .with("data-press", "")
            .with(plain(element.at("/text/text").asText()));
    String url = element.path("url").asText();
    if (Node.isWeb(url)) {
      button = button.with("data-url", url);
    }
    return confirming(button, element);
  }

  private static Element confirming(Element control, JsonNode element) {
    JsonNode confirm = element.path("confirm");
    return confirm.isMissingNode()
        ? control
        : control
            .with("data-confirm", confirm.at("/text/text").asText())
            .with("data-confirm-title", confirm.at("/title/text").asText())
            .with("data-confirm-yes", confirm.at("/confirm/text").asText())
            .with("data-confirm-no", confirm.at("/deny/text").asText());
  }

  private static Element option(String value, String words, boolean isChosen) {
    Element option = Node.element("option").with("value", value).says(words);
    return isChosen ? option.with("selected", "") : option;
  }

  private static List<Node> options(JsonNode element) {
    String first = element.at("/initial_option/value").asText();
    List<Node> options = new ArrayList<>();
    for (JsonNode one : element.path("options")) {
      String value = one.path("value").asText();
      options.add(
          option(
              value,
              one.at("/text/text").asText(),
              element.has("initial_option") && value.equals(first)));
    }
    return options;
  }

  private List<Node> people(JsonNode element) {
    String first = element.path("initial_user").asText();
    return members.get().stream()
        .<Node>map(one -> option(one.id(), one.realName(), one.id().equals(first)))
        .toList();
  }

  private List<Node> conversations(JsonNode element) {
    String first =
        element.path("initial_conversation").asText() + element.path("initial_channel").asText();
    List<Node> options = new ArrayList<>();
    for (Channel channel : channels.get()) {
      if (!channel.isDirect()) {
        options.add(option(channel.id(), "#" + channel.name(), channel.id().equals(first)));
      }
    }
    if (element.path("type").asText().equals("conversations_select")) {
      for (Member member : members.get()) {
        options.add(option(member.id(), member.realName(), member.id().equals(first)));
      }
    }
    return options;
  }

  private static Node select(JsonNode element, String block, String name, List<Node> options) {
    String words = element.at("/placeholder/text").asText();
    Element select =
        confirming(acting(Node.element("select", "select"), element, block, name), element)
            .with("aria-label", words.isEmpty() ? "Choose" : words);
    if (name.isEmpty()) {
      select = select.with("data-choose", "");
    }
    return select.with(option("", words.isEmpty() ? "Choose …" : words, false)).with(options);
  }

  private static Node overflow(JsonNode element, String block) {
    List<Node> entries = new ArrayList<>();
    for (JsonNode one : element.path("options")) {
      entries.add(
          acting(Node.element("button", "entry"), element, block, "")
              .with("type", "button")
              .with("data-press", "")
              .with("value", one.path("value").asText())
              .with(plain(one.at("/text/text").asText())));
    }
    return Node.element("details", "overflow")
        .with(Node.element("summary").with("aria-label", "More actions").says("⋯"))
        .with(Node.element("div", "menu").with(entries));
  }

  private static Node boxes(JsonNode element, String block, String name, String type) {
    List<Node> rows = new ArrayList<>();
    for (JsonNode one : element.path("options")) {
      String value = one.path("value").asText();
      boolean isChosen = value.equals(element.at("/initial_option/value").asText());
      for (JsonNode first : element.path("initial_options")) {
        isChosen |= value.equals(first.path("value").asText());
      }
      Element box =
          acting(Node.element("input"), element, block, "")
              .with("type", type)
              .with("name", name)
              .with("value", value)
              .with(name.isEmpty() ? "data-choose" : "data-field", "");
      rows.add(
          Node.element("label", "box")
              .with(isChosen ? box.with("checked", "") : box)
              .with(plain(one.at("/text/text").asText())));
    }
    return Node.element("div", "boxes").with("id", name).with(rows);
  }

  private static Node textInput(JsonNode element, String block, String name) {
    String first = element.path("initial_value").asText();
    boolean isLong = element.path("multiline").asBoolean();
    Element field =
        acting(Node.element(isLong ? "textarea" : "input"), element, block, name)
            .with("placeholder", element.at("/placeholder/text").asText());
    int most = element.path("max_length").asInt();
    if (most > 0) {
      field = field.with("maxlength", String.valueOf(most));
    }
    // A line break right behind the tag would be lost.
    return isLong
        ? field.with("rows", "6").says(first.startsWith("\n") ? "\n" + first : first)
        : field.with("type", "text").with("value", first);
  }

  /** Rich text: lists, quotes, code and styled words. */
  private List<Node> rich(JsonNode elements) {
    List<Node> nodes = new ArrayList<>();
    for (JsonNode element : elements) {
      JsonNode inner = element.path("elements");
      nodes.add(
          switch (element.path("type").asText()) {
            case "rich_text_section" -> Node.element("div").with(rich(inner));
            case "rich_text_quote" -> Node.element("blockquote").with(rich(inner));
            case "rich_text_preformatted" -> Node.element("pre").with(rich(inner));
            case "rich_text_list" -> {
              List<Node> items = new ArrayList<>();
              inner.forEach(one -> items.add(Node.element("li").with(rich(one.path("elements")))));
              boolean isOrdered = element.path("style").asText().equals("ordered");
              yield Node.element(isOrdered ? "ol" : "ul").with(items);
            }
            case "text" -> styled(Node.text(element.path("text").asText()), element.path("style"));
            case "link" -> {
              String url = element.path("url").asText();
              String words = element.path("text").asText();
              yield Node.isWeb(url)
                  ? styled(
                      Node.element("a")
                          .with("href", url)
                          .with("rel", "noopener noreferrer")
                          .with("target", "_blank")
                          .says(words.isEmpty() ? url : words),
                      element.path("style"))
                  : Node.text(words);
            }
            case "emoji" -> Emoji.node(element.path("name").asText());
            case "user" ->
                Node.element("span", "mention")
                    .says(
                        "@"
                            + members.get().stream()
                                .filter(one -> one.id().equals(element.path("user_id").asText()))
                                .findFirst()
                                .map(Member::realName)
                                .orElse(element.path("user_id").asText()));
            default -> unknown("text", element);
          });
    }
    return nodes;
  }

  private static Node styled(Node words, JsonNode style) {
    Node node = words;
    for (Style one : Style.values()) {
      if (style.path(one.name().toLowerCase(Locale.ROOT)).asBoolean()) {
        node = Node.element(one.tag).with(node);
      }
    }
    return node;
  }
}
