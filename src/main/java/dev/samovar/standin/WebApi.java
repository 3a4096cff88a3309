package dev.samovar.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The methods of Slack's Web API that Samovar uses, with Slack's refusals (docs:
 * reference/methods).
 */
final class WebApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_READ = 200;

  /** What an app may read, and what of it is secret. */
  record Tokens(String bot, String app) {}

  private interface Method {
    ApiAnswer answer(ApiCall call) throws JsonProcessingException;
  }

  private final Book book;
  private final Payloads payloads;
  private final Tokens tokens;
  private final Triggers triggers;
  private final Supplier<String> base;
  private final Supplier<String> socketUrl;
  private final Function<String, String> uploadUrl;
  private final Consumer<Message> posted;
  private final Map<String, Method> methods;

  /**
   * @param base of the addresses that people open messages at
   * @param posted hears of the app's own messages
   */
  WebApi(
      Book book,
      Payloads payloads,
      Tokens tokens,
      Triggers triggers,
      Supplier<String> base,
      Supplier<String> socketUrl,
      Function<String, String> uploadUrl,
      Consumer<Message> posted) {
    this.book = book;
    this.payloads = payloads;
    this.tokens = tokens;
    this.triggers = triggers;
    this.base = base;
    this.socketUrl = socketUrl;
    this.uploadUrl = uploadUrl;
    this.posted = posted;
    this.methods =
        Map.ofEntries(
            Map.entry("auth.test", this::who),
            Map.entry("apps.connections.open", this::connect),
            Map.entry("chat.postMessage", this::post),
            Map.entry("chat.update", this::update),
            Map.entry("chat.delete", this::delete),
            Map.entry("chat.postEphemeral", this::whisper),
            Map.entry("chat.getPermalink", this::permalink),
            Map.entry("reactions.add", this::react),
            Map.entry("conversations.info", this::channel),
            Map.entry("conversations.open", this::open),
            Map.entry("conversations.history", this::history),
            Map.entry("conversations.replies", this::replies),
            Map.entry("users.info", this::member),
            Map.entry("users.conversations", this::joined),
            Map.entry("users.lookupByEmail", call -> ApiAnswer.error("users_not_found")),
            Map.entry("views.open", this::openView),
            Map.entry("views.push", this::openView),
            Map.entry("views.update", this::updateView),
            Map.entry("views.publish", this::publish),
            Map.entry("files.getUploadURLExternal", this::upload),
            Map.entry("files.completeUploadExternal", this::uploaded),
            Map.entry("files.info", this::file),
            Map.entry(
                "assistant.threads.setSuggestedPrompts", call -> ApiAnswer.of(ApiAnswer.ok())));
  }

  ApiAnswer answer(ApiCall call) throws JsonProcessingException {
    String wanted = call.method().equals("apps.connections.open") ? tokens.app() : tokens.bot();
    if (!wanted.equals(call.token())) {
      return ApiAnswer.error(call.token().isEmpty() ? "not_authed" : "invalid_auth");
    }
    Method method = methods.get(call.method());
    return method == null ? ApiAnswer.error("unknown_method") : method.answer(call);
  }

  private ApiAnswer who(ApiCall call) {
    ObjectNode body = ApiAnswer.ok();
    body.put("url", base.get()).put("team", "Sandbox").put("team_id", Payloads.TEAM);
    body.put("user", "samovar").put("user_id", Payloads.BOT).put("bot_id", Payloads.BOT_ID);
    return ApiAnswer.of(body);
  }

  private ApiAnswer connect(ApiCall call) {
    return ApiAnswer.of(ApiAnswer.ok().put("url", socketUrl.get()));
  }

  /** Blocks as they came; missing where none did. */
  private static JsonNode blocks(ApiCall call) throws JsonProcessingException {
    return call.field("blocks").isEmpty()
        ? MissingNode.getInstance()
        : BlockIds.given(JSON.readTree(call.field("blocks")));
  }

  private static Optional<ApiAnswer> refusal(ApiCall call, JsonNode blocks) {
    if (call.field("text").isEmpty() && blocks.isEmpty()) {
      return Optional.of(ApiAnswer.error("no_text"));
    }
    return broken(Limits.ofMessage(blocks), "invalid_blocks");
  }

  private static Optional<ApiAnswer> broken(List<String> broken, String code) {
    if (broken.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode body = ApiAnswer.ok().put("ok", false).put("error", code);
    ArrayNode messages = body.putObject("response_metadata").putArray("messages");
    broken.forEach(one -> messages.add("[ERROR] " + one));
    return Optional.of(ApiAnswer.of(body));
  }

  private Message message(ApiCall call, Channel channel, JsonNode blocks)
      throws JsonProcessingException {
    return Message.by(
            Payloads.BOT,
            channel.id(),
            book.moment(),
            Optional.of(call.field("thread_ts")).filter(ts -> !ts.isEmpty()))
        .saying(call.field("text"), blocks)
        .named(
            call.field("metadata").isEmpty()
                ? MissingNode.getInstance()
                : JSON.readTree(call.field("metadata")));
  }

  private ApiAnswer post(ApiCall call) throws JsonProcessingException {
    Optional<Channel> channel = book.channel(call.field("channel"));
    if (channel.isEmpty()) {
      return ApiAnswer.error("channel_not_found");
    }
    JsonNode blocks = blocks(call);
    Optional<ApiAnswer> refusal = refusal(call, blocks);
    return refusal.isPresent() ? refusal.get() : posted(message(call, channel.get(), blocks));
  }

  private ApiAnswer posted(Message message) {
    book.add(message);
    posted.accept(message);
    ObjectNode body = ApiAnswer.ok().put("channel", message.channel()).put("ts", message.ts());
    body.set("message", payloads.message(message));
    return ApiAnswer.of(body);
  }

  private ApiAnswer update(ApiCall call) throws JsonProcessingException {
    Optional<Message> old = book.message(call.field("channel"), call.field("ts"));
    if (old.isEmpty()) {
      return ApiAnswer.error("message_not_found");
    }
    if (!old.get().author().equals(Payloads.BOT)) {
      return ApiAnswer.error("cant_update_message");
    }
    JsonNode given = blocks(call);
    Optional<ApiAnswer> refusal = refusal(call, given);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    String moment = book.moment();
    Optional<Message> now =
        book.change(
            old.get().channel(),
            old.get().ts(),
            one ->
                one.saying(call.field("text"), given.isMissingNode() ? one.blocks() : given)
                    .editedAt(moment));
    ObjectNode body = ApiAnswer.ok().put("channel", old.get().channel()).put("ts", old.get().ts());
    body.put("text", call.field("text"));
    now.ifPresent(message -> body.set("message", payloads.message(message)));
    return ApiAnswer.of(body);
  }

  private ApiAnswer delete(ApiCall call) {
    return book.remove(call.field("channel"), call.field("ts"))
        .map(message -> ApiAnswer.of(ApiAnswer.ok().put("ts", message.ts())))
        .orElseGet(() -> ApiAnswer.error("message_not_found"));
  }

  private ApiAnswer whisper(ApiCall call) throws JsonProcessingException {
    Optional<Channel> channel = book.channel(call.field("channel"));
    if (channel.isEmpty() || book.member(call.field("user")).isEmpty()) {
      return ApiAnswer.error(channel.isEmpty() ? "channel_not_found" : "user_not_in_channel");
    }
    JsonNode blocks = blocks(call);
    Optional<ApiAnswer> refusal = refusal(call, blocks);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Message message = message(call, channel.get(), blocks).onlyFor(call.field("user"));
    book.add(message);
    return ApiAnswer.of(ApiAnswer.ok().put("message_ts", message.ts()));
  }

  private ApiAnswer permalink(ApiCall call) {
    return book.message(call.field("channel"), call.field("message_ts"))
        .map(
            message ->
                base.get()
                    + "/archives/"
                    + message.channel()
                    + "/p"
                    + message.ts().replace(".", "")
                    + message
                        .thread()
                        .map(thread -> "?thread_ts=" + thread + "&cid=" + message.channel())
                        .orElse(""))
        .map(link -> ApiAnswer.of(ApiAnswer.ok().put("permalink", link)))
        .orElseGet(() -> ApiAnswer.error("message_not_found"));
  }

  private ApiAnswer react(ApiCall call) {
    Optional<Message> old = book.message(call.field("channel"), call.field("timestamp"));
    if (old.isEmpty()) {
      return ApiAnswer.error("message_not_found");
    }
    if (old.get().reacted(call.field("name"), Payloads.BOT).isEmpty()) {
      return ApiAnswer.error("already_reacted");
    }
    book.change(
        old.get().channel(),
        old.get().ts(),
        one -> one.reacted(call.field("name"), Payloads.BOT).orElse(one));
    return ApiAnswer.of(ApiAnswer.ok());
  }

  private ApiAnswer channel(ApiCall call) {
    return book.channels().stream()
        .filter(one -> one.id().equals(call.field("channel")))
        .findFirst()
        .map(
            channel -> {
              ObjectNode body = ApiAnswer.ok();
              body.set("channel", shown(channel));
              return ApiAnswer.of(body);
            })
        .orElseGet(() -> ApiAnswer.error("channel_not_found"));
  }

  private static ObjectNode shown(Channel channel) {
    ObjectNode shown = Payloads.object().put("id", channel.id());
    shown.put("is_im", channel.isDirect()).put("is_private", channel.isDirect());
    return channel.isDirect()
        ? shown
        : shown.put("name", channel.name()).put("is_channel", true).put("is_member", true);
  }

  /** The app is in every channel. */
  private ApiAnswer joined(ApiCall call) {
    ObjectNode body = ApiAnswer.ok();
    ArrayNode channels = body.putArray("channels");
    book.channels().stream()
        .filter(one -> !one.isDirect())
        .forEach(one -> channels.add(shown(one)));
    return ApiAnswer.of(body);
  }

  private ApiAnswer open(ApiCall call) {
    return book.channel(call.field("users"))
        .filter(Channel::isDirect)
        .map(
            channel -> {
              ObjectNode body = ApiAnswer.ok();
              body.putObject("channel").put("id", channel.id());
              return ApiAnswer.of(body);
            })
        .orElseGet(() -> ApiAnswer.error("user_not_found"));
  }

  private ApiAnswer history(ApiCall call) {
    return read(
        call,
        book.messages(call.field("channel")).stream().filter(one -> one.thread().isEmpty()),
        true);
  }

  private ApiAnswer replies(ApiCall call) {
    return read(call, book.thread(call.field("channel"), call.field("ts")), false);
  }

  private ApiAnswer read(ApiCall call, Stream<Message> all, boolean isNewestFirst) {
    boolean isInclusive = call.field("inclusive").matches("1|true");
    List<Message> found =
        new ArrayList<>(
            all.filter(one -> one.onlyFor().isEmpty())
                .filter(one -> isWithin(one.ts(), call, isInclusive))
                .toList());
    if (isNewestFirst) {
      Collections.reverse(found);
    }
    int limit =
        call.field("limit").matches("\\d{1,3}") ? Integer.parseInt(call.field("limit")) : 20;
    ObjectNode body = ApiAnswer.ok();
    ArrayNode messages = body.putArray("messages");
    found.stream()
        .limit(Math.min(limit, MOST_READ))
        .forEach(
            one -> {
              ObjectNode shown = payloads.message(one);
              if (one.metadata().isObject() && call.has("include_all_metadata")) {
                shown.set("metadata", one.metadata());
              }
              messages.add(shown);
            });
    return ApiAnswer.of(body.put("has_more", false));
  }

  private static boolean isWithin(String ts, ApiCall call, boolean isInclusive) {
    double at = Double.parseDouble(ts);
    double oldest = number(call.field("oldest"), 0);
    double latest = number(call.field("latest"), Double.MAX_VALUE);
    return isInclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  }

  private static double number(String text, double usual) {
    return text.matches("\\d{1,12}(\\.\\d{1,9})?") ? Double.parseDouble(text) : usual;
  }

  private ApiAnswer member(ApiCall call) {
    Optional<Member> member = book.member(call.field("user"));
    boolean isBot = call.field("user").equals(Payloads.BOT);
    if (member.isEmpty() && !isBot) {
      return ApiAnswer.error("user_not_found");
    }
    ObjectNode body = ApiAnswer.ok();
    ObjectNode user = body.putObject("user").put("id", call.field("user"));
    user.put("team_id", Payloads.TEAM).put("is_bot", isBot);
    user.put("name", member.map(Member::name).orElse("samovar"));
    user.put("real_name", member.map(Member::realName).orElse("Samovar"));
    member.ifPresent(
        one ->
            user.put("tz", one.zone().getId())
                .put("tz_label", one.zone().getDisplayName(TextStyle.FULL, Locale.ROOT)));
    return ApiAnswer.of(body);
  }

  private ApiAnswer openView(ApiCall call) throws JsonProcessingException {
    JsonNode content = BlockIds.inView(JSON.readTree(call.field("view")));
    Optional<ApiAnswer> refusal = broken(Limits.ofView(content), "invalid_arguments");
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Triggers.Taken trigger = triggers.take(call.field("trigger_id"));
    if (!trigger.error().isEmpty()) {
      return ApiAnswer.error(trigger.error());
    }
    OpenView view = new OpenView(book.id("V"), trigger.user(), content, Map.of());
    book.push(view);
    return shown(view);
  }

  private ApiAnswer updateView(ApiCall call) throws JsonProcessingException {
    JsonNode content = BlockIds.inView(JSON.readTree(call.field("view")));
    Optional<OpenView> old = book.view(call.field("view_id"));
    Optional<ApiAnswer> refusal = broken(Limits.ofView(content), "invalid_arguments");
    if (old.isEmpty() || refusal.isPresent()) {
      return refusal.orElseGet(() -> ApiAnswer.error("not_found"));
    }
    OpenView view = new OpenView(old.get().id(), old.get().user(), content, Map.of());
    book.replace(view);
    return shown(view);
  }

  private ApiAnswer publish(ApiCall call) throws JsonProcessingException {
    JsonNode content = BlockIds.inView(JSON.readTree(call.field("view")));
    Optional<ApiAnswer> refusal = broken(Limits.ofView(content), "invalid_arguments");
    if (refusal.isPresent()) {
      return refusal.get();
    }
    OpenView home =
        new OpenView(
            book.home(call.field("user_id")).map(OpenView::id).orElseGet(() -> book.id("V")),
            call.field("user_id"),
            content,
            Map.of());
    book.show(home);
    return shown(home);
  }

  private static ApiAnswer shown(OpenView view) {
    ObjectNode body = ApiAnswer.ok();
    body.set("view", Payloads.view(view, Optional.empty()));
    return ApiAnswer.of(body);
  }

  private ApiAnswer upload(ApiCall call) {
    String id = book.id("F");
    book.keep(
        new Upload(
            id,
            call.field("filename"),
            call.field("filename"),
            call.field("alt_txt").isEmpty() ? call.field("alt_text") : call.field("alt_txt"),
            new byte[0]));
    return ApiAnswer.of(ApiAnswer.ok().put("upload_url", uploadUrl.apply(id)).put("file_id", id));
  }

  private ApiAnswer uploaded(ApiCall call) throws JsonProcessingException {
    List<String> ids = new ArrayList<>();
    ObjectNode body = ApiAnswer.ok();
    ArrayNode files = body.putArray("files");
    for (JsonNode file : JSON.readTree(call.field("files"))) {
      String id = file.path("id").asText();
      Optional<Upload> upload = book.upload(id);
      if (upload.isEmpty()) {
        return ApiAnswer.error("file_not_found");
      }
      if (file.has("title")) {
        book.keep(upload.get().called(file.get("title").asText()));
      }
      ids.add(id);
      files.add(shown(upload.get()));
    }
    String where =
        call.field("channel_id").isEmpty() ? call.field("channels") : call.field("channel_id");
    if (!where.isEmpty()) {
      Optional<Channel> channel = book.channel(where);
      if (channel.isEmpty()) {
        return ApiAnswer.error("channel_not_found");
      }
      Message message =
          message(call, channel.get(), MissingNode.getInstance())
              .saying(call.field("initial_comment"), blocks(call))
              .showing(ids);
      posted(message);
    }
    return ApiAnswer.of(body);
  }

  private ApiAnswer file(ApiCall call) {
    Optional<Upload> upload = book.upload(call.field("file"));
    ObjectNode body = ApiAnswer.ok();
    upload.ifPresent(file -> body.set("file", shown(file)));
    return upload.isPresent() ? ApiAnswer.of(body) : ApiAnswer.error("file_not_found");
  }

  private static ObjectNode shown(Upload upload) {
    ObjectNode file = Payloads.object().put("id", upload.id()).put("name", upload.name());
    file.put("title", upload.title()).put("size", upload.content().length);
    return file.put("mimetype", upload.name().endsWith(".png") ? "image/png" : "");
  }
}
