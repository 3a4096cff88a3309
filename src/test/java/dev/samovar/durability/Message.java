package dev.samovar.durability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;

/**
 * A message as Slack keeps it.
 *
 * @param thread the message it replies to
 * @param user of a person; empty for the app's own
 * @param metadata missing where none was given
 * @param edits how often it was edited
 */
record Message(
    String channel,
    String ts,
    Optional<String> thread,
    String user,
    String text,
    JsonNode blocks,
    JsonNode metadata,
    int edits) {

  static Message of(String channel, String ts, Optional<String> thread, String user, String text) {
    return new Message(
        channel, ts, thread, user, text, MissingNode.getInstance(), MissingNode.getInstance(), 0);
  }

  boolean isOfTheApp() {
    return user.isEmpty();
  }

  boolean has(String actionId) {
    return element(actionId).isPresent();
  }

  /** An element of its blocks that can be pressed. */
  Optional<Element> element(String actionId) {
    for (JsonNode block : blocks) {
      for (JsonNode element : block.path("elements")) {
        if (element.path("action_id").asText().equals(actionId)) {
          return Optional.of(
              new Element(
                  actionId, block.path("block_id").asText(), element.path("value").asText()));
        }
      }
    }
    return Optional.empty();
  }

  /** A button. */
  record Element(String actionId, String blockId, String value) {}

  /** A finished summary: it has its buttons, and nothing is being looked at. */
  boolean isFinalAnswer() {
    return has("samovar:own") && !blocks.toString().contains("Looking");
  }
}
