package dev.samovar.playground;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.samovar.standin.Channel;
import dev.samovar.standin.Member;
import dev.samovar.standin.Upload;
import dev.samovar.standin.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page's server, on this machine only, for who knows its key. */
public final class Playground implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Playground.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_BYTES = 100_000;
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final HttpServer http;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "page");
            thread.setDaemon(true);
            return thread;
          });
  private final Guard guard;
  private final Workspace workspace;
  private final Stage stage;
  private final Clock clock;
  private final Rendering rendering;
  private final Streams streams;
  private final Acts acts;

  private Playground(HttpServer http, Workspace workspace, Stage stage, Clock clock) {
    this.http = http;
    this.guard = Guard.of(http.getAddress().getPort());
    this.workspace = workspace;
    this.stage = stage;
    this.clock = clock;
    this.rendering = new Rendering(workspace, clock);
    this.streams = new Streams(workspace, rendering);
    this.acts = new Acts(workspace, stage);
  }

  /** A port of this machine, still silent. */
  public static HttpServer port(int wanted) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    try {
      return HttpServer.create(new InetSocketAddress(here, wanted), 0);
    } catch (BindException e) {
      LOG.debug("Port {} is taken", wanted, e);
      return HttpServer.create(new InetSocketAddress(here, 0), 0);
    }
  }

  /** Opens it on a port. */
  public static Playground open(HttpServer http, Workspace workspace, Stage stage, Clock clock) {
    Playground playground = new Playground(http, workspace, stage, clock);
    workspace.tell(playground.streams::changed);
    stage.tell(playground.streams::staged);
    http.setExecutor(playground.threads);
    http.createContext("/", playground::take);
    http.start();
    return playground;
  }

  /** What to open in a browser; only with the key it lets anybody in. */
  public String address() {
    return guard.origin() + "/?key=" + guard.key();
  }

  private void take(HttpExchange exchange) {
    try (exchange) {
      exchange.getResponseHeaders().add("Content-Security-Policy", POLICY);
      exchange.getResponseHeaders().add("X-Content-Type-Options", "nosniff");
      exchange.getResponseHeaders().add("Referrer-Policy", "no-referrer");
      exchange.getResponseHeaders().add("Cross-Origin-Resource-Policy", "same-origin");
      exchange.getResponseHeaders().add("Cross-Origin-Opener-Policy", "same-origin");
      exchange.getResponseHeaders().add("Cache-Control", "no-store");
      Optional<String> refusal = refusal(exchange);
      if (refusal.isPresent()) {
        write(exchange, 403, "text/plain; charset=utf-8", refusal.get() + "\n");
      } else if (exchange.getRequestMethod().equals("POST")) {
        act(exchange);
      } else {
        show(exchange);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.debug("A page was closed", e);
    } catch (RuntimeException e) {
      LOG.error("The page of the sandbox broke at {}", exchange.getRequestURI().getPath(), e);
    }
  }

  private Optional<String> refusal(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    boolean isReading = exchange.getRequestMethod().equals("GET");
    if (!guard.isOurHost(headers)) {
      return Optional.of("This is not the sandbox's host.");
    }
    if (!isReading && !(exchange.getRequestMethod().equals("POST") && guard.isOurOrigin(headers))) {
      return Optional.of("This did not come from the sandbox's page.");
    }
    boolean isInvited = isReading && guard.isKey(query(exchange).getOrDefault("key", ""));
    return isInvited || guard.hasKey(headers)
        ? Optional.empty()
        : Optional.of("Open the address that the terminal shows: it holds the key to this page.");
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String pair : (raw == null ? "" : raw).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(
          parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private void act(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      write(exchange, 413, "text/plain; charset=utf-8", "That is too much at once.\n");
      return;
    }
    try {
      JsonNode given = JSON.readTree(body);
      String path = exchange.getRequestURI().getPath();
      boolean isKnown = path.startsWith("/act/") && acts.act(path.substring(5), given);
      write(exchange, isKnown ? 200 : 404, "application/json", "{}");
    } catch (JsonProcessingException e) {
      LOG.debug("No JSON came", e);
      write(exchange, 400, "text/plain; charset=utf-8", "This is no JSON.\n");
    }
  }

  private void show(HttpExchange exchange) throws IOException, InterruptedException {
    String path = exchange.getRequestURI().getPath();
    Map<String, String> query = query(exchange);
    String user = query.getOrDefault("as", "");
    String place = query.getOrDefault("place", "");
    if (query.containsKey("key")) {
      exchange.getResponseHeaders().add("Set-Cookie", guard.cookie());
      exchange.getResponseHeaders().add("Location", "/");
      exchange.sendResponseHeaders(303, -1);
      return;
    }
    switch (path) {
      case "/page.css" -> resource(exchange, "page.css", "text/css; charset=utf-8");
      case "/page.js" -> resource(exchange, "page.js", "text/javascript; charset=utf-8");
      case "/favicon.svg", "/favicon.ico" -> resource(exchange, "samovar.svg", "image/svg+xml");
      case "/state" -> write(exchange, 200, "application/json", state(user).toString());
      case "/place" ->
          html(
              exchange,
              workspace
                  .channel(place)
                  .filter(one -> one.with().isEmpty() || one.with().get().equals(user))
                  .map(channel -> rendering.place(channel, user))
                  .orElse(""));
      case "/thread" -> html(exchange, rendering.thread(place, query.getOrDefault("ts", ""), user));
      case "/typed" ->
          write(
              exchange,
              200,
              "text/plain; charset=utf-8",
              workspace
                  .message(place, query.getOrDefault("ts", ""))
                  .filter(one -> one.author().equals(user))
                  .map(workspace::typed)
                  .orElse(""));
      case "/home" -> html(exchange, rendering.home(user));
      case "/modal" -> html(exchange, rendering.modal(user));
      case "/stream" -> stream(exchange, user);
      default -> other(exchange, path);
    }
  }

  private void other(HttpExchange exchange, String path) throws IOException {
    if (path.startsWith("/file/")) {
      Optional<Upload> file = workspace.upload(path.substring("/file/".length()));
      Optional<String> type = file.flatMap(one -> Pictures.type(one.content()));
      if (file.isPresent() && type.isPresent()) {
        write(exchange, 200, type.get(), file.get().content());
        return;
      }
    }
    if (path.equals("/") || path.startsWith("/archives/")) {
      resource(exchange, "page.html", "text/html; charset=utf-8");
    } else {
      write(exchange, 404, "text/plain; charset=utf-8", "There is nothing here.\n");
    }
  }

  private void stream(HttpExchange exchange, String user) throws IOException, InterruptedException {
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      streams.serve(user, out);
    }
  }

  /** All that is around the messages. */
  private ObjectNode state(String user) {
    Stage.Situation now = stage.situation();
    ObjectNode state = JSON.createObjectNode();
    state.put("state", now.state().name().toLowerCase(Locale.ROOT)).put("scene", now.scene());
    ArrayNode steps = state.putArray("steps");
    now.steps().forEach(steps::add);
    Moments moments = new Moments(clock);
    state.put("time", moments.time(now.now())).put("day", moments.date(now.now()));
    state.put("ahead", now.ahead().toMinutes()).put("shift", now.shift());
    state.put("repaired", now.isRepaired());
    ArrayNode scenes = state.putArray("scenes");
    for (Stage.Scene scene : stage.scenes()) {
      scenes
          .addObject()
          .put("id", scene.id())
          .put("words", scene.words())
          .put("question", scene.question());
    }
    ArrayNode members = state.putArray("members");
    for (Member member : workspace.members()) {
      members
          .addObject()
          .put("id", member.id())
          .put("name", member.realName())
          .put("role", member.role());
    }
    ArrayNode channels = state.putArray("channels");
    for (Channel channel : workspace.channels()) {
      if (channel.with().isEmpty() || channel.with().get().equals(user)) {
        channels
            .addObject()
            .put("id", channel.id())
            .put("name", channel.name())
            .put("purpose", channel.purpose())
            .put("direct", channel.isDirect());
      }
    }
    return state;
  }

  private static void html(HttpExchange exchange, String html) throws IOException {
    write(exchange, 200, "text/html; charset=utf-8", html);
  }

  private static void resource(HttpExchange exchange, String name, String type) throws IOException {
    try (InputStream in = Playground.class.getResourceAsStream(name)) {
      write(exchange, 200, type, Objects.requireNonNull(in).readAllBytes());
    }
  }

  private static void write(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    write(exchange, status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
