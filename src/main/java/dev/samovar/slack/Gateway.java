package dev.samovar.slack;

import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.model.Conversation;
import com.slack.api.model.block.LayoutBlock;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that calls Slack. Slack answers HTTP 200 with {@code ok: false}: that is an error
 * here. A rate limit is waited for as long as Slack asks, within reason.
 */
final class Gateway {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final int ATTEMPTS = 3;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final int TEXT_BYTES = 3900;

  private final MethodsClient methods;
  private final Map<String, String> channelNames = new ConcurrentHashMap<>();
  private final Map<String, ZoneId> zones = new ConcurrentHashMap<>();

  Gateway(MethodsClient methods) {
    this.methods = methods;
  }

  private interface Call<T> {
    T ask() throws IOException, SlackApiException;
  }

  /** Where a message is. */
  record Place(String channel, String ts) {}

  Place post(String channel, @Nullable String threadTs, String text, List<LayoutBlock> blocks)
      throws SlackException {
    String ts =
        call(
                "chat.postMessage",
                () ->
                    methods.chatPostMessage(
                        r ->
                            r.channel(channel)
                                .threadTs(threadTs)
                                .text(SlackText.cutBytes(text, TEXT_BYTES))
                                .blocks(blocks.isEmpty() ? null : blocks)
                                .unfurlLinks(false)
                                .unfurlMedia(false)))
            .getTs();
    return new Place(channel, ts);
  }

  void update(Place place, String text, List<LayoutBlock> blocks) throws SlackException {
    call(
        "chat.update",
        () ->
            methods.chatUpdate(
                r ->
                    r.channel(place.channel())
                        .ts(place.ts())
                        .text(SlackText.cutBytes(text, TEXT_BYTES))
                        .blocks(blocks)));
  }

  /** A reaction is a courtesy: without the permission for it, the answer still comes. */
  void react(Place place, String emoji) {
    try {
      call(
          "reactions.add",
          () ->
              methods.reactionsAdd(
                  r -> r.channel(place.channel()).timestamp(place.ts()).name(emoji)));
    } catch (SlackException e) {
      if (!e.code().equals("already_reacted")) {
        LOG.warn("No reaction: {}", e.getMessage());
      }
    }
  }

  /** Without the {@code #}; the id where the name can't be had. */
  String channelName(String channel) {
    String known = channelNames.get(channel);
    if (known != null) {
      return known;
    }
    try {
      Conversation found =
          call("conversations.info", () -> methods.conversationsInfo(r -> r.channel(channel)))
              .getChannel();
      String name = found.getName() == null ? channel : found.getName();
      channelNames.put(channel, name);
      return name;
    } catch (SlackException e) {
      LOG.warn("The name of a channel is unknown: {}", e.getMessage());
      return channel;
    }
  }

  /** The zone of a person; UTC where it can't be had. */
  ZoneId zone(@Nullable String user) {
    if (user == null) {
      return ZoneOffset.UTC;
    }
    ZoneId known = zones.get(user);
    if (known != null) {
      return known;
    }
    ZoneId zone = ZoneOffset.UTC;
    try {
      String name =
          call("users.info", () -> methods.usersInfo(r -> r.user(user))).getUser().getTz();
      zone = name == null ? ZoneOffset.UTC : ZoneId.of(name);
    } catch (SlackException | java.time.DateTimeException e) {
      LOG.warn("The zone of a person is unknown: {}", e.getMessage());
    }
    zones.put(user, zone);
    return zone;
  }

  /** The bot's own user id. */
  Optional<String> self() throws SlackException {
    return Optional.ofNullable(call("auth.test", () -> methods.authTest(r -> r)).getUserId());
  }

  private <T extends SlackApiTextResponse> T call(String method, Call<T> call)
      throws SlackException {
    for (int attempt = 1; ; attempt++) {
      try {
        T response = call.ask();
        if (response.isOk()) {
          return response;
        }
        throw refused(method, response);
      } catch (SlackApiException e) {
        Optional<Duration> wait = retryAfter(e);
        if (wait.isEmpty() || attempt == ATTEMPTS || wait.get().compareTo(LONGEST_WAIT) > 0) {
          throw new SlackException(
              "Slack answered " + method + " with HTTP " + e.getResponse().code() + ".", e);
        }
        pause(wait.get());
      } catch (IOException e) {
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

  private static void pause(Duration wait) throws SlackException {
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
