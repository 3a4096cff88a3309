package dev.samovar.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.samovar.standin.Answering;
import dev.samovar.standin.ApiAnswer;
import dev.samovar.standin.ApiCall;
import dev.samovar.standin.SlackServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The stand-in's protocols with answers that tests choose: it knows every channel and person. */
final class StandInSlack implements Answering, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A call of the Web API. */
  record Call(String method, Map<String, String> fields) {
    String field(String name) {
      return fields.getOrDefault(name, "");
    }
  }

  private final SlackServer server;
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final BlockingQueue<JsonNode> acks = new LinkedBlockingQueue<>();
  private final Map<String, Queue<String>> errors = new ConcurrentHashMap<>();
  private final AtomicInteger ts = new AtomicInteger();
  private final Map<String, String> names = new ConcurrentHashMap<>();
  private final Map<String, byte[]> uploads = new ConcurrentHashMap<>();
  private final Queue<List<String>> shared = new ConcurrentLinkedQueue<>();
  private volatile String said = "";
  private volatile String sent = "";

  StandInSlack() throws IOException, InterruptedException {
    server = new SlackServer(this);
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
    return server.apiUrl();
  }

  /**
   * The next calls of the method fail so, in this order: {@code not_in_channel}, or {@code 429}.
   */
  void fail(String method, String error) {
    errors.computeIfAbsent(method, key -> new ConcurrentLinkedQueue<>()).add(error);
  }

  @Override
  public ApiAnswer answer(ApiCall call) throws IOException {
    if (call.method().equals("upload")) {
      return take(call);
    }
    String error = errors.getOrDefault(call.method(), new ConcurrentLinkedQueue<>()).poll();
    if ("429".equals(error)) {
      return ApiAnswer.later(0);
    }
    ApiAnswer answer = error == null ? ApiAnswer.of(answerTo(call)) : ApiAnswer.error(error);
    Map<String, String> fields = new TreeMap<>();
    for (Map.Entry<String, String> field : call.fields().entrySet()) {
      fields.put(field.getKey(), plain(field.getValue()));
    }
    calls.add(new Call(call.method(), fields));
    return answer;
  }

  @Override
  public void acknowledged(JsonNode ack) {
    acks.add(ack);
  }

  /** The bytes of a file, at the address that was given for it. */
  private ApiAnswer take(ApiCall call) {
    if (!names.containsKey(call.rest())) {
      return new ApiAnswer(404, Map.of(), "");
    }
    uploads.put(call.rest(), call.body());
    return new ApiAnswer(200, Map.of(), "");
  }

  /** Slack shares only files whose bytes it has. */
  private void complete(ApiCall call, ObjectNode body) throws IOException {
    List<String> files = new ArrayList<>();
    for (JsonNode file : JSON.readTree(call.field("files"))) {
      String id = file.get("id").asText();
      if (!uploads.containsKey(id)) {
        body.put("ok", false).put("error", "file_not_found");
        return;
      }
      body.withArray("files").addObject().put("id", id);
      files.add(names.getOrDefault(id, ""));
    }
    shared.add(files);
  }

  /** The bytes that came for a file. */
  byte[] upload(String id) {
    return uploads.getOrDefault(id, new byte[0]);
  }

  private ObjectNode answerTo(ApiCall call) throws IOException {
    ObjectNode body = ApiAnswer.ok();
    switch (call.method()) {
      case "auth.test" -> body.put("user_id", "U0BOT").put("bot_id", "B0BOT").put("team_id", "T1");
      case "apps.connections.open" -> body.put("url", server.socketUrl());
      case "chat.postMessage", "chat.update" ->
          body.put("ts", "1700000000.00000" + ts.incrementAndGet());
      case "conversations.info" -> {
        String name = nameOf(call.field("channel"));
        body.putObject("channel")
            .put("id", "C")
            .put("name", name)
            .put("is_private", name.equals("private"));
      }
      case "conversations.history", "conversations.replies" -> {
        ArrayNode messages = body.putArray("messages");
        ObjectNode message = messages.addObject();
        message.put("type", "message").put("user", "U1").put("ts", "1.1").put("text", said);
        if (!sent.isEmpty()) {
          message
              .putObject("metadata")
              .put("event_type", "samovar_answer")
              .putObject("event_payload")
              .put("id", sent);
        }
        for (List<String> together : shared) {
          ArrayNode files =
              messages
                  .addObject()
                  .put("type", "message")
                  .put("ts", "1700000000.000900")
                  .putArray("files");
          together.forEach(name -> files.addObject().put("name", name));
        }
      }
      case "files.getUploadURLExternal" -> {
        String id = "F" + ts.incrementAndGet();
        names.put(id, call.field("filename"));
        body.put("file_id", id).put("upload_url", server.uploadUrl(id));
      }
      case "files.completeUploadExternal" -> complete(call, body);
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
              .put("is_bot", call.field("user").contains("U0APP"));
      default -> body.put("warning", "none");
    }
    return body;
  }

  private static String nameOf(String channel) {
    return channel.contains("CINC")
        ? "inc-models"
        : channel.contains("CPRIVATE")
            ? "private"
            : channel.contains("CCLOSED") ? "fraud-closed" : "general";
  }

  /** JSON without its needless escapes, so that tests can look for what people see. */
  private static String plain(String value) throws IOException {
    return value.startsWith("[{") || value.startsWith("{\"")
        ? JSON.readTree(value).toString()
        : value;
  }

  void awaitConnection() throws InterruptedException {
    if (!server.awaitConnection(10)) {
      throw new AssertionError("Nobody connected");
    }
  }

  void deliver(String envelope) {
    if (!server.send(envelope)) {
      throw new AssertionError("Nobody is connected");
    }
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
    return server.responseUrl("1");
  }

  @Override
  public void close() {
    server.close();
  }
}
