package dev.samovar.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A Slack that somebody else wrote: {@code local-slack} of the npm registry. People act through its
 * control interface, and where that has no such act through the socket of its own web page.
 */
final class LocalSlack implements AutoCloseable {
  static final String BOT = "U0BOT";
  static final String BOT_TOKEN = "xoxb-test-token";
  static final String APP_TOKEN = "xapp-test-token";
  static final String SECRET = "test-signing-secret";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final String base;

  /**
   * @param requestUrl where events go; empty for Socket Mode
   */
  LocalSlack(String binary, Path folder, int port, String requestUrl) throws Exception {
    Path workspace = folder.resolve("workspace.yaml");
    String mode = requestUrl.isEmpty() ? "" : ", mode: events, requestUrl: \"" + requestUrl + "\"";
    Files.writeString(
        workspace,
        """
        apps: [{appId: A01APP, botUserId: U0BOT, botName: samovar%s}]
        users:
          - {id: U1, name: ana, real_name: Ana, tz: Europe/Berlin}
          - {id: U2, name: ben, real_name: Ben, tz: America/Los_Angeles}
        channels:
          - {id: C1, name: inc-fraud, members: [U1, U2, U0BOT]}
          - {id: C2, name: ml-talk, members: [U1, U2, U0BOT]}
          - {id: C3, name: all-hands, members: [U1, U2, U0BOT]}
        """
            .formatted(mode));
    process =
        new ProcessBuilder(binary, "--config", workspace.toString(), "--port", "" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log.txt").toFile())
            .start();
    base = "http://localhost:" + port;
    Waiting.until(() -> get("/_control/log"), answer -> !answer.isMissingNode());
  }

  String apiUrl() {
    return base + "/api/";
  }

  /** Gives the message's timestamp. */
  String say(String channel, String user, String text, String thread) throws Exception {
    ObjectNode message =
        JSON.createObjectNode().put("channel", channel).put("user", user).put("text", text);
    if (!thread.isEmpty()) {
      message.put("thread_ts", thread);
    }
    return post("/_control/message", message).at("/message/ts").asText();
  }

  void command(String channel, String user, String text) throws Exception {
    post(
        "/_control/command",
        JSON.createObjectNode()
            .put("channel", channel)
            .put("user", user)
            .put("command", "/triage")
            .put("text", text));
  }

  /** Presses a button of that message, as it stands there now. */
  void press(String channel, String ts, String user, String actionId) throws Exception {
    Interactions.Element element =
        Interactions.element(message(channel, ts).get("blocks").toString(), actionId);
    ObjectNode press =
        JSON.createObjectNode().put("channel", channel).put("messageTs", ts).put("user", user);
    press
        .putObject("action")
        .put("type", "button")
        .put("action_id", element.actionId())
        .put("block_id", element.blockId())
        .put("value", element.value());
    post("/_control/interact", press);
  }

  void openHome(String user) throws Exception {
    post("/_control/open-home", JSON.createObjectNode().put("user", user));
  }

  JsonNode messages(String channel) throws Exception {
    return get("/_control/messages/" + channel).path("messages");
  }

  JsonNode message(String channel, String ts) throws Exception {
    for (JsonNode message : messages(channel)) {
      if (message.path("ts").asText().equals(ts)) {
        return message;
      }
    }
    throw new AssertionError("No message " + ts + " in " + channel);
  }

  JsonNode log() throws Exception {
    return get("/_control/log").path("log");
  }

  /** What the web page is shown: modals, homes, who is connected. */
  JsonNode page() throws Exception {
    Page page = new Page();
    WebSocket socket = open(page);
    try {
      return JSON.readTree(page.first.get(20, TimeUnit.SECONDS)).path("state");
    } finally {
      socket.abort();
    }
  }

  /** Submits the modal that stands open. */
  void submit(String user, Map<String, Map<String, Object>> values) throws Exception {
    act(
        JSON.createObjectNode()
            .put("t", "view_submit")
            .put("user", user)
            .set("values", JSON.valueToTree(values)));
  }

  void closeModal(String user) throws Exception {
    act(JSON.createObjectNode().put("t", "view_close").put("user", user));
  }

  private void act(JsonNode act) throws Exception {
    WebSocket socket = open(new Page());
    socket.sendText(act.toString(), true).get(20, TimeUnit.SECONDS);
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(20, TimeUnit.SECONDS);
  }

  private WebSocket open(Page page) throws Exception {
    return HTTP.newWebSocketBuilder()
        .buildAsync(URI.create(base.replace("http:", "ws:") + "/ui"), page)
        .get(20, TimeUnit.SECONDS);
  }

  /** The first that the page is told is all that there is. */
  private static final class Page implements WebSocket.Listener {
    private final StringBuilder told = new StringBuilder();
    private final CompletableFuture<String> first = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean isLast) {
      told.append(data);
      if (isLast) {
        first.complete(told.toString());
      }
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }

  private JsonNode get(String path) throws InterruptedException {
    try {
      return JSON.readTree(
          HTTP.send(
                  HttpRequest.newBuilder(URI.create(base + path)).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body());
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }

  private JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + " was answered " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
