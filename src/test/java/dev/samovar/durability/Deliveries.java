package dev.samovar.durability;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands over as Slack does. An event that was not taken comes again at once, and twice more later:
 * here as soon as somebody listens, where Slack waits minutes. Commands and presses come once.
 */
final class Deliveries implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RETRIES = 3;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger events = new AtomicInteger();
  private final AtomicInteger retries = new AtomicInteger();
  private final Workspace workspace;
  private final Carrier carrier;

  Deliveries(Workspace workspace, Carrier carrier) {
    this.workspace = workspace;
    this.carrier = carrier;
  }

  int retries() {
    return retries.get();
  }

  /**
   * @return whether it was taken in the end
   */
  CompletableFuture<Boolean> event(String body) {
    return attempt(body, 0, "");
  }

  /** Once more, though it was taken: Slack promises at least once. */
  CompletableFuture<Boolean> again(String body) {
    return attempt(body, RETRIES, "http_timeout");
  }

  private CompletableFuture<Boolean> attempt(String body, int retry, String why) {
    if (retry > 0) {
      retries.incrementAndGet();
    }
    return carry(Carrier.Kind.EVENT, body, retry, why)
        .thenComposeAsync(
            failed ->
                failed.isEmpty()
                    ? CompletableFuture.completedFuture(true)
                    : retry == RETRIES
                        ? CompletableFuture.completedFuture(false)
                        : retry == 0
                            ? attempt(body, 1, failed)
                            : carrier
                                .somebodyListens()
                                .thenComposeAsync(
                                    ready -> attempt(body, retry + 1, failed), threads),
            threads);
  }

  private CompletableFuture<String> carry(
      Carrier.Kind kind, String payload, int retry, String why) {
    workspace.saw(Stage.DELIVERED);
    return carrier
        .carry(kind, payload, retry, why)
        .thenApplyAsync(
            failed -> {
              if (failed.isEmpty()) {
                workspace.saw(Stage.ACKNOWLEDGED);
              }
              return failed;
            },
            threads);
  }

  /**
   * @return whether it was acknowledged
   */
  CompletableFuture<Boolean> once(Carrier.Kind kind, String payload) {
    return carry(kind, payload, 0, "").thenApply(String::isEmpty);
  }

  /**
   * @param type {@code message} or {@code app_mention}
   */
  String body(String type, Message message) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("type", type);
    event.put("channel", message.channel());
    event.put("user", message.user());
    event.put("text", message.text());
    event.put("ts", message.ts());
    event.put("channel_type", "channel");
    event.put("event_ts", message.ts());
    return json(
        Map.of(
            "type",
            "event_callback",
            "team_id",
            "T1",
            "api_app_id",
            "A1",
            "event_id",
            "Ev" + events.incrementAndGet(),
            "event_time",
            System.currentTimeMillis() / 1000,
            "event",
            event));
  }

  static String command(String text, String channel, String responseUrl) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("command", "/triage");
    form.put("text", text);
    form.put("channel_id", channel);
    form.put("user_id", "U1");
    form.put("team_id", "T1");
    form.put("trigger_id", "t." + channel);
    form.put("response_url", responseUrl);
    return json(form);
  }

  static String press(Message.Element button, Message message, String user) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("type", "block_actions");
    payload.put("team", Map.of("id", "T1"));
    payload.put("user", Map.of("id", user));
    payload.put("api_app_id", "A1");
    payload.put("trigger_id", "p." + message.ts() + button.actionId() + System.nanoTime());
    payload.put("channel", Map.of("id", message.channel()));
    Map<String, Object> container = new LinkedHashMap<>();
    container.put("type", "message");
    container.put("message_ts", message.ts());
    container.put("channel_id", message.channel());
    container.put("is_ephemeral", false);
    message.thread().ifPresent(thread -> container.put("thread_ts", thread));
    payload.put("container", container);
    payload.put(
        "actions",
        List.of(
            Map.of(
                "type",
                "button",
                "action_id",
                button.actionId(),
                "block_id",
                button.blockId(),
                "value",
                button.value(),
                "action_ts",
                Double.toString(System.currentTimeMillis() / 1000.0))));
    return json(payload);
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    carrier.close();
    threads.shutdownNow();
  }
}
