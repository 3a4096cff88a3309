package dev.samovar.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The action that a press of an element means. */
final class Pressed {
  private Pressed() {}

  /** Empty where there is no such element, or no such option in it. */
  static Optional<ObjectNode> of(
      JsonNode blocks, String blockId, String actionId, String chosen, String moment) {
    for (JsonNode block : blocks) {
      for (JsonNode element : elements(block)) {
        if (element.path("action_id").asText().equals(actionId)
            && (blockId.isEmpty() || block.path("block_id").asText().equals(blockId))) {
          return action(element, chosen)
              .map(
                  action ->
                      action
                          .put("action_id", actionId)
                          .put("block_id", block.path("block_id").asText())
                          .put("action_ts", moment));
        }
      }
    }
    return Optional.empty();
  }

  static List<JsonNode> elements(JsonNode block) {
    List<JsonNode> elements = new ArrayList<>();
    block.path("elements").forEach(elements::add);
    elements.add(block.path("accessory"));
    elements.add(block.path("element"));
    return elements;
  }

  private static Optional<ObjectNode> action(JsonNode element, String chosen) {
    String type = element.path("type").asText();
    ObjectNode action = Payloads.object().put("type", type);
    switch (type) {
      case "button" -> {
        action.set("text", element.path("text"));
        return Optional.of(action.put("value", element.path("value").asText()));
      }
      case "static_select", "overflow", "radio_buttons" -> {
        Optional<JsonNode> option = option(element, chosen);
        option.ifPresent(one -> action.set("selected_option", one));
        return option.map(one -> action);
      }
      case "users_select" -> action.put("selected_user", chosen);
      case "conversations_select" -> action.put("selected_conversation", chosen);
      case "channels_select" -> action.put("selected_channel", chosen);
      default -> {
        return Optional.empty();
      }
    }
    return chosen.isEmpty() ? Optional.empty() : Optional.of(action);
  }

  static Optional<JsonNode> option(JsonNode element, String value) {
    for (JsonNode option : element.path("options")) {
      if (option.path("value").asText().equals(value)) {
        return Optional.of(option);
      }
    }
    return Optional.empty();
  }
}
