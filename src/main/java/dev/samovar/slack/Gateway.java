package dev.samovar.slack;

import com.slack.api.app_backend.interactive_components.ActionResponseSender;
import com.slack.api.app_backend.interactive_components.response.ActionResponse;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.request.files.FilesCompleteUploadExternalRequest;
import com.slack.api.model.Conversation;
import com.slack.api.model.ConversationType;
import com.slack.api.model.Message;
import com.slack.api.model.User;
import com.slack.api.model.Usergroup;
import com.slack.api.model.assistant.SuggestedPrompt;
import com.slack.api.model.view.View;
import dev.samovar.charts.Picture;
import dev.samovar.work.Posts;
import dev.samovar.work.Trail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that calls Slack. Slack answers HTTP 200 with {@code ok: false}: that is an error
 * here. A rate limit is waited for as long as Slack asks, within reason; messages to a channel keep
 * Slack's distance; where Slack refuses blocks, the words go alone.
 */
final class Gateway {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final int ATTEMPTS = 3;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** Slack takes one message a second and channel, and 50 edits a minute. */
  private static final Duration BETWEEN_POSTS = Duration.ofSeconds(1);

  private static final Duration BETWEEN_EDITS = Duration.ofMillis(1200);

  /** The type of the metadata that names an answer. */
  private static final String ANSWER = "samovar_answer";

  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);
  private static final int SEARCHED = 200;

  /** Slack's ids; names of channels are in lower case. */
  private static final Pattern ID = Pattern.compile("[A-Z][A-Z0-9]+");

  private static final List<ConversationType> JOINED =
      List.of(ConversationType.PUBLIC_CHANNEL, ConversationType.PRIVATE_CHANNEL);

  private static final Duration KNOWN = Duration.ofHours(1);

  /** Who was taken out of a group must not ask for long. */
  private static final Duration GROUP_KNOWN = Duration.ofMinutes(5);

  private static final Pattern GROUP_ID = Pattern.compile("S[A-Z0-9]{6,}");

  /** {@code chat.update} allows 4,000 bytes. */
  private static final int TEXT_BYTES = 3900;

  /** Of 2,000 characters that a picture's words may have. */
  private static final int ALT = 1900;

  private static final int CAPTION = 300;

  private static final Set<String> REFUSED_BLOCKS =
      Set.of("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "block_mismatch");

  private final MethodsClient methods;
  private final ActionResponseSender responses;
  private final Posts sent;
  private final Clock clock;
  private final Discreet discreet;
  private final SlackListener listener;
  private final Uploads uploads;
  private final Pacer posts;
  private final Pacer edits;
  private final Map<String, Channel> channels = new ConcurrentHashMap<>();
  private final Map<String, Person> people = new ConcurrentHashMap<>();
  private final Map<String, Group> groups = new ConcurrentHashMap<>();

  Gateway(
      MethodsClient methods,
      ActionResponseSender responses,
      Posts sent,
      Discreet discreet,
      SlackListener listener,
      Clock clock) {
    this(methods, responses, sent, discreet, listener, clock, BETWEEN_POSTS, BETWEEN_EDITS);
  }

  Gateway(
      MethodsClient methods,
      ActionResponseSender responses,
      Posts sent,
      Discreet discreet,
      SlackListener listener,
      Clock clock,
      Duration betweenPosts,
      Duration betweenEdits) {
    this.methods = methods;
    this.responses = responses;
    this.sent = sent;
    this.discreet = discreet;
    this.listener = listener;
    this.clock = clock;
    this.uploads = new Uploads(methods);
    this.posts = new Pacer(betweenPosts, System::nanoTime);
    this.edits = new Pacer(betweenEdits, System::nanoTime);
  }

  private interface Call<T> {
    T ask() throws IOException, SlackApiException;
  }

  private interface Send<T> {
    T send(OutgoingMessage message) throws SlackException;
  }

  /**
   * @return the message's timestamp, which is its id in the channel
   */
  String post(String channel, @Nullable String threadTs, OutgoingMessage message)
      throws SlackException {
    return write(channel, threadTs, message).ts();
  }

  /**
   * @param channel the id: a message may have been sent by a channel's name or to a person
   */
  record Posted(String channel, String ts) {}

  /**
   * Writes a message once, however often it is asked to: one that a process sent before it died is
   * looked for.
   *
   * @param id the same whenever the same message is meant; it travels with the message
   * @return the message's timestamp
   */
  String postOnce(String id, String channel, @Nullable String threadTs, OutgoingMessage message)
      throws SlackException {
    Instant now = clock.instant();
    Posts.Post post = sent.intend(id, now);
    if (post.message().isPresent()) {
      return post.message().get();
    }
    Optional<String> there =
        post.intended().isBefore(now)
            ? find(id, channel, threadTs, post.intended())
            : Optional.empty();
    String ts =
        there.isPresent()
            ? there.get()
            : write(channel, threadTs, message, Optional.of(metadata(id))).ts();
    sent.arrived(id, ts);
    return ts;
  }

  /**
   * Writes a message of its own once, as {@link #postOnce} does.
   *
   * @param channel its id, or its name as long as the id is not known
   */
  Posted publishOnce(String id, String channel, OutgoingMessage message) throws SlackException {
    Instant now = clock.instant();
    Posts.Post post = sent.intend(id, now);
    if (post.message().isPresent()) {
      String[] parts = post.message().get().split(" ", 2);
      return new Posted(parts[0], parts[1]);
    }
    Optional<Posted> there =
        post.intended().isBefore(now)
            ? idOf(channel)
                .flatMap(
                    where ->
                        find(id, where, null, post.intended()).map(ts -> new Posted(where, ts)))
            : Optional.empty();
    Posted posted =
        there.isPresent() ? there.get() : write(channel, null, message, Optional.of(metadata(id)));
    sent.arrived(id, posted.channel() + " " + posted.ts());
    return posted;
  }

  /**
   * Puts pictures into a thread, together and once, as {@link #postOnce} does with a message. Each
   * is found again by its file's name: an upload carries nothing else.
   *
   * @param drawn asked only where they are not there yet; where there are none, that is kept
   */
  void pinOnce(String id, String channel, String threadTs, Supplier<List<Picture>> drawn)
      throws SlackException {
    Instant now = clock.instant();
    Posts.Post post = sent.intend(id, now);
    if (post.message().isPresent()) {
      return;
    }
    String name = "samovar-" + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
    Optional<String> there =
        post.intended().isBefore(now)
            ? find(channel, threadTs, post.intended(), message -> isOf(message, name))
            : Optional.empty();
    if (there.isPresent()) {
      sent.arrived(id, there.get());
      return;
    }
    List<Picture> pictures = drawn.get();
    if (pictures.isEmpty()) {
      sent.arrived(id, "none");
      return;
    }
    String words =
        SlackText.cut(
            SlackText.escape(
                pictures.stream().map(Picture::title).collect(Collectors.joining(" · "))),
            CAPTION);
    List<FilesCompleteUploadExternalRequest.FileDetails> files = new ArrayList<>();
    for (Picture picture : pictures) {
      byte[] png = picture.png();
      String file = name + "-" + (files.size() + 1) + ".png";
      var place =
          call(
              "files.getUploadURLExternal",
              () ->
                  methods.filesGetUploadURLExternal(
                      r ->
                          r.filename(file)
                              .length(png.length)
                              .altTxt(SlackText.cut(picture.alt(), ALT))));
      uploads.put(place.getUploadUrl(), png);
      files.add(
          FilesCompleteUploadExternalRequest.FileDetails.builder()
              .id(place.getFileId())
              .title(picture.title())
              .build());
    }
    pause("files.completeUploadExternal", SlackListener.Wait.PACE, posts.reserve(channel));
    call(
        "files.completeUploadExternal",
        () ->
            methods.filesCompleteUploadExternal(
                r -> r.files(files).channelId(channel).threadTs(threadTs).initialComment(words)));
    sent.arrived(id, files.get(0).getId());
  }

  private static boolean isOf(Message message, String name) {
    return message.getFiles() != null
        && message.getFiles().stream()
            .anyMatch(file -> file.getName() != null && file.getName().startsWith(name));
  }

  /**
   * Where the history of a channel can be read: by its id alone. Empty for a person, whose direct
   * messages would need another scope, and where it can't be told.
   */
  private Optional<String> idOf(String channel) {
    if (ID.matcher(channel).matches()) {
      return Optional.of(channel).filter(id -> !id.startsWith("U") && !id.startsWith("W"));
    }
    String name = channel.startsWith("#") ? channel.substring(1) : channel;
    try {
      String cursor = "";
      do {
        String next = cursor;
        var page =
            call(
                "users.conversations",
                () ->
                    methods.usersConversations(
                        r -> r.types(JOINED).excludeArchived(true).limit(SEARCHED).cursor(next)));
        for (Conversation one : page.getChannels()) {
          if (name.equals(one.getName())) {
            return Optional.of(one.getId());
          }
        }
        cursor =
            page.getResponseMetadata() == null || page.getResponseMetadata().getNextCursor() == null
                ? ""
                : page.getResponseMetadata().getNextCursor();
      } while (!cursor.isEmpty());
    } catch (SlackException e) {
      LOG.warn("The id of the channel {} is unknown: {}", channel, e.getMessage());
    }
    return Optional.empty();
  }

  /** The id of what is worked on goes along: a message leads to its lines in the logs. */
  private static Message.Metadata metadata(String id) {
    Map<String, Object> payload = new HashMap<>(Map.of("id", id));
    Trail.current().ifPresent(trail -> payload.put("trace", trail));
    return Message.Metadata.builder().eventType(ANSWER).eventPayload(payload).build();
  }

  /** A message is rather written twice than not at all. */
  private Optional<String> find(
      String id, String channel, @Nullable String threadTs, Instant intended) {
    return find(channel, threadTs, intended, message -> isCalled(message, id));
  }

  private Optional<String> find(
      String channel, @Nullable String threadTs, Instant intended, Predicate<Message> wanted) {
    String oldest = String.valueOf(intended.minus(CLOCKS_DIFFER).getEpochSecond());
    try {
      List<Message> found =
          threadTs == null
              ? call(
                      "conversations.history",
                      () ->
                          methods.conversationsHistory(
                              r ->
                                  r.channel(channel)
                                      .oldest(oldest)
                                      .includeAllMetadata(true)
                                      .limit(SEARCHED)))
                  .getMessages()
              : call(
                      "conversations.replies",
                      () ->
                          methods.conversationsReplies(
                              r ->
                                  r.channel(channel)
                                      .ts(threadTs)
                                      .oldest(oldest)
                                      .includeAllMetadata(true)
                                      .limit(SEARCHED)))
                  .getMessages();
      return found == null
          ? Optional.empty()
          : found.stream().filter(wanted).map(Message::getTs).findFirst();
    } catch (SlackException e) {
      LOG.warn("It can't be told whether a message arrived: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean isCalled(Message message, String id) {
    Message.Metadata metadata = message.getMetadata();
    return metadata != null
        && ANSWER.equals(metadata.getEventType())
        && metadata.getEventPayload() != null
        && id.equals(metadata.getEventPayload().get("id"));
  }

  Posted write(String channel, @Nullable String threadTs, OutgoingMessage message)
      throws SlackException {
    return write(channel, threadTs, message, Optional.empty());
  }

  private Posted write(
      String channel,
      @Nullable String threadTs,
      OutgoingMessage message,
      Optional<Message.Metadata> metadata)
      throws SlackException {
    pause("chat.postMessage", SlackListener.Wait.PACE, posts.reserve(channel));
    return withoutBlocksIfRefused(
        message,
        sent -> {
          var answer =
              call(
                  "chat.postMessage",
                  () ->
                      methods.chatPostMessage(
                          r ->
                              r.channel(channel)
                                  .threadTs(threadTs)
                                  .text(cut(sent.text()))
                                  .blocks(sent.blocks().isEmpty() ? null : sent.blocks())
                                  .metadata(metadata.orElse(null))
                                  .unfurlLinks(false)
                                  .unfurlMedia(false)));
          return new Posted(
              answer.getChannel() == null ? channel : answer.getChannel(), answer.getTs());
        });
  }

  void update(String channel, String ts, OutgoingMessage message) throws SlackException {
    pause("chat.update", SlackListener.Wait.PACE, edits.reserve(channel));
    withoutBlocksIfRefused(
        message,
        sent ->
            call(
                "chat.update",
                () ->
                    methods.chatUpdate(
                        // An empty list takes the old blocks away.
                        r ->
                            r.channel(channel)
                                .ts(ts)
                                .text(cut(sent.text()))
                                .blocks(sent.blocks()))));
  }

  /** A message of another kind becomes an answer, and is called so from now on. */
  void become(String id, String channel, String ts, OutgoingMessage message) throws SlackException {
    pause("chat.update", SlackListener.Wait.PACE, edits.reserve(channel));
    withoutBlocksIfRefused(
        message,
        sent ->
            call(
                "chat.update",
                () ->
                    methods.chatUpdate(
                        r ->
                            r.channel(channel)
                                .ts(ts)
                                .text(cut(sent.text()))
                                .metadata(metadata(id))
                                .blocks(sent.blocks()))));
  }

  /** An edit that may be left out when there were many. */
  void updateIfQuiet(String channel, String ts, OutgoingMessage given) throws SlackException {
    if (edits.isFree(channel)) {
      OutgoingMessage message = discreet.of(given);
      call(
          "chat.update",
          () ->
              methods.chatUpdate(
                  r ->
                      r.channel(channel)
                          .ts(ts)
                          .text(cut(message.text()))
                          .blocks(message.blocks())));
    }
  }

  /** Seen by one person only, and lost when they reload: nothing important. */
  void whisper(String channel, String user, @Nullable String threadTs, OutgoingMessage message)
      throws SlackException {
    withoutBlocksIfRefused(
        message,
        sent ->
            call(
                "chat.postEphemeral",
                () ->
                    methods.chatPostEphemeral(
                        r ->
                            r.channel(channel)
                                .user(user)
                                .threadTs(threadTs)
                                .text(cut(sent.text()))
                                .blocks(sent.blocks().isEmpty() ? null : sent.blocks()))));
  }

  /** Answers a command, seen by who gave it. */
  void respond(String responseUrl, OutgoingMessage message) throws SlackException {
    respond(responseUrl, message, false);
  }

  /** Answers a command in the place of what was answered before. */
  void respondInstead(String responseUrl, OutgoingMessage message) throws SlackException {
    respond(responseUrl, message, true);
  }

  private void respond(String responseUrl, OutgoingMessage given, boolean isInstead)
      throws SlackException {
    OutgoingMessage message = discreet.of(given);
    try {
      responses.send(
          responseUrl,
          ActionResponse.builder()
              .responseType("ephemeral")
              .replaceOriginal(isInstead)
              .text(cut(message.text()))
              .blocks(message.blocks().isEmpty() ? null : message.blocks())
              .build());
    } catch (IOException e) {
      throw new SlackException("Slack can't be reached: " + e.getMessage(), e);
    }
  }

  /** Takes away a message that only one person sees. */
  void withdraw(Optional<String> responseUrl) throws SlackException {
    if (responseUrl.isPresent()) {
      try {
        responses.send(responseUrl.get(), ActionResponse.builder().deleteOriginal(true).build());
      } catch (IOException e) {
        throw new SlackException("Slack can't be reached: " + e.getMessage(), e);
      }
    }
  }

  private <T> T withoutBlocksIfRefused(OutgoingMessage given, Send<T> send) throws SlackException {
    OutgoingMessage message = discreet.of(given);
    try {
      return send.send(message);
    } catch (SlackException e) {
      if (message.blocks().isEmpty() || !REFUSED_BLOCKS.contains(e.code())) {
        throw e;
      }
      LOG.error("Slack refused blocks; the words go alone: {}", e.getMessage());
      return send.send(OutgoingMessage.words(message.plain()));
    }
  }

  private static String cut(String text) {
    return SlackText.cutBytes(text, TEXT_BYTES);
  }

  /** A reaction is a courtesy: without the permission for it, the answer still comes. */
  void react(String channel, String ts, String emoji) {
    try {
      call(
          "reactions.add",
          () -> methods.reactionsAdd(r -> r.channel(channel).timestamp(ts).name(emoji)));
    } catch (SlackException e) {
      if (!e.code().equals("already_reacted")) {
        LOG.warn("No reaction: {}", e.getMessage());
      }
    }
  }

  void open(String triggerId, View view) throws SlackException {
    call(
        "views.open", () -> methods.viewsOpen(r -> r.triggerId(triggerId).view(discreet.of(view))));
  }

  void change(String viewId, View view) throws SlackException {
    call("views.update", () -> methods.viewsUpdate(r -> r.viewId(viewId).view(discreet.of(view))));
  }

  void showHome(String user, View view) throws SlackException {
    call("views.publish", () -> methods.viewsPublish(r -> r.userId(user).view(discreet.of(view))));
  }

  /** What the assistant pane offers to ask. */
  void suggest(String channel, String threadTs, List<SuggestedPrompt> prompts)
      throws SlackException {
    call(
        "assistant.threads.setSuggestedPrompts",
        () ->
            methods.assistantThreadsSetSuggestedPrompts(
                r -> r.channelId(channel).threadTs(threadTs).prompts(prompts)));
  }

  /** Where people open a message. */
  Optional<String> link(String channel, String ts) {
    try {
      return Optional.ofNullable(
          call(
                  "chat.getPermalink",
                  () -> methods.chatGetPermalink(r -> r.channel(channel).messageTs(ts)))
              .getPermalink());
    } catch (SlackException e) {
      LOG.warn("A message has no link: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * @param user empty for another bot
   */
  record Read(String text, String user) {}

  /** What a message says, also one within a thread; empty where there is none. */
  Optional<Read> message(String channel, String ts, @Nullable String threadTs)
      throws SlackException {
    List<Message> found =
        threadTs == null || threadTs.equals(ts)
            ? call(
                    "conversations.history",
                    () ->
                        methods.conversationsHistory(
                            r -> r.channel(channel).latest(ts).oldest(ts).inclusive(true).limit(1)))
                .getMessages()
            : call(
                    "conversations.replies",
                    () ->
                        methods.conversationsReplies(
                            r ->
                                r.channel(channel)
                                    .ts(threadTs)
                                    .latest(ts)
                                    .oldest(ts)
                                    .inclusive(true)
                                    .limit(10)))
                .getMessages();
    return found == null
        ? Optional.empty()
        : found.stream()
            .filter(message -> ts.equals(message.getTs()))
            .findFirst()
            .map(
                message ->
                    message.getBotId() == null
                        ? new Read(
                            MessageText.ofPerson(message.getText(), message.getAttachments()),
                            message.getUser() == null ? "" : message.getUser())
                        : new Read(
                            MessageText.ofBot(message.getText(), message.getAttachments()), ""));
  }

  /**
   * @param readAt by {@link System#nanoTime}
   */
  private record Channel(String name, boolean isPrivate, long readAt) {
    /** A public channel can become private. */
    boolean isFresh() {
      return System.nanoTime() - readAt < KNOWN.toNanos();
    }
  }

  /** Without the {@code #}; the id where the name can't be had. */
  String channelName(String channel) {
    return channel(channel).name();
  }

  /** Also where that can't be told. */
  boolean isPrivate(String channel) {
    return channel(channel).isPrivate();
  }

  /** A direct message has no name, and to ask for it would need another scope. */
  private Channel channel(String id) {
    Channel known = channels.get(id);
    if (known != null && known.isFresh()) {
      return known;
    }
    if (id.startsWith("D")) {
      return new Channel(id, true, System.nanoTime());
    }
    try {
      Conversation found =
          call("conversations.info", () -> methods.conversationsInfo(r -> r.channel(id)))
              .getChannel();
      Channel channel =
          new Channel(
              found.getName() == null ? id : found.getName(),
              found.isPrivate() || found.isIm() || found.isMpim(),
              System.nanoTime());
      channels.put(id, channel);
      return channel;
    } catch (SlackException e) {
      LOG.warn("The name of a channel is unknown: {}", e.getMessage());
      return new Channel(known == null ? id : known.name(), true, System.nanoTime());
    }
  }

  /**
   * @param name the id where it can't be had
   * @param zone UTC where it can't be had
   */
  record Person(String name, ZoneId zone, boolean isBot) {}

  Person person(String user) {
    Person known = people.get(user);
    if (known != null) {
      return known;
    }
    Person person = new Person(user, ZoneOffset.UTC, false);
    try {
      User found = call("users.info", () -> methods.usersInfo(r -> r.user(user))).getUser();
      person =
          new Person(
              Optional.ofNullable(found.getRealName())
                  .or(() -> Optional.ofNullable(found.getName()))
                  .orElse(user),
              found.getTz() == null ? ZoneOffset.UTC : ZoneId.of(found.getTz()),
              found.isBot());
    } catch (SlackException | DateTimeException e) {
      LOG.warn("The name and zone of a person are unknown: {}", e.getMessage());
    }
    people.put(user, person);
    return person;
  }

  /**
   * @param readAt by {@link System#nanoTime}
   */
  private record Group(Set<String> members, long readAt) {
    boolean isFresh() {
      return System.nanoTime() - readAt < GROUP_KNOWN.toNanos();
    }
  }

  /**
   * Who is in a group of users; nobody where that can't be told, so that what is closed stays so.
   *
   * @param group its id, or its handle with or without {@code @}
   */
  Set<String> members(String group) {
    Group known = groups.get(group);
    if (known != null && known.isFresh()) {
      return known.members();
    }
    Set<String> members = Set.of();
    try {
      Optional<String> id = GROUP_ID.matcher(group).matches() ? Optional.of(group) : groupId(group);
      if (id.isPresent()) {
        members =
            Set.copyOf(
                call(
                        "usergroups.users.list",
                        () -> methods.usergroupsUsersList(r -> r.usergroup(id.get())))
                    .getUsers());
      } else {
        LOG.warn("No group of users is called {}", group);
      }
    } catch (SlackException e) {
      LOG.warn("The members of a group of users are unknown: {}", e.getMessage());
    }
    groups.put(group, new Group(members, System.nanoTime()));
    return members;
  }

  private Optional<String> groupId(String handle) throws SlackException {
    String bare = handle.startsWith("@") ? handle.substring(1) : handle;
    return call("usergroups.list", () -> methods.usergroupsList(r -> r)).getUsergroups().stream()
        .filter(group -> bare.equals(group.getHandle()))
        .map(Usergroup::getId)
        .findFirst();
  }

  /** UTC for another bot. */
  ZoneId zone(@Nullable String user) {
    return user == null || user.isEmpty() ? ZoneOffset.UTC : person(user).zone();
  }

  /** The bot's own user id. */
  Optional<String> self() throws SlackException {
    return Optional.ofNullable(call("auth.test", () -> methods.authTest(r -> r)).getUserId());
  }

  private <T extends SlackApiTextResponse> T call(String method, Call<T> call)
      throws SlackException {
    for (int attempt = 1; ; attempt++) {
      long begun = System.nanoTime();
      try {
        T response = call.ask();
        called(method, response.isOk() ? "ok" : String.valueOf(response.getError()), begun);
        if (response.isOk()) {
          return response;
        }
        throw refused(method, response);
      } catch (SlackApiException e) {
        called(method, "http_" + e.getResponse().code(), begun);
        Optional<Duration> wait = retryAfter(e);
        if (wait.isEmpty() || attempt == ATTEMPTS || wait.get().compareTo(LONGEST_WAIT) > 0) {
          throw new SlackException(
              "Slack answered " + method + " with HTTP " + e.getResponse().code() + ".", e);
        }
        pause(method, SlackListener.Wait.ASKED, wait.get());
      } catch (IOException e) {
        called(method, "unreachable", begun);
        throw new SlackException("Slack can't be reached for " + method + ": " + e.getMessage(), e);
      }
    }
  }

  private static Optional<Duration> retryAfter(SlackApiException e) {
    String seconds = e.getResponse().header("Retry-After");
    return e.getResponse().code() == 429 && seconds != null && seconds.matches("\\d{1,5}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds)))
        : Optional.empty();
  }

  private void called(String method, String outcome, long begun) {
    listener.called(method, outcome, Duration.ofNanos(System.nanoTime() - begun));
  }

  private void pause(String method, SlackListener.Wait why, Duration wait) throws SlackException {
    if (!wait.isZero()) {
      listener.waited(method, why, wait);
    }
    try {
      TimeUnit.NANOSECONDS.sleep(wait.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SlackException("Interrupted while Slack asked to wait", e);
    }
  }

  private static SlackException refused(String method, SlackApiTextResponse response) {
    String code = String.valueOf(response.getError());
    String hint =
        switch (code) {
          case "invalid_auth", "not_authed", "account_inactive", "token_revoked" ->
              "; check slack.bot_token";
          case "missing_scope" -> "; the app needs the scope " + response.getNeeded();
          case "not_in_channel", "channel_not_found" -> "; invite Samovar to that channel";
          default -> "";
        };
    return new SlackException(code, "Slack refused " + method + ": " + code + hint + ".");
  }
}
