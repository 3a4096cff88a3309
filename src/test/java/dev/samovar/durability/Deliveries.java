package dev.samovar.durability;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hands over as Slack does: signed, with three seconds to answer. An event that was not taken comes
 * again at once, and twice more later: here as soon as somebody listens, where Slack waits minutes.
 * Commands and presses come once.
 */
final class Deliveries implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int RETRIES = 3;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http = HttpClient.newBuilder().executor(threads).build();
  private final AtomicInteger events = new AtomicInteger();
  private final AtomicInteger retries = new AtomicInteger();
  private final Supplier<URI> address;
  private final Supplier<CompletableFuture<?>> somebodyListens;
  private final Workspace workspace;

  /**
   * @param address of one who may listen, another one each time
   * @param somebodyListens completed when one does
   */
  Deliveries(
      Workspace workspace, Supplier<URI> address, Supplier<CompletableFuture<?>> somebodyListens) {
    this.workspace = workspace;
    this.address = address;
    this.somebodyListens = somebodyListens;
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
    Map<String, String> headers =
        retry == 0
            ? Map.of()
            : Map.of("X-Slack-Retry-Num", Integer.toString(retry), "X-Slack-Retry-Reason", why);
    return send(body, "application/json", headers)
        .handle((status, failure) -> failure == null && status == 200 ? "" : reason(failure))
        .thenComposeAsync(
            failed ->
                failed.isEmpty()
                    ? CompletableFuture.completedFuture(true)
                    : retry == RETRIES
                        ? CompletableFuture.completedFuture(false)
                        : retry == 0
                            ? attempt(body, 1, failed)
                            : somebodyListens
                                .get()
                                .thenComposeAsync(
                                    ready -> attempt(body, retry + 1, failed), threads),
            threads);
  }

  private static String reason(@org.jspecify.annotations.Nullable Throwable failure) {
    return failure == null
        ? "http_error"
        : String.valueOf(failure).contains("Timeout") ? "http_timeout" : "connection_failed";
  }

  /**
   * @return whether it was acknowledged
   */
  CompletableFuture<Boolean> once(Map<String, String> form) {
    return send(
            form.entrySet().stream()
                .map(
                    e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&")),
            "application/x-www-form-urlencoded",
            Map.of())
        .handle((status, failure) -> failure == null && status == 200);
  }

  private CompletableFuture<Integer> send(String body, String type, Map<String, String> headers) {
    String now = Long.toString(System.currentTimeMillis() / 1000);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.get())
            .timeout(PATIENCE)
            .header("Content-Type", type)
            .header("X-Slack-Request-Timestamp", now)
            .header("X-Slack-Signature", sign(now, body))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    workspace.saw(Stage.DELIVERED);
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
        .thenApply(
            response -> {
              if (response.statusCode() == 200) {
                workspace.saw(Stage.ACKNOWLEDGED);
              }
              return response.statusCode();
            });
  }

  private static String sign(String timestamp, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Launcher.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return "v0="
          + HexFormat.of()
              .formatHex(
                  mac.doFinal(("v0:" + timestamp + ":" + body).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256", e);
    }
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

  static Map<String, String> command(String text, String channel, String responseUrl) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("command", "/triage");
    form.put("text", text);
    form.put("channel_id", channel);
    form.put("user_id", "U1");
    form.put("team_id", "T1");
    form.put("trigger_id", "t." + channel);
    form.put("response_url", responseUrl);
    return form;
  }

  static Map<String, String> press(Message.Element button, Message message, String user) {
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
    return Map.of("payload", json(payload));
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
    threads.shutdownNow();
  }
}
