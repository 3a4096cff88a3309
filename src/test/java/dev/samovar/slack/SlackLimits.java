package dev.samovar.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.util.json.GsonFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Slack's limits (docs: reference/block-kit and reference/methods), as a list of what breaks them.
 */
final class SlackLimits {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MESSAGE_TEXT = 12_000;

  private final List<String> broken = new ArrayList<>();

  private SlackLimits() {}

  static List<String> brokenBy(OutgoingMessage message) {
    SlackLimits limits = new SlackLimits();
    limits.most(
        "text bytes",
        SlackText.cutBytes(message.text(), 3900).getBytes(StandardCharsets.UTF_8).length,
        4000);
    limits.least("text", message.text().length());
    limits.blocks(json(message.blocks()), 50);
    limits.most("all text", length(json(message.blocks())), MESSAGE_TEXT);
    return limits.broken;
  }

  static List<String> brokenBy(com.slack.api.model.view.View view) {
    SlackLimits limits = new SlackLimits();
    JsonNode json = read(GsonFactory.createSnakeCase().toJson(view));
    limits.blocks(json.get("blocks"), 100);
    if (json.has("title")) {
      limits.most("title", json.get("title").get("text").asText().length(), 24);
    }
    limits.most("private_metadata", json.path("private_metadata").asText().length(), 3000);
    return limits.broken;
  }

  static JsonNode json(List<LayoutBlock> blocks) {
    return read(GsonFactory.createSnakeCase().toJson(blocks));
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int length(JsonNode node) {
    if (node.isTextual()) {
      return 0;
    }
    int sum = 0;
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      sum +=
          entry.getKey().equals("text") && entry.getValue().isTextual()
              ? entry.getValue().asText().length()
              : length(entry.getValue());
    }
    if (node.isArray()) {
      for (JsonNode item : node) {
        sum += length(item);
      }
    }
    return sum;
  }

  private void most(String what, int is, int limit) {
    if (is > limit) {
      broken.add(what + " is " + is + ", over " + limit);
    }
  }

  private void least(String what, int is) {
    if (is < 1) {
      broken.add(what + " is empty");
    }
  }

  private void text(String what, JsonNode text, int limit) {
    most(what, text.path("text").asText().length(), limit);
    least(what, text.path("text").asText().length());
  }

  private void blocks(JsonNode blocks, int limit) {
    most("blocks", blocks.size(), limit);
    Set<String> ids = new HashSet<>();
    for (JsonNode block : blocks) {
      if (block.has("block_id") && !ids.add(block.get("block_id").asText())) {
        broken.add("the block_id " + block.get("block_id") + " is there twice");
      }
      most("block_id", block.path("block_id").asText().length(), 255);
      switch (block.get("type").asText()) {
        case "header" -> text("header", block.get("text"), 150);
        case "section" -> {
          text("section", block.get("text"), 3000);
          if (block.has("accessory")) {
            element(block.get("accessory"));
          }
        }
        case "context" -> {
          most("context elements", block.get("elements").size(), 10);
          block.get("elements").forEach(element -> text("context", element, 3000));
        }
        case "actions" -> {
          most("actions", block.get("elements").size(), 25);
          Set<String> actions = new HashSet<>();
          for (JsonNode element : block.get("elements")) {
            element(element);
            if (!actions.add(element.get("action_id").asText())) {
              broken.add("the action_id " + element.get("action_id") + " is there twice");
            }
          }
        }
        case "input" -> {
          text("label", block.get("label"), 2000);
          element(block.get("element"));
        }
        case "divider" -> {}
        default -> broken.add("an unknown block " + block.get("type"));
      }
    }
  }

  private void element(JsonNode element) {
    most("action_id", element.get("action_id").asText().length(), 255);
    switch (element.get("type").asText()) {
      case "button" -> {
        text("button", element.get("text"), 75);
        most("button value", element.path("value").asText().length(), 2000);
        most("button url", element.path("url").asText().length(), 3000);
      }
      case "overflow" -> {
        most("options", element.get("options").size(), 5);
        least("options", element.get("options").size());
        for (JsonNode option : element.get("options")) {
          text("option", option.get("text"), 75);
          most("option value", option.get("value").asText().length(), 75);
        }
      }
      case "static_select" -> {
        most("options", element.get("options").size(), 100);
        least("options", element.get("options").size());
        for (JsonNode option : element.get("options")) {
          text("option", option.get("text"), 75);
          most("option value", option.get("value").asText().length(), 150);
        }
      }
      case "plain_text_input" ->
          most("initial value", element.path("initial_value").asText().length(), 3000);
      case "conversations_select", "users_select" ->
          text("placeholder", element.get("placeholder"), 150);
      default -> broken.add("an unknown element " + element.get("type"));
    }
  }
}
