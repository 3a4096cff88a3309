package dev.samovar.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A workspace with one app in it. People act here; the app hears of it over Socket Mode, and does
 * what it does by the Web API, with the tokens that it was given.
 */
public final class Workspace implements Answering, AutoCloseable {
  /** The app's user. */
  public static final String APP_USER = Payloads.BOT;

  /** As the app's manifest names them. */
  private static final Set<String> COMMANDS = Set.of("/triage", "/handoff");

  private static final String SLACKBOT = "USLACKBOT";

  private static final Logger LOG = LoggerFactory.getLogger(Workspace.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As long as Slack waits. */
  private static final long ACKNOWLEDGED_IN_SECONDS = 3;

  private static final int MOST_TYPED = 12_000;

  private final Book book;
  private final Payloads payloads;
  private final Triggers triggers = new Triggers();
  private final WebApi.Tokens tokens =
      new WebApi.Tokens("xoxb-" + UUID.randomUUID(), "xapp-" + UUID.randomUUID());
  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final SlackServer server;
  private final WebApi api;

  /** What an answer to a response URL is about. */
  private record Reply(String channel, String user, Optional<String> thread, Optional<String> to) {}

  /**
   * @param base of the address that people look at it at, once it is known
   */
  public Workspace(Clock clock, List<Member> members, List<Channel> channels, Supplier<String> base)
      throws IOException, InterruptedException {
    book = new Book(clock, members, channels);
    payloads = new Payloads(book);
    server = new SlackServer(this);
    api =
        new WebApi(
            book,
            payloads,
            tokens,
            triggers,
            base,
            server::socketUrl,
            server::uploadUrl,
            message -> deliver("events_api", payloads.said(message)));
  }

  public String apiUrl() {
    return server.apiUrl();
  }

  public String botToken() {
    return tokens.bot();
  }

  public String appToken() {
    return tokens.app();
  }

  /** From now on hears what changes; on the thread that changes it. */
  public void tell(Consumer<Change> onlooker) {
    book.tell(onlooker);
  }

  public List<Member> members() {
    return book.members();
  }

  public List<Channel> channels() {
    return book.channels();
  }

  /** By its id, or its name. */
  public Optional<Channel> channel(String named) {
    return book.channel(named);
  }

  /** What a person reads in a channel outside of its threads, the oldest first. */
  public List<Message> read(String channel, String user) {
    return book.messages(channel).stream()
        .filter(one -> one.thread().isEmpty() && one.isFor(user))
        .toList();
  }

  /** What a person reads in a thread, its first message included. */
  public List<Message> thread(String channel, String root, String user) {
    return book.thread(channel, root).filter(one -> one.isFor(user)).toList();
  }

  public Optional<Message> message(String channel, String ts) {
    return book.message(channel, ts);
  }

  /** The modal that a person sees. */
  public Optional<OpenView> modal(String user) {
    return book.modal(user);
  }

  public Optional<OpenView> home(String user) {
    return book.home(user);
  }

  public Optional<Upload> upload(String id) {
    return book.upload(id);
  }

  /** As the person typed it, to be changed. */
  public String typed(Message message) {
    return Typing.typed(message.text(), book.members());
  }

  private List<Member> mentioned() {
    List<Member> all = new ArrayList<>(book.members());
    all.add(new Member(Payloads.BOT, "samovar", "Samovar", "app", ZoneOffset.UTC));
    return all;
  }

  /**
   * Says something.
   *
   * @param thread empty outside of a thread
   * @return its name in the channel
   */
  public Optional<String> say(String user, String channel, Optional<String> thread, String typed) {
    if (typed.isBlank() || book.member(user).isEmpty() || book.channel(channel).isEmpty()) {
      return Optional.empty();
    }
    String text = typed.strip();
    Message message =
        Message.by(user, channel, book.moment(), thread)
            .saying(
                Typing.stored(
                    text.substring(0, Math.min(MOST_TYPED, text.length())),
                    mentioned(),
                    book.channels()),
                MissingNode.getInstance());
    book.add(message);
    deliver("events_api", payloads.said(message));
    boolean isDirect = book.channel(channel).map(Channel::isDirect).orElse(false);
    if (message.text().contains("<@" + Payloads.BOT + ">") && !isDirect) {
      deliver("events_api", payloads.mentioned(message));
    }
    return Optional.of(message.ts());
  }

  /** Says one's own message in other words. */
  public void edit(String user, String channel, String ts, String typed) {
    Optional<Message> old = own(user, channel, ts);
    if (old.isPresent() && !typed.isBlank()) {
      String moment = book.moment();
      book.change(
              channel,
              ts,
              one ->
                  one.saying(
                          Typing.stored(typed.strip(), mentioned(), book.channels()), one.blocks())
                      .editedAt(moment))
          .ifPresent(now -> deliver("events_api", payloads.edited(old.get(), now)));
    }
  }

  /** Takes one's own message back, or from one's sight one that nobody else sees. */
  public void remove(String user, String channel, String ts) {
    Optional<Message> old = book.message(channel, ts);
    if (old.flatMap(Message::onlyFor).filter(user::equals).isPresent()) {
      book.remove(channel, ts);
    } else if (own(user, channel, ts).isPresent()) {
      book.remove(channel, ts).ifPresent(gone -> deliver("events_api", payloads.removed(gone)));
    }
  }

  private Optional<Message> own(String user, String channel, String ts) {
    return book.message(channel, ts).filter(one -> one.author().equals(user));
  }

  /** Gives a slash command. What the app says at once is seen by who gave it. */
  public void command(String user, String channel, String command, String text) {
    Optional<Member> member = book.member(user);
    Optional<Channel> where = book.channel(channel);
    if (member.isEmpty() || where.isEmpty()) {
      return;
    }
    if (!COMMANDS.contains(command)) {
      whisper(channel, user, Typing.escape(command) + " is not a valid command.");
      return;
    }
    String url = reply(new Reply(channel, user, Optional.empty(), Optional.empty()));
    CompletableFuture<JsonNode> ack =
        deliver(
            "slash_commands",
            payloads.command(member.get(), where.get(), command, text, triggers.issue(user), url));
    Optional<JsonNode> said = await(ack);
    if (said.isEmpty()) {
      whisper(channel, user, command + " failed with the error “operation_timeout”");
    } else if (!said.get().path("text").asText().isEmpty()) {
      whisper(Payloads.BOT, channel, user, said.get().path("text").asText());
    }
  }

  /** What Slack itself says to one person. */
  public void whisper(String channel, String user, String mrkdwn) {
    whisper(SLACKBOT, channel, user, mrkdwn);
  }

  private void whisper(String author, String channel, String user, String mrkdwn) {
    book.add(
        Message.by(author, channel, book.moment(), Optional.empty())
            .saying(mrkdwn, MissingNode.getInstance())
            .onlyFor(user));
  }

  private String reply(Reply reply) {
    String id = UUID.randomUUID().toString();
    replies.put(id, reply);
    return server.responseUrl(id);
  }

  /**
   * Presses or chooses something in a message. What it stands for is taken from the message, not
   * from who presses.
   *
   * @param chosen the option, person or channel; empty for a button
   */
  public void press(
      String user, String channel, String ts, String block, String action, String chosen) {
    Optional<Message> message = book.message(channel, ts).filter(one -> one.isFor(user));
    Optional<Member> member = book.member(user);
    Optional<ObjectNode> act =
        message.flatMap(one -> Pressed.of(one.blocks(), block, action, chosen, book.moment()));
    if (member.isPresent() && act.isPresent()) {
      Message shown = message.get();
      String url =
          reply(new Reply(channel, user, shown.thread(), shown.onlyFor().map(only -> shown.ts())));
      deliver(
          "interactive",
          payloads.pressed(member.get(), shown, act.get(), triggers.issue(user), url));
    }
  }

  /** Presses or chooses something in a modal, or in the app's home. */
  public void pressInView(String user, String view, String block, String action, String chosen) {
    Optional<OpenView> open = book.view(view).filter(one -> one.user().equals(user));
    Optional<Member> member = book.member(user);
    Optional<ObjectNode> act =
        open.flatMap(
            one -> Pressed.of(one.content().path("blocks"), block, action, chosen, book.moment()));
    if (member.isPresent() && act.isPresent()) {
      deliver(
          "interactive",
          payloads.pressed(member.get(), open.get(), act.get(), triggers.issue(user)));
    }
  }

  /**
   * Sends a modal off.
   *
   * @param given what was typed or chosen, by the ids of block and action
   */
  public void submit(String user, String view, Map<Filled.Field, String> given) {
    Optional<OpenView> open = book.view(view).filter(one -> one.user().equals(user));
    Optional<Member> member = book.member(user);
    if (open.isEmpty() || member.isEmpty()) {
      return;
    }
    Map<String, String> missing = Filled.missing(open.get().content(), given);
    if (!missing.isEmpty()) {
      complain(open.get(), missing);
      return;
    }
    JsonNode state = Filled.state(open.get().content(), given);
    Optional<JsonNode> ack =
        await(
            deliver(
                "interactive",
                payloads.submitted(member.get(), open.get(), state, triggers.issue(user))));
    if (ack.isEmpty()) {
      complain(open.get(), Map.of("", "Samovar did not answer in time. Try again."));
      return;
    }
    switch (ack.get().path("response_action").asText()) {
      case "errors" -> complain(open.get(), strings(ack.get().path("errors")));
      case "update" ->
          book.replace(new OpenView(view, user, BlockIds.inView(ack.get().path("view")), Map.of()));
      case "push" ->
          book.push(
              new OpenView(book.id("V"), user, BlockIds.inView(ack.get().path("view")), Map.of()));
      case "clear" -> book.pop(user, true);
      default -> book.pop(user, false);
    }
  }

  private void complain(OpenView view, Map<String, String> complaints) {
    book.replace(new OpenView(view.id(), view.user(), view.content(), complaints));
  }

  private static Map<String, String> strings(JsonNode object) {
    Map<String, String> strings = new HashMap<>();
    object.properties().forEach(one -> strings.put(one.getKey(), one.getValue().asText()));
    return strings;
  }

  /** Closes the modal on top; the app hears of it where it asked to. */
  public void closeModal(String user) {
    Optional<OpenView> open = book.modal(user);
    book.pop(user, false);
    Optional<Member> member = book.member(user);
    if (open.isPresent()
        && member.isPresent()
        && open.get().content().path("notify_on_close").asBoolean()) {
      deliver("interactive", payloads.closed(member.get(), open.get()));
    }
  }

  /** An act from a message's menu. */
  public void shortcut(String user, String callback, String channel, String ts) {
    Optional<Message> message = book.message(channel, ts);
    Optional<Member> member = book.member(user);
    if (message.isPresent() && member.isPresent()) {
      deliver(
          "interactive",
          payloads.shortcut(
              member.get(),
              callback,
              message.get(),
              triggers.issue(user),
              reply(new Reply(channel, user, message.get().thread(), Optional.empty()))));
    }
  }

  public void openHome(String user) {
    book.channel(user)
        .ifPresent(direct -> deliver("events_api", payloads.homeOpened(user, direct.id())));
  }

  /** Everything that was said is forgotten. */
  public void empty() {
    replies.clear();
    book.empty();
  }

  private CompletableFuture<JsonNode> deliver(String type, JsonNode payload) {
    String id = UUID.randomUUID().toString();
    CompletableFuture<JsonNode> ack = new CompletableFuture<>();
    waiting.put(id, ack);
    if (!server.send(Payloads.envelope(id, type, payload).toString())) {
      LOG.debug("No app is connected");
    }
    return ack.orTimeout(ACKNOWLEDGED_IN_SECONDS, TimeUnit.SECONDS)
        .whenComplete((said, e) -> waiting.remove(id));
  }

  /** What the app said with its acknowledgement; empty where none came. */
  private static Optional<JsonNode> await(CompletableFuture<JsonNode> ack) {
    try {
      return Optional.of(ack.get(ACKNOWLEDGED_IN_SECONDS + 1, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("The app did not acknowledge in time", e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void acknowledged(JsonNode ack) {
    CompletableFuture<JsonNode> one = waiting.get(ack.path("envelope_id").asText());
    if (one != null) {
      one.complete(ack.path("payload"));
    }
  }

  @Override
  public ApiAnswer answer(ApiCall call) throws JsonProcessingException {
    return switch (call.method()) {
      case "response_url" -> respond(call);
      case "upload" -> upload(call);
      default -> api.answer(call);
    };
  }

  private ApiAnswer respond(ApiCall call) throws JsonProcessingException {
    Reply reply = replies.get(call.rest());
    if (reply == null) {
      return ApiAnswer.error("used_url");
    }
    if (call.field("delete_original").equals("true")) {
      reply.to().ifPresent(ts -> book.remove(reply.channel(), ts));
      return ApiAnswer.of(ApiAnswer.ok());
    }
    JsonNode blocks =
        call.field("blocks").isEmpty()
            ? MissingNode.getInstance()
            : BlockIds.given(JSON.readTree(call.field("blocks")));
    List<String> broken = Limits.ofMessage(blocks);
    if (!broken.isEmpty()) {
      LOG.warn("Blocks that Slack would refuse: {}", broken);
      return ApiAnswer.error("invalid_blocks");
    }
    if (call.field("replace_original").equals("true") && reply.to().isPresent()) {
      book.change(reply.channel(), reply.to().get(), one -> one.saying(call.field("text"), blocks));
      return ApiAnswer.of(ApiAnswer.ok());
    }
    Message message =
        Message.by(Payloads.BOT, reply.channel(), book.moment(), reply.thread())
            .saying(call.field("text"), blocks);
    boolean isForAll = call.field("response_type").equals("in_channel");
    book.add(isForAll ? message : message.onlyFor(reply.user()));
    return ApiAnswer.of(ApiAnswer.ok());
  }

  private ApiAnswer upload(ApiCall call) {
    Optional<Upload> upload = book.upload(call.rest());
    upload.ifPresent(file -> book.keep(file.with(call.body())));
    return upload.isPresent() ? ApiAnswer.of(ApiAnswer.ok()) : ApiAnswer.error("file_not_found");
  }

  @Override
  public void close() {
    server.close();
  }
}
