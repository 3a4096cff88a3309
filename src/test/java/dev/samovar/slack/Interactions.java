package dev.samovar.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Payloads as Slack sends them, and what stands in the messages it was sent. */
final class Interactions {
  private static final AtomicInteger COUNT = new AtomicInteger();
  static final ObjectMapper JSON = new ObjectMapper();

  private Interactions() {}

  static String envelope(String id, String type, String payload) {
    return "{\"envelope_id\":\""
        + id
        + "\",\"type\":\""
        + type
        + "\",\"accepts_response_payload\":true,\"payload\":"
        + payload
        + "}";
  }

  static String event(String id, Map<String, Object> event) throws IOException {
    return JSON.writeValueAsString(
        Map.of(
            "type",
            "event_callback",
            "team_id",
            "T1",
            "api_app_id",
            "A1",
            "event_id",
            id,
            "event_time",
            1,
            "event",
            event));
  }

  static String message(String id, String channel, String ts, String thread, String text)
      throws IOException {
    Map<String, Object> event =
        new LinkedHashMap<>(
            Map.of(
                "type",
                "message",
                "channel",
                channel,
                "user",
                "U1",
                "text",
                text,
                "ts",
                ts,
                "channel_type",
                "channel"));
    if (!thread.isEmpty()) {
      event.put("thread_ts", thread);
    }
    return event(id, event);
  }

  /** Slack gives each trigger an id of its own, and nobody presses twice within ten seconds. */
  static String unique() {
    return "t" + COUNT.incrementAndGet();
  }

  static String command(String text, String responseUrl) throws IOException {
    return command(text, "C9", "U1", responseUrl);
  }

  static String command(String text, String channel, String user, String responseUrl)
      throws IOException {
    return JSON.writeValueAsString(
        Map.of(
            "command",
            "/triage",
            "text",
            text,
            "channel_id",
            channel,
            "user_id",
            user,
            "team_id",
            "T1",
            "trigger_id",
            unique(),
            "response_url",
            responseUrl));
  }

  /** An element with an {@code action_id} in the blocks of a message. */
  record Element(String actionId, String blockId, String text, String value) {}

  static List<Element> elements(String blocks) throws IOException {
    List<Element> found = new ArrayList<>();
    for (JsonNode block : JSON.readTree(blocks)) {
      List<JsonNode> parts = new ArrayList<>();
      block.path("elements").forEach(parts::add);
      parts.add(block.path("accessory"));
      for (JsonNode part : parts) {
        if (part.has("action_id")) {
          found.add(
              new Element(
                  part.get("action_id").asText(),
                  block.path("block_id").asText(),
                  part.path("text").path("text").asText(),
                  part.path("value").asText()));
        }
      }
    }
    return found;
  }

  static Element element(String blocks, String actionId) throws IOException {
    return elements(blocks).stream()
        .filter(element -> element.actionId().equals(actionId))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No " + actionId + " in " + blocks));
  }

  static String press(Element element, String user, String channel, String ts) throws IOException {
    return actions(
        Map.of(
            "type",
            "button",
            "action_id",
            element.actionId(),
            "block_id",
            element.blockId(),
            "value",
            element.value()),
        user,
        channel,
        ts,
        false,
        "");
  }

  static String choose(Element element, String option, String channel, String ts)
      throws IOException {
    return actions(
        Map.of(
            "type",
            "static_select",
            "action_id",
            element.actionId(),
            "block_id",
            element.blockId(),
            "selected_option",
            Map.of("text", Map.of("type", "plain_text", "text", option), "value", option)),
        "U1",
        channel,
        ts,
        false,
        "");
  }

  static String actions(
      Map<String, Object> action,
      String user,
      String channel,
      String ts,
      boolean isEphemeral,
      String responseUrl)
      throws IOException {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("type", "block_actions");
    payload.put("team", Map.of("id", "T1"));
    payload.put("user", Map.of("id", user));
    payload.put("api_app_id", "A1");
    payload.put("trigger_id", unique());
    payload.put("channel", Map.of("id", channel));
    payload.put(
        "container",
        Map.of(
            "type",
            "message",
            "message_ts",
            ts,
            "channel_id",
            channel,
            "is_ephemeral",
            isEphemeral));
    Map<String, Object> now = new LinkedHashMap<>(action);
    now.put("action_ts", 10 * COUNT.incrementAndGet() + ".000001");
    payload.put("actions", List.of(now));
    if (!responseUrl.isEmpty()) {
      payload.put("response_url", responseUrl);
    }
    return JSON.writeValueAsString(payload);
  }

  static String inView(Element element, String viewId, String metadata) throws IOException {
    return JSON.writeValueAsString(
        Map.of(
            "type",
            "block_actions",
            "team",
            Map.of("id", "T1"),
            "user",
            Map.of("id", "U1"),
            "trigger_id",
            unique(),
            "container",
            Map.of("type", "view", "view_id", viewId),
            "view",
            Map.of("id", viewId, "type", "modal", "private_metadata", metadata),
            "actions",
            List.of(
                Map.of(
                    "type",
                    "button",
                    "action_id",
                    element.actionId(),
                    "block_id",
                    element.blockId(),
                    "value",
                    element.value()))));
  }

  static String submitUpdate(String metadata, String text, String channel) throws IOException {
    return submit(
        "samovar:update",
        metadata,
        "U1",
        Map.of(
            "update-text",
            Map.of("type", "plain_text_input", "value", text),
            "update-where",
            Map.of("type", "conversations_select", "selected_conversation", channel)));
  }

  /**
   * @param values by the id that block and action share
   */
  static String submit(String callback, String metadata, String user, Map<String, Object> values)
      throws IOException {
    Map<String, Object> nested = new LinkedHashMap<>();
    values.forEach((id, value) -> nested.put(id, Map.of(id, value)));
    return JSON.writeValueAsString(
        Map.of(
            "type",
            "view_submission",
            "team",
            Map.of("id", "T1"),
            "user",
            Map.of("id", user),
            "view",
            Map.of(
                "id",
                "V" + unique(),
                "type",
                "modal",
                "callback_id",
                callback,
                "private_metadata",
                metadata,
                "state",
                Map.of("values", nested))));
  }
}
