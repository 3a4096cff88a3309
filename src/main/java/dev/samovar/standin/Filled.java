package dev.samovar.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was typed and chosen in a modal. */
public final class Filled {
  private Filled() {}

  /** Where it was typed. */
  public record Field(String block, String action) {}

  /** What must be said and was not, by the id of its block. */
  static Map<String, String> missing(JsonNode view, Map<Field, String> given) {
    Map<String, String> missing = new LinkedHashMap<>();
    for (JsonNode block : view.path("blocks")) {
      boolean isInput = block.path("type").asText().equals("input");
      if (isInput
          && !block.path("optional").asBoolean()
          && value(block, block.path("element"), given).isBlank()) {
        missing.put(block.path("block_id").asText(), "Please complete this required field.");
      }
    }
    return missing;
  }

  private static String value(JsonNode block, JsonNode element, Map<Field, String> given) {
    return given.getOrDefault(
        new Field(block.path("block_id").asText(), element.path("action_id").asText()), "");
  }

  /** As Slack tells it: {@code state.values}. */
  static ObjectNode state(JsonNode view, Map<Field, String> given) {
    ObjectNode values = Payloads.object();
    for (JsonNode block : view.path("blocks")) {
      for (JsonNode element : Pressed.elements(block)) {
        if (element.has("action_id") && !element.path("type").asText().equals("button")) {
          values
              .withObjectProperty(block.path("block_id").asText())
              .set(
                  element.path("action_id").asText(), entry(element, value(block, element, given)));
        }
      }
    }
    return values;
  }

  private static ObjectNode entry(JsonNode element, String value) {
    String type = element.path("type").asText();
    ObjectNode entry = Payloads.object().put("type", type);
    Optional<String> said = Optional.of(value).filter(one -> !one.isEmpty());
    switch (type) {
      case "static_select", "radio_buttons" ->
          entry.set("selected_option", Pressed.option(element, value).orElse(null));
      case "checkboxes" -> {
        ArrayNode options = entry.putArray("selected_options");
        value.lines().forEach(one -> Pressed.option(element, one).ifPresent(options::add));
      }
      case "users_select" -> entry.put("selected_user", said.orElse(null));
      case "conversations_select" -> entry.put("selected_conversation", said.orElse(null));
      case "channels_select" -> entry.put("selected_channel", said.orElse(null));
      default -> entry.put("value", said.orElse(null));
    }
    return entry;
  }
}
