package dev.samovar.durability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A Slack that remembers: channels, threads, edits, metadata and reactions, over its Web API. It
 * outlives the bots that talk to it.
 */
final class Workspace implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BOT_USER = "U0BOT";

  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService wire = Executors.newScheduledThreadPool(2);
  private final Map<String, ConcurrentNavigableMap<String, Message>> channels =
      new ConcurrentHashMap<>();
  private final ConcurrentSkipListSet<String> reactions = new ConcurrentSkipListSet<>();
  private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> responses = new ConcurrentHashMap<>();
  private final AtomicLong lastMicros = new AtomicLong();
  private final Duration roundTrip;
  private final Object changed = new Object();
  private volatile String socketUrl = "";
  private volatile Consumer<Stage> witness = stage -> {};

  /**
   * @param roundTrip how long an answer of Slack is on its way
   */
  Workspace(Duration roundTrip) throws IOException {
    this.roundTrip = roundTrip;
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    http.setExecutor(threads);
    http.createContext("/api/", this::call);
    http.createContext("/response/", this::respond);
    http.start();
  }

  String apiUrl() {
    return url("/api/");
  }

  /** Where the answer to a command that only its user sees goes. */
  String responseUrl(String of) {
    return url("/response/" + of);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + http.getAddress().getPort() + path;
  }

  /** Where Socket Mode is spoken. */
  void sockets(String url) {
    socketUrl = url;
  }

  /** Is told each stage as it is reached, before anybody else learns of it. */
  void witness(Consumer<Stage> told) {
    witness = told;
  }

  void saw(Stage stage) {
    witness.accept(stage);
    changed();
  }

  private void changed() {
    synchronized (changed) {
      changed.notifyAll();
    }
  }

  /**
   * @return whether it came true in time
   */
  boolean await(BooleanSupplier condition, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    synchronized (changed) {
      while (!condition.getAsBoolean()) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(changed, Math.min(left, 100_000_000L));
      }
    }
    return true;
  }

  private String nextTs() {
    long now = System.currentTimeMillis() * 1000;
    long mine = lastMicros.updateAndGet(last -> Math.max(last + 1, now));
    return String.format(Locale.ROOT, "%d.%06d", mine / 1_000_000, mine % 1_000_000);
  }

  /** A person writes. */
  Message say(String channel, String text) {
    Message message = Message.of(channel, nextTs(), Optional.empty(), "U1", text);
    channel(channel).put(message.ts(), message);
    return message;
  }

  private ConcurrentNavigableMap<String, Message> channel(String id) {
    return channels.computeIfAbsent(id, key -> new ConcurrentSkipListMap<>());
  }

  /** What the app wrote in a thread, or, without one, at the top of the channel; oldest first. */
  List<Message> ofTheApp(String channel, Optional<String> thread) {
    return channel(channel).values().stream()
        .filter(message -> message.isOfTheApp() && message.thread().equals(thread))
        .toList();
  }

  Stream<Message> all() {
    return channels.values().stream().flatMap(channel -> channel.values().stream());
  }

  long calls(String method) {
    LongAdder count = calls.get(method);
    return count == null ? 0 : count.sum();
  }

  long responses(String of) {
    LongAdder count = responses.get(of);
    return count == null ? 0 : count.sum();
  }

  private void respond(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String of = exchange.getRequestURI().getPath().substring("/response/".length());
    responses.computeIfAbsent(of, key -> new LongAdder()).increment();
    changed();
    send(exchange, JSON.createObjectNode().put("ok", true), () -> {});
  }

  private void call(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestURI().getPath().substring("/api/".length());
    Map<String, String> fields = fields(exchange);
    calls.computeIfAbsent(method, key -> new LongAdder()).increment();
    ObjectNode body = JSON.createObjectNode().put("ok", true);
    Runnable told = () -> {};
    switch (method) {
      case "auth.test" ->
          body.put("user_id", BOT_USER)
              .put("bot_id", "B0BOT")
              .put("team_id", "T1")
              .put("user", "s");
      case "apps.connections.open" -> body.put("url", socketUrl);
      case "chat.postMessage" -> {
        post(fields, body);
        saw(Stage.POST_KEPT);
        told = () -> saw(Stage.POSTED);
      }
      case "chat.update" -> {
        update(fields, body);
        saw(Stage.EDIT_KEPT);
        told = () -> saw(Stage.EDITED);
      }
      case "conversations.replies" -> replies(fields, body);
      case "conversations.history" -> history(fields, body);
      case "conversations.info" ->
          body.putObject("channel")
              .put("id", field(fields, "channel"))
              .put("name", name(field(fields, "channel")));
      case "reactions.add" -> {
        boolean isNew =
            reactions.add(
                field(fields, "channel") + field(fields, "timestamp") + field(fields, "name"));
        if (!isNew) {
          body.put("ok", false).put("error", "already_reacted");
        }
        saw(Stage.REACTED);
      }
      case "users.info" ->
          body.putObject("user").put("id", field(fields, "user")).put("tz", "Europe/Berlin");
      case "chat.getPermalink" -> body.put("permalink", "https://x.slack.com/archives/C/p1");
      default -> body.put("warning", "none");
    }
    changed();
    send(exchange, body, told);
  }

  /** Channels of this workspace are named after their ids; CINC… are incident channels. */
  private static String name(String channel) {
    return channel.startsWith("CINC")
        ? "inc-" + channel.toLowerCase(Locale.ROOT)
        : "room-" + channel.toLowerCase(Locale.ROOT);
  }

  private static String field(Map<String, String> fields, String name) {
    return fields.getOrDefault(name, "");
  }

  private void post(Map<String, String> fields, ObjectNode body) throws IOException {
    String channel = field(fields, "channel");
    Optional<String> thread = Optional.ofNullable(fields.get("thread_ts"));
    if (thread.isPresent() && !channel(channel).containsKey(thread.get())) {
      body.put("ok", false).put("error", "thread_not_found");
      return;
    }
    Message message =
        new Message(
            channel,
            nextTs(),
            thread,
            "",
            field(fields, "text"),
            tree(fields, "blocks"),
            tree(fields, "metadata"),
            0);
    channel(channel).put(message.ts(), message);
    body.put("channel", channel).put("ts", message.ts());
    body.set("message", shown(message, true));
  }

  private void update(Map<String, String> fields, ObjectNode body) throws IOException {
    String channel = field(fields, "channel");
    JsonNode blocks = tree(fields, "blocks");
    JsonNode metadata = tree(fields, "metadata");
    Message after =
        channel(channel)
            .computeIfPresent(
                field(fields, "ts"),
                (ts, before) ->
                    new Message(
                        channel,
                        ts,
                        before.thread(),
                        before.user(),
                        field(fields, "text"),
                        blocks.isMissingNode() ? before.blocks() : blocks,
                        // An edit without metadata keeps what the message had.
                        metadata.isMissingNode() ? before.metadata() : metadata,
                        before.edits() + 1));
    if (after == null) {
      body.put("ok", false).put("error", "message_not_found");
    } else {
      body.put("channel", channel).put("ts", after.ts());
    }
  }

  private static JsonNode tree(Map<String, String> fields, String name) throws IOException {
    String given = fields.get(name);
    return given == null ? MissingNode.getInstance() : JSON.readTree(given);
  }

  /** The parent comes first, whatever the bounds, as Slack has it. */
  private void replies(Map<String, String> fields, ObjectNode body) {
    ConcurrentNavigableMap<String, Message> channel = channel(field(fields, "channel"));
    String thread = field(fields, "ts");
    Message parent = channel.get(thread);
    if (parent == null) {
      body.put("ok", false).put("error", "thread_not_found");
      return;
    }
    List<Message> replies =
        channel.values().stream()
            .filter(message -> message.thread().equals(Optional.of(thread)))
            .filter(message -> isWithin(message, fields))
            .toList();
    page(
        body,
        fields,
        Stream.concat(Stream.of(parent), replies.stream()).toList(),
        Comparator.comparing(Message::ts));
  }

  private void history(Map<String, String> fields, ObjectNode body) {
    page(
        body,
        fields,
        channel(field(fields, "channel")).values().stream()
            .filter(message -> message.thread().isEmpty() && isWithin(message, fields))
            .toList(),
        Comparator.comparing(Message::ts).reversed());
  }

  private static boolean isTrue(Map<String, String> fields, String name) {
    return List.of("1", "true").contains(field(fields, name).toLowerCase(Locale.ROOT));
  }

  private static boolean isWithin(Message message, Map<String, String> fields) {
    boolean isInclusive = isTrue(fields, "inclusive");
    double ts = Double.parseDouble(message.ts());
    String oldest = field(fields, "oldest");
    String latest = field(fields, "latest");
    int afterOldest = oldest.isEmpty() ? 1 : Double.compare(ts, Double.parseDouble(oldest));
    int beforeLatest = latest.isEmpty() ? 1 : Double.compare(Double.parseDouble(latest), ts);
    return isInclusive
        ? afterOldest >= 0 && beforeLatest >= 0
        : afterOldest > 0 && beforeLatest > 0;
  }

  private static void page(
      ObjectNode body, Map<String, String> fields, List<Message> found, Comparator<Message> order) {
    boolean withMetadata = isTrue(fields, "include_all_metadata");
    String limit = field(fields, "limit");
    String cursor = field(fields, "cursor");
    int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
    int to = Math.min(found.size(), from + (limit.isEmpty() ? 100 : Integer.parseInt(limit)));
    ArrayNode messages = body.putArray("messages");
    found.stream()
        .sorted(order)
        .toList()
        .subList(Math.min(from, to), to)
        .forEach(message -> messages.add(shown(message, withMetadata)));
    body.put("has_more", to < found.size());
    body.putObject("response_metadata").put("next_cursor", to < found.size() ? "" + to : "");
  }

  private static ObjectNode shown(Message message, boolean withMetadata) {
    ObjectNode shown =
        JSON.createObjectNode()
            .put("type", "message")
            .put("ts", message.ts())
            .put("text", message.text());
    message.thread().ifPresent(thread -> shown.put("thread_ts", thread));
    if (message.isOfTheApp()) {
      shown.put("user", BOT_USER).put("bot_id", "B0BOT").put("app_id", "A1");
    } else {
      shown.put("user", message.user());
    }
    if (!message.blocks().isMissingNode()) {
      shown.set("blocks", message.blocks());
    }
    if (withMetadata && !message.metadata().isMissingNode()) {
      shown.set("metadata", message.metadata());
    }
    return shown;
  }

  private static Map<String, String> fields(HttpExchange exchange) throws IOException {
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
            parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return fields;
  }

  private void send(HttpExchange exchange, ObjectNode body, Runnable told) {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    ScheduledFuture<?> unused =
        wire.schedule(
            () -> {
              try {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, bytes.length);
                try (OutputStream out = exchange.getResponseBody()) {
                  out.write(bytes);
                }
                told.run();
              } catch (IOException e) {
                // Who asked was killed meanwhile: that is what these tests are about.
                exchange.close();
              }
            },
            roundTrip.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
    wire.shutdownNow();
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
