package dev.samovar.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slack's protocols on free ports of this machine only: the Web API, response URLs and uploads over
 * HTTP, and Socket Mode. What is answered is for another to say.
 */
public final class SlackServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SlackServer.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String API = "/api/";
  private static final String RESPONSE = "/response";
  private static final String UPLOAD = "/upload";

  /** More than Samovar ever sends. */
  private static final int MOST_BYTES = 8_000_000;

  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final SocketDoor sockets;
  private final Answering answering;

  public SlackServer(Answering answering) throws IOException, InterruptedException {
    this.answering = answering;
    InetAddress here = InetAddress.getLoopbackAddress();
    http = HttpServer.create(new InetSocketAddress(here, 0), 0);
    http.setExecutor(threads);
    http.createContext(API, exchange -> take(exchange, rest(exchange, API), ""));
    http.createContext(
        RESPONSE, exchange -> take(exchange, "response_url", rest(exchange, RESPONSE)));
    http.createContext(UPLOAD, exchange -> take(exchange, "upload", rest(exchange, UPLOAD)));
    http.start();
    sockets = new SocketDoor(new InetSocketAddress(here, 0), answering::acknowledged);
    sockets.open();
  }

  public String apiUrl() {
    return base() + API;
  }

  /** Where an app answers a command or a press later. */
  public String responseUrl(String id) {
    return base() + RESPONSE + "/" + id;
  }

  /** Where an app puts a file. */
  public String uploadUrl(String id) {
    return base() + UPLOAD + "/" + id;
  }

  /** Where an app may open its next connection, once. */
  public String socketUrl() {
    return sockets.invite();
  }

  private String base() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** Waits until an app has connected. */
  public boolean awaitConnection(long seconds) throws InterruptedException {
    return sockets.await(seconds);
  }

  /**
   * Hands an envelope to the app, over the newest of its connections.
   *
   * @return false where none is open
   */
  public boolean send(String envelope) {
    return sockets.send(envelope);
  }

  private static String rest(HttpExchange exchange, String prefix) {
    String rest = exchange.getRequestURI().getPath().substring(prefix.length());
    return rest.startsWith("/") ? rest.substring(1) : rest;
  }

  private void take(HttpExchange exchange, String method, String rest) throws IOException {
    ApiAnswer answer;
    try {
      answer = answering.answer(read(exchange, method, rest));
    } catch (Exception e) {
      LOG.error("The stand-in for Slack could not answer {}", method, e);
      answer = ApiAnswer.error("internal_error");
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static ApiCall read(HttpExchange exchange, String method, String rest)
      throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES);
    String type =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")).orElse("");
    String token =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
            .filter(given -> given.startsWith("Bearer "))
            .map(given -> given.substring("Bearer ".length()))
            .orElse("");
    return method.equals("upload")
        ? new ApiCall(method, rest, token, Map.of(), Multipart.content(type, body))
        : new ApiCall(method, rest, token, fields(body), body);
  }

  private static Map<String, String> fields(byte[] body) throws IOException {
    String text = new String(body, StandardCharsets.UTF_8);
    Map<String, String> fields = new TreeMap<>();
    if (text.startsWith("{")) {
      for (Map.Entry<String, JsonNode> one : JSON.readTree(text).properties()) {
        JsonNode value = one.getValue();
        fields.put(one.getKey(), value.isValueNode() ? value.asText() : value.toString());
      }
    } else {
      for (String pair : text.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        fields.put(
            parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return fields;
  }

  @Override
  public void close() {
    sockets.close();
    http.stop(0);
    threads.shutdownNow();
  }
}
