package dev.samovar.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/** A small Slack that speaks its real protocols: the Web API over HTTP and Socket Mode. */
final class StandInSlack implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A call of the Web API. */
  record Call(String method, Map<String, String> fields) {
    String field(String name) {
      return fields.getOrDefault(name, "");
    }
  }

  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final WebSocketServer sockets;
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final BlockingQueue<JsonNode> acks = new LinkedBlockingQueue<>();
  private final Map<String, Queue<String>> errors = new ConcurrentHashMap<>();
  private final AtomicInteger ts = new AtomicInteger();
  private volatile String said = "";
  private volatile String sent = "";
  private final CountDownLatch listening = new CountDownLatch(1);
  private final CountDownLatch connected = new CountDownLatch(1);

  StandInSlack() throws IOException, InterruptedException {
    InetAddress here = InetAddress.getLoopbackAddress();
    http = HttpServer.create(new InetSocketAddress(here, 0), 0);
    http.setExecutor(threads);
    http.createContext("/api/", this::answer);
    http.createContext(
        "/response", exchange -> record(exchange, "response_url", "application/json", "{}"));
    http.start();
    sockets =
        new WebSocketServer(new InetSocketAddress(here, 0)) {
          @Override
          public void onOpen(WebSocket socket, ClientHandshake handshake) {
            socket.send(
                "{\"type\":\"hello\",\"num_connections\":1,\"connection_info\":{\"app_id\":\"A1\"},\"debug_info\":{}}");
            connected.countDown();
          }

          @Override
          public void onClose(WebSocket socket, int code, String reason, boolean remote) {}

          @Override
          public void onMessage(WebSocket socket, String message) {
            try {
              acks.add(JSON.readTree(message));
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          }

          @Override
          public void onError(WebSocket socket, Exception e) {}

          @Override
          public void onStart() {
            listening.countDown();
          }
        };
    sockets.setReuseAddr(true);
    sockets.start();
    listening.await(10, TimeUnit.SECONDS);
  }

  /** What the message 1.1 of any channel says. */
  void remember(String text) {
    said = text;
  }

  /** The message 1.1 of any channel is one that Samovar sent under this id. */
  void rememberSent(String id) {
    sent = id;
  }

  String apiUrl() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/api/";
  }

  /**
   * The next calls of the method fail so, in this order: {@code not_in_channel}, or {@code 429}.
   */
  void fail(String method, String error) {
    errors.computeIfAbsent(method, key -> new ConcurrentLinkedQueue<>()).add(error);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestURI().getPath().substring("/api/".length());
    String error = errors.getOrDefault(method, new ConcurrentLinkedQueue<>()).poll();
    if ("429".equals(error)) {
      exchange.getResponseHeaders().add("Retry-After", "0");
      exchange.sendResponseHeaders(429, -1);
      exchange.close();
      return;
    }
    ObjectNode body = JSON.createObjectNode().put("ok", error == null);
    if (error != null) {
      body.put("error", error);
    }
    switch (method) {
      case "auth.test" -> body.put("user_id", "U0BOT").put("bot_id", "B0BOT").put("team_id", "T1");
      case "apps.connections.open" -> body.put("url", "ws://127.0.0.1:" + sockets.getPort());
      case "chat.postMessage", "chat.update" ->
          body.put("ts", "1700000000.00000" + ts.incrementAndGet());
      case "conversations.info" -> {
        String name = nameOf(exchange);
        body.putObject("channel")
            .put("id", "C")
            .put("name", name)
            .put("is_private", name.equals("private"));
      }
      case "conversations.history", "conversations.replies" -> {
        ObjectNode message = body.putArray("messages").addObject();
        message.put("type", "message").put("user", "U1").put("ts", "1.1").put("text", said);
        if (!sent.isEmpty()) {
          message
              .putObject("metadata")
              .put("event_type", "samovar_answer")
              .putObject("event_payload")
              .put("id", sent);
        }
      }
      case "users.conversations" ->
          body.putArray("channels").addObject().put("id", "CONCALL").put("name", "ml-oncall");
      case "chat.getPermalink" -> body.put("permalink", "https://x.slack.com/archives/C/p1");
      case "usergroups.list" ->
          body.putArray("usergroups").addObject().put("id", "S0FRAUD1").put("handle", "fraud-team");
      case "usergroups.users.list" -> body.putArray("users").add("U0MEMBER");
      case "users.lookupByEmail" -> body.putObject("user").put("id", "U0MIRA");
      case "users.info" ->
          body.putObject("user")
              .put("id", "U1")
              .put("tz", "Europe/Berlin")
              .put("is_bot", bodyOf(exchange).contains("U0APP"));
      default -> body.put("warning", "none");
    }
    record(exchange, method, "application/json", body.toString());
  }

  private static String bodyOf(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String nameOf(HttpExchange exchange) throws IOException {
    String body = bodyOf(exchange);
    return body.contains("CINC") ? "inc-models" : body.contains("CPRIVATE") ? "private" : body.contains("CCLOSED") ? "fraud-closed" : "general";
  }

  private void record(HttpExchange exchange, String method, String type, String answer)
      throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> fields = new TreeMap<>();
    if (body.startsWith("{")) {
      JSON.readTree(body)
          .properties()
          .forEach(
              e ->
                  fields.put(
                      e.getKey(),
                      e.getValue().isContainerNode()
                          ? e.getValue().toString()
                          : e.getValue().asText()));
    } else {
      for (String pair : body.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        fields.put(
            parts[0],
            parts.length < 2 ? "" : plain(URLDecoder.decode(parts[1], StandardCharsets.UTF_8)));
      }
    }
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(200, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
    calls.add(new Call(method, fields));
  }

  /** JSON without its needless escapes, so that tests can look for what people see. */
  private static String plain(String value) throws IOException {
    return value.startsWith("[{") || value.startsWith("{\"")
        ? JSON.readTree(value).toString()
        : value;
  }

  void awaitConnection() throws InterruptedException {
    if (!connected.await(10, TimeUnit.SECONDS)) {
      throw new AssertionError("Nobody connected");
    }
  }

  void deliver(String envelope) {
    sockets.getConnections().iterator().next().send(envelope);
  }

  JsonNode ack() throws InterruptedException {
    JsonNode ack = acks.poll(10, TimeUnit.SECONDS);
    if (ack == null) {
      throw new AssertionError("No acknowledgement came");
    }
    return ack;
  }

  /** The next call that fits; others before it are dropped. */
  Call await(Predicate<Call> wanted) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (System.nanoTime() < end) {
      Call call = calls.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (call != null && wanted.test(call)) {
        return call;
      }
    }
    throw new AssertionError("No such call came");
  }

  Call await(String method) throws InterruptedException {
    return await(call -> call.method().equals(method));
  }

  /** How many calls of the method are still unheard. */
  long pending(String method) {
    return calls.stream().filter(call -> call.method().equals(method)).count();
  }

  String responseUrl() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/response";
  }

  @Override
  public void close() {
    try {
      sockets.stop(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.stop(0);
    threads.shutdownNow();
  }
}
