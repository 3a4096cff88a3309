package dev.samovar.slack;

import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.bolt.context.builtin.SlashCommandContext;
import com.slack.api.bolt.response.Response;
import dev.samovar.conversation.Conversation;
import dev.samovar.conversation.Reply;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears commands and messages, acknowledges at once, and leaves the work to the pool. */
final class Ear {
  private static final Logger LOG = LoggerFactory.getLogger(Ear.class);
  private static final Pattern LEADING_MENTION = Pattern.compile("<@[A-Z0-9]+(\\|[^>]*)?>");
  private static final String BUSY =
      "I am looking into too many things at once; ask me again in a minute.";

  private final Conversation conversation;
  private final Gateway gateway;
  private final Desk desk;
  private final Executor workers;
  private final List<Pattern> incidentChannels;
  private final Clock clock;
  private final Seen seen = new Seen();

  Ear(
      Conversation conversation,
      Gateway gateway,
      Desk desk,
      Executor workers,
      List<String> incidentChannels,
      Clock clock) {
    this.conversation = conversation;
    this.gateway = gateway;
    this.desk = desk;
    this.workers = workers;
    this.incidentChannels = incidentChannels.stream().map(Ear::glob).toList();
    this.clock = clock;
  }

  private static Pattern glob(String name) {
    String bare = name.startsWith("#") ? name.substring(1) : name;
    return Pattern.compile(
        List.of(bare.split("\\*", -1)).stream()
            .map(Pattern::quote)
            .reduce((a, b) -> a + ".*" + b)
            .orElse(""));
  }

  /**
   * Something was said.
   *
   * @param user who said it; null for another bot
   */
  record Said(
      String channel,
      String ts,
      @Nullable String threadTs,
      @Nullable String user,
      String text,
      boolean isDirect,
      boolean isMention) {}

  /** Returns at once; answers later, once, in the message's thread. */
  void hear(Said said) {
    if (said.isMention() || said.isDirect() || said.threadTs() == null) {
      try {
        workers.execute(() -> answer(said));
      } catch (RejectedExecutionException e) {
        LOG.warn("Too busy to answer", e);
      }
    }
  }

  private void answer(Said said) {
    try {
      boolean isAddressed = said.isMention() || said.isDirect();
      if (!isAddressed && !isIncidentChannel(said.channel())) {
        return;
      }
      String text = LEADING_MENTION.matcher(said.text()).replaceAll(" ").strip();
      Reply reply =
          isAddressed
              ? conversation.addressed(text, clock.instant(), gateway.zone(said.user()))
              : conversation.overheard(said.text(), clock.instant(), gateway.zone(said.user()));
      // A mention arrives as a mention and as a message: whichever speaks first answers.
      if (reply instanceof Reply.Silence || !seen.first(said.channel() + " " + said.ts())) {
        return;
      }
      gateway.react(new Gateway.Place(said.channel(), said.ts()), "eyes");
      String thread = said.threadTs() == null ? said.ts() : said.threadTs();
      desk.answer(said.channel(), thread, null, reply);
    } catch (SlackException e) {
      LOG.error("An answer could not be posted: {}", e.getMessage(), e);
    } catch (RuntimeException e) {
      LOG.error("A message could not be answered", e);
    }
  }

  private boolean isIncidentChannel(String channel) {
    if (incidentChannels.stream().anyMatch(pattern -> pattern.matcher(channel).matches())) {
      return true;
    }
    String name = gateway.channelName(channel);
    return incidentChannels.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }

  /** The acknowledgement; words at once, an investigation later. */
  Response command(SlashCommandPayload payload, SlashCommandContext context) {
    try {
      workers.execute(() -> obey(payload, context));
      return context.ack();
    } catch (RejectedExecutionException e) {
      LOG.warn("Too busy for a command", e);
      return context.ack(BUSY);
    }
  }

  private void obey(SlashCommandPayload payload, SlashCommandContext context) {
    try {
      Reply reply =
          conversation.command(
              payload.getText() == null ? "" : payload.getText(),
              clock.instant(),
              gateway.zone(payload.getUserId()));
      if (reply instanceof Reply.Words words) {
        context.respond(r -> r.responseType("ephemeral").text(Desk.words(words)));
        return;
      }
      desk.answer(payload.getChannelId(), null, payload.getUserId(), reply);
    } catch (SlackException | IOException e) {
      LOG.error("A command could not be answered: {}", e.getMessage(), e);
      apologise(
          context,
          "I can't write in this channel ("
              + SlackText.escape(String.valueOf(e.getMessage()))
              + ") Invite me with `/invite @Samovar` and ask again.");
    } catch (RuntimeException e) {
      LOG.error("A command broke", e);
      apologise(context, "Something in me broke; the operators find it in my log. Ask again.");
    }
  }

  private static void apologise(SlashCommandContext context, String words) {
    try {
      context.respond(r -> r.responseType("ephemeral").text(words));
    } catch (IOException | RuntimeException e) {
      LOG.error("Nor could that be said", e);
    }
  }

  /** Whether an event has not been delivered before. */
  boolean isNew(String eventId) {
    return seen.first("event " + eventId);
  }
}
