package dev.samovar.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Slack's limits (docs: reference/block-kit), as a list of what breaks them. */
public final class Limits {
  private static final int MESSAGE_BLOCKS = 50;
  private static final int VIEW_BLOCKS = 100;
  private static final int MESSAGE_TEXT = 12_000;
  private static final Set<String> CHOICES =
      Set.of("static_select", "overflow", "checkboxes", "radio_buttons");

  private final List<String> broken = new ArrayList<>();

  private Limits() {}

  /** Of a message's blocks. */
  public static List<String> ofMessage(JsonNode blocks) {
    Limits limits = new Limits();
    limits.blocks(blocks, MESSAGE_BLOCKS);
    limits.most("all text", length(blocks), MESSAGE_TEXT);
    return limits.broken;
  }

  /** Of a modal or a home. */
  public static List<String> ofView(JsonNode view) {
    Limits limits = new Limits();
    limits.blocks(view.path("blocks"), VIEW_BLOCKS);
    if (view.has("title")) {
      limits.most("title", view.at("/title/text").asText().length(), 24);
    }
    limits.most("private_metadata", view.path("private_metadata").asText().length(), 3000);
    return limits.broken;
  }

  private static int length(JsonNode node) {
    int length = 0;
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      length +=
          entry.getKey().equals("text") && entry.getValue().isTextual()
              ? entry.getValue().asText().length()
              : length(entry.getValue());
    }
    if (node.isArray()) {
      for (JsonNode item : node) {
        length += length(item);
      }
    }
    return length;
  }

  private void most(String what, int given, int most) {
    if (given > most) {
      broken.add(what + ": " + given + " > " + most);
    }
  }

  private void least(String what, int given) {
    if (given < 1) {
      broken.add(what + " is empty");
    }
  }

  private void text(String what, JsonNode text, int most) {
    least(what, text.path("text").asText().length());
    most(what, text.path("text").asText().length(), most);
  }

  private void blocks(JsonNode blocks, int most) {
    most("blocks", blocks.size(), most);
    Set<String> ids = new HashSet<>();
    for (JsonNode block : blocks) {
      if (block.has("block_id") && !ids.add(block.get("block_id").asText())) {
        broken.add("the block_id " + block.get("block_id") + " is there twice");
      }
      most("block_id", block.path("block_id").asText().length(), 255);
      block(block);
    }
  }

  private void block(JsonNode block) {
    switch (block.path("type").asText()) {
      case "header" -> text("header", block.path("text"), 150);
      case "section" -> {
        if (block.has("fields")) {
          most("fields", block.get("fields").size(), 10);
          block.get("fields").forEach(field -> text("field", field, 2000));
        }
        if (block.has("text") || !block.has("fields")) {
          text("section", block.path("text"), 3000);
        }
        if (block.has("accessory")) {
          element(block.get("accessory"));
        }
      }
      case "context" -> {
        most("context elements", block.path("elements").size(), 10);
        block.path("elements").forEach(this::context);
      }
      case "actions" -> {
        most("actions", block.path("elements").size(), 25);
        Set<String> actions = new HashSet<>();
        for (JsonNode element : block.path("elements")) {
          element(element);
          if (!actions.add(element.path("action_id").asText())) {
            broken.add("the action_id " + element.get("action_id") + " is there twice");
          }
        }
      }
      case "input" -> {
        text("label", block.path("label"), 2000);
        element(block.path("element"));
      }
      case "image" -> image(block);
      case "divider", "rich_text" -> {}
      default -> broken.add("an unknown block " + block.get("type"));
    }
  }

  private void context(JsonNode element) {
    if (element.path("type").asText().equals("image")) {
      image(element);
    } else {
      text("context", element, 3000);
    }
  }

  private void image(JsonNode image) {
    least("alt_text", image.path("alt_text").asText().length());
    most("alt_text", image.path("alt_text").asText().length(), 2000);
    most("image_url", image.path("image_url").asText().length(), 3000);
    if (image.has("image_url") == image.has("slack_file")) {
      broken.add("an image has an image_url or a slack_file");
    }
  }

  private void element(JsonNode element) {
    String type = element.path("type").asText();
    most("action_id", element.path("action_id").asText().length(), 255);
    if (element.has("placeholder")) {
      text("placeholder", element.get("placeholder"), 150);
    }
    if (CHOICES.contains(type)) {
      most(
          "options",
          element.path("options").size(),
          switch (type) {
            case "overflow" -> 5;
            case "static_select" -> 100;
            default -> 10;
          });
      least("options", element.path("options").size());
      for (JsonNode option : element.path("options")) {
        text("option", option.path("text"), 75);
        most("option value", option.path("value").asText().length(), 150);
      }
      return;
    }
    switch (type) {
      case "button" -> {
        text("button", element.path("text"), 75);
        most("button value", element.path("value").asText().length(), 2000);
        most("button url", element.path("url").asText().length(), 3000);
      }
      case "plain_text_input" ->
          most("initial value", element.path("initial_value").asText().length(), 3000);
      case "image" -> image(element);
      case "conversations_select", "users_select", "channels_select" -> {}
      default -> broken.add("an unknown element " + element.get("type"));
    }
  }
}
