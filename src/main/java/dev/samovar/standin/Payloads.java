package dev.samovar.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** What Slack sends to an app (docs: reference/interaction-payloads, reference/events). */
final class Payloads {
  static final String TEAM = "T0SANDBOX";
  static final String APP = "A0SAMOVAR";
  static final String BOT = "U0SAMOVAR";
  static final String BOT_ID = "B0SAMOVAR";

  private final Book book;

  Payloads(Book book) {
    this.book = book;
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode envelope(String id, String type, JsonNode payload) {
    ObjectNode envelope = object();
    envelope.put("envelope_id", id).put("type", type);
    envelope.put("accepts_response_payload", !type.equals("events_api"));
    envelope.set("payload", payload);
    return envelope;
  }

  ObjectNode event(ObjectNode event) {
    Instant now = book.now();
    ObjectNode payload = object();
    payload.put("type", "event_callback").put("token", "").put("team_id", TEAM);
    payload.put("api_app_id", APP).put("event_id", book.id("Ev"));
    payload.put("event_time", now.getEpochSecond());
    event.put("event_ts", book.moment());
    payload.set("event", event);
    return payload;
  }

  /** As Slack shows a message to an app. */
  ObjectNode message(Message message) {
    ObjectNode shown = object();
    shown.put("type", "message").put("user", message.author()).put("ts", message.ts());
    shown.put("text", message.text()).put("team", TEAM);
    message.thread().ifPresent(thread -> shown.put("thread_ts", thread));
    if (message.author().equals(BOT)) {
      shown.put("bot_id", BOT_ID).put("app_id", APP);
    }
    if (message.blocks().isArray()) {
      shown.set("blocks", message.blocks());
    }
    message
        .edited()
        .ifPresent(ts -> shown.putObject("edited").put("user", message.author()).put("ts", ts));
    return shown;
  }

  ObjectNode said(Message message) {
    ObjectNode event = message(message);
    event.put("channel", message.channel());
    boolean isDirect = book.channel(message.channel()).map(Channel::isDirect).orElse(false);
    event.put("channel_type", isDirect ? "im" : "channel");
    return event(event);
  }

  ObjectNode mentioned(Message message) {
    ObjectNode event = message(message);
    event.put("type", "app_mention").put("channel", message.channel());
    return event(event);
  }

  ObjectNode edited(Message before, Message now) {
    ObjectNode event = object();
    event.put("type", "message").put("subtype", "message_changed").put("hidden", true);
    event.put("channel", now.channel()).put("ts", book.moment());
    event.set("message", message(now));
    event.set("previous_message", message(before));
    return event(event);
  }

  ObjectNode removed(Message message) {
    ObjectNode event = object();
    event.put("type", "message").put("subtype", "message_deleted").put("hidden", true);
    event.put("channel", message.channel()).put("ts", book.moment());
    event.put("deleted_ts", message.ts());
    event.set("previous_message", message(message));
    return event(event);
  }

  ObjectNode homeOpened(String user, String channel) {
    ObjectNode event = object();
    event.put("type", "app_home_opened").put("user", user).put("channel", channel);
    return event(event.put("tab", "home"));
  }

  ObjectNode command(
      Member member,
      Channel channel,
      String command,
      String text,
      String trigger,
      String responseUrl) {
    ObjectNode payload = object();
    payload.put("token", "").put("team_id", TEAM).put("team_domain", "sandbox");
    payload.put("channel_id", channel.id()).put("channel_name", channel.name());
    payload.put("user_id", member.id()).put("user_name", member.name());
    payload.put("command", command).put("text", text).put("api_app_id", APP);
    return payload.put("trigger_id", trigger).put("response_url", responseUrl);
  }

  private ObjectNode interaction(String type, Member member, String trigger) {
    ObjectNode payload = object();
    payload.put("type", type).put("token", "").put("api_app_id", APP);
    payload.putObject("team").put("id", TEAM).put("domain", "sandbox");
    ObjectNode user = payload.putObject("user");
    user.put("id", member.id()).put("username", member.name()).put("name", member.name());
    user.put("team_id", TEAM);
    return payload.put("trigger_id", trigger);
  }

  ObjectNode pressed(
      Member member, Message message, JsonNode action, String trigger, String responseUrl) {
    ObjectNode payload = interaction("block_actions", member, trigger);
    ObjectNode container = payload.putObject("container");
    container.put("type", "message").put("message_ts", message.ts());
    container.put("channel_id", message.channel());
    container.put("is_ephemeral", message.onlyFor().isPresent());
    message.thread().ifPresent(thread -> container.put("thread_ts", thread));
    channel(payload, message.channel());
    // Slack shows an app its whole message, except one that only a person sees.
    if (message.onlyFor().isEmpty()) {
      payload.set("message", message(message));
    }
    payload.put("response_url", responseUrl);
    payload.putArray("actions").add(action);
    return payload;
  }

  private void channel(ObjectNode payload, String id) {
    payload
        .putObject("channel")
        .put("id", id)
        .put("name", book.channel(id).map(Channel::name).orElse(id));
  }

  ObjectNode pressed(Member member, OpenView view, JsonNode action, String trigger) {
    ObjectNode payload = interaction("block_actions", member, trigger);
    payload.putObject("container").put("type", "view").put("view_id", view.id());
    payload.set("view", view(view, Optional.empty()));
    payload.putArray("actions").add(action);
    return payload;
  }

  ObjectNode submitted(Member member, OpenView view, JsonNode state, String trigger) {
    ObjectNode payload = interaction("view_submission", member, trigger);
    payload.set("view", view(view, Optional.of(state)));
    payload.putArray("response_urls");
    return payload;
  }

  ObjectNode closed(Member member, OpenView view) {
    ObjectNode payload = interaction("view_closed", member, "");
    payload.set("view", view(view, Optional.empty()));
    return payload.put("is_cleared", false);
  }

  ObjectNode shortcut(
      Member member, String callback, Message message, String trigger, String responseUrl) {
    ObjectNode payload = interaction("message_action", member, trigger);
    payload.put("callback_id", callback).put("response_url", responseUrl);
    payload.put("action_ts", book.moment()).put("message_ts", message.ts());
    channel(payload, message.channel());
    payload.set("message", message(message));
    return payload;
  }

  static ObjectNode view(OpenView view, Optional<JsonNode> state) {
    ObjectNode shown = view.content().deepCopy();
    shown.put("id", view.id()).put("team_id", TEAM).put("app_id", APP).put("bot_id", BOT_ID);
    shown.put("root_view_id", view.id()).put("hash", view.id());
    ObjectNode values = shown.putObject("state");
    values.set("values", state.orElseGet(Payloads::object));
    return shown;
  }
}
