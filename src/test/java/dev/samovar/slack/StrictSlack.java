package dev.samovar.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code emulate} of the npm registry, whose Slack refuses calls that a token lacks the scope for,
 * behind a door that writes down every call and its answer.
 */
final class StrictSlack implements AutoCloseable {
  static final String BOT = "U0SAMOVAR";
  private static final String ANA = "xoxp-ana";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** A call of the bot's, and what it was answered. */
  record Call(String method, String body, int status, JsonNode answer) {
    Map<String, String> fields() {
      Map<String, String> fields = new TreeMap<>();
      for (String pair : body.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        if (parts.length == 2) {
          fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
      }
      return fields;
    }

    String field(String name) {
      return fields().getOrDefault(name, "");
    }

    boolean isRefusedForScope() {
      return answer.path("error").asText().equals("missing_scope");
    }
  }

  private final Process process;
  private final String base;
  private final HttpServer door;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  /**
   * @param tokens of the bot, and the scopes of each
   */
  StrictSlack(String binary, Path folder, Map<String, ? extends Collection<String>> tokens)
      throws Exception {
    Path seed = folder.resolve("seed.json");
    Files.writeString(seed, seed(tokens).toString());
    int port = Waiting.freePort();
    process =
        new ProcessBuilder(
                binary, "--service", "slack", "--port", "" + port, "--seed", seed.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log.txt").toFile())
            .start();
    base = "http://localhost:" + port;
    Waiting.until(() -> ask("auth.test", ANA, ""), answer -> answer.path("ok").asBoolean());
    door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    door.setExecutor(threads);
    door.createContext("/api/", this::pass);
    door.createContext("/response", this::hear);
    door.start();
  }

  private static ObjectNode seed(Map<String, ? extends Collection<String>> tokens) {
    ObjectNode seed = JSON.createObjectNode();
    ObjectNode slack = seed.putObject("slack").put("strict_scopes", true);
    slack.putArray("users").addObject().put("name", "ana").put("real_name", "Ana");
    ArrayNode channels = slack.putArray("channels");
    channels.addObject().put("name", "inc-open");
    channels.addObject().put("name", "inc-private").put("is_private", true);
    ObjectNode app = slack.putArray("oauth_apps").addObject().put("client_id", "1.1");
    app.put("client_secret", "none").put("app_id", "A0SAMOVAR").put("name", "Samovar");
    app.put("bot_id", "B0SAMOVAR").put("bot_user_id", BOT).put("bot_name", "samovar");
    app.putArray("redirect_uris");
    ArrayNode all = slack.putArray("tokens");
    ObjectNode ana = all.addObject().put("token", ANA).put("user", "ana");
    List.of("chat:write", "channels:read", "groups:read", "channels:manage", "groups:write")
        .forEach(ana.putArray("scopes")::add);
    tokens.forEach(
        (token, scopes) -> {
          ObjectNode bot = all.addObject().put("token", token).put("user", BOT);
          bot.put("app_id", "A0SAMOVAR").put("bot_id", "B0SAMOVAR").put("bot_user_id", BOT);
          scopes.forEach(bot.putArray("scopes")::add);
        });
    return seed;
  }

  String apiUrl() {
    return "http://127.0.0.1:" + door.getAddress().getPort() + "/api/";
  }

  String responseUrl() {
    return "http://127.0.0.1:" + door.getAddress().getPort() + "/response";
  }

  /** What the bot called, in this order. */
  List<Call> calls() {
    return List.copyOf(calls);
  }

  String ana() throws Exception {
    return ask("auth.test", ANA, "").get("user_id").asText();
  }

  /** A channel of that name, with the bot in it. */
  String channel(String name) throws Exception {
    for (JsonNode channel :
        ask("conversations.list", ANA, form(Map.of("types", "public_channel,private_channel")))
            .get("channels")) {
      if (channel.get("name").asText().equals(name)) {
        String id = channel.get("id").asText();
        ask("conversations.invite", ANA, form(Map.of("channel", id, "users", BOT)));
        return id;
      }
    }
    throw new AssertionError("No channel " + name);
  }

  /** Gives the message's timestamp. */
  String say(String channel, String text) throws Exception {
    return ask("chat.postMessage", ANA, form(Map.of("channel", channel, "text", text)))
        .get("ts")
        .asText();
  }

  /** What a press of that person would come with; it is good for three seconds. */
  String trigger(String token, String user) throws Exception {
    return ask("views.generateTriggerId", token, form(Map.of("user_id", user)))
        .get("trigger_id")
        .asText();
  }

  /** The same call with another token. */
  JsonNode again(Call call, String token) throws Exception {
    return ask(call.method(), token, call.body());
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private JsonNode ask(String method, String token, String form) throws InterruptedException {
    try {
      return JSON.readTree(send(method, "Bearer " + token, form).body());
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }

  private HttpResponse<String> send(String method, @Nullable String authorization, String form)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + "/api/" + method))
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private void pass(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestURI().getPath().substring("/api/".length());
    String body = read(exchange);
    try {
      HttpResponse<String> answer =
          send(method, exchange.getRequestHeaders().getFirst("Authorization"), body);
      reply(exchange, answer.statusCode(), answer.body());
      calls.add(new Call(method, body, answer.statusCode(), JSON.readTree(answer.body())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hear(HttpExchange exchange) throws IOException {
    String body = read(exchange);
    reply(exchange, 200, "{}");
    calls.add(new Call("response_url", body, 200, JSON.createObjectNode().put("ok", true)));
  }

  private static String read(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void reply(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    door.stop(0);
    threads.shutdownNow();
    // The package's command starts the server as its child.
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
