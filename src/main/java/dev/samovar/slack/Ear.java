package dev.samovar.slack;

import dev.samovar.conversation.Asked;
import dev.samovar.conversation.AutoReply;
import dev.samovar.conversation.Conversation;
import dev.samovar.conversation.Reply;
import dev.samovar.conversation.Topic;
import dev.samovar.evidence.Model;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.work.Claims;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether what was said is answered, and where; the words decide how. */
final class Ear {
  private static final Logger LOG = LoggerFactory.getLogger(Ear.class);
  private static final Pattern MENTION = Pattern.compile("<@[A-Z0-9]+(\\|[^>]*)?>");

  private final Permissions permissions;
  private final Gateway gateway;
  private final Desk desk;
  private final Orders orders;
  private final Incidents incidents;
  private final Manners manners;
  private final List<String> allowedBots;
  private final Claims claims;
  private final Clock clock;

  Ear(
      Permissions permissions,
      Gateway gateway,
      Desk desk,
      Orders orders,
      Incidents incidents,
      Manners manners,
      List<String> allowedBots,
      Claims claims,
      Clock clock) {
    this.permissions = permissions;
    this.gateway = gateway;
    this.desk = desk;
    this.orders = orders;
    this.incidents = incidents;
    this.manners = manners;
    this.allowedBots = List.copyOf(allowedBots);
    this.claims = claims;
    this.clock = clock;
  }

  /**
   * @throws SlackException where Slack can't be reached, so that it is tried again
   */
  void hear(Said said) throws SlackException {
    try {
      if (said.bot() != null && !allowedBots.contains(said.bot())) {
        return;
      }
      Optional<Incident> incident =
          said.threadTs() == null
              ? Optional.empty()
              : incidents.inThread(said.channel(), said.threadTs());
      if (incident.isPresent()) {
        touch(incident.get());
        followUp(said, incident.get());
      } else if (said.isAddressed()) {
        answer(said, conversation(said).addressed(words(said), asked(said)));
      } else if (said.threadTs() == null) {
        overhear(said);
      }
    } catch (SlackException e) {
      if (!e.isRefusal()) {
        throw e;
      }
      LOG.error("An answer could not be posted: {}", e.getMessage(), e);
    }
  }

  private Asked asked(Said said) {
    return new Asked(
        clock.instant(),
        gateway.zone(said.user()),
        manners
            .model(said.channel(), gateway.channelName(said.channel()))
            .filter(model -> permissions.maySee(model.name(), said.channel(), user(said))));
  }

  private Conversation conversation(Said said) {
    return permissions.conversation(said.channel(), user(said));
  }

  private static String words(Said said) {
    return MENTION.matcher(said.text()).replaceAll(" ").strip();
  }

  private static String user(Said said) {
    return said.user() == null ? "" : said.user();
  }

  /** Who speaks in the thread has not forgotten it. Most messages need no writing. */
  private void touch(Incident incident) {
    Instant now = clock.instant();
    if (!incident.touch(now).equals(incident)) {
      incidents.change(incident.id(), one -> one.touch(now));
    }
  }

  private void followUp(Said said, Incident incident) throws SlackException {
    Optional<Model> model =
        conversation(said).models().stream()
            .filter(one -> one.name().equals(incident.opening().model()))
            .findFirst();
    if (model.isEmpty()) {
      return;
    }
    Reply reply =
        conversation(said)
            .followUp(
                words(said),
                new Topic(
                    model.get(),
                    incident.opening().from(),
                    incident.opening().symptoms(),
                    incident.report()),
                said.isAddressed(),
                asked(said));
    if (reply instanceof Reply.Again && isOurs(said)) {
      permissions.asked(user(said), said.channel(), "message", words(said));
      gateway.react(said.channel(), said.ts(), "eyes");
      desk.again(incident.id(), said.key());
    } else {
      answer(said, reply);
    }
  }

  /** A mention arrives as a mention and as a message: whichever comes first is answered. */
  private boolean isOurs(Said said) {
    return claims.claim("answer " + said.channel() + " " + said.ts(), said.key());
  }

  private void answer(Said said, Reply reply) throws SlackException {
    if (reply instanceof Reply.Silence || !isOurs(said)) {
      return;
    }
    permissions.asked(user(said), said.channel(), "message", words(said));
    Origin origin =
        Origin.asked(said.key(), said.channel(), Optional.of(said.thread()), user(said))
            .at(said.moment());
    gateway.react(said.channel(), said.ts(), "eyes");
    if (reply instanceof Reply.Order order) {
      // What takes a while is acknowledged at once, and becomes the answer.
      Origin answered =
          order instanceof Reply.Doctor
              ? origin.becoming(
                  gateway.postOnce(
                      origin.key() + " answer",
                      origin.channel(),
                      origin.thread().orElse(null),
                      DiagnosisMessage.looking()))
              : origin;
      desk.say(answered, orders.carryOut(order, said.channel(), user(said)));
    } else {
      desk.answer(origin, reply);
    }
  }

  private void overhear(Said said) throws SlackException {
    String name = gateway.channelName(said.channel());
    AutoReply autoReply = manners.autoReply(said.channel(), name);
    Instant now = clock.instant();
    if (autoReply == AutoReply.OFF || manners.mutedUntil(said.channel(), now).isPresent()) {
      return;
    }
    Reply reply = conversation(said).overheard(said.text(), asked(said));
    if (reply instanceof Reply.Silence || !isOurs(said)) {
      return;
    }
    permissions.asked(user(said), said.channel(), "report", words(said));
    String because = Orders.because(reply);
    if (autoReply == AutoReply.ASK) {
      if (said.user() != null) {
        gateway.whisper(
            said.channel(), said.user(), null, Offer.of(reply, because, said.channel(), said.ts()));
      }
      return;
    }
    if (reply instanceof Reply.Investigate investigate) {
      String model = investigate.request().model().name();
      Optional<Manners.Spoken> recent =
          manners
              .recentOr(said.channel(), name, model, new Manners.Spoken(now, said.ts()))
              .filter(spoken -> !spoken.thread().equals(said.ts()));
      if (recent.isPresent()) {
        refer(said, model, recent.get());
        return;
      }
    }
    gateway.react(said.channel(), said.ts(), "eyes");
    desk.answer(
        Origin.overheard(said.key(), said.channel(), said.ts(), user(said), because)
            .at(said.moment()),
        reply);
  }

  /** No second answer about the same thing: only the writer is shown the first. */
  private void refer(Said said, String model, Manners.Spoken recent) throws SlackException {
    if (said.user() == null) {
      return;
    }
    String where =
        gateway
            .link(said.channel(), recent.thread())
            .map(link -> SlackText.link(link, "this thread"))
            .orElse("a thread of this channel");
    gateway.whisper(
        said.channel(),
        said.user(),
        null,
        OutgoingMessage.words(
            "I looked at "
                + SlackText.escape(model)
                + " "
                + SlackText.time(recent.at())
                + " in "
                + where
                + "; *Run again* there looks anew."));
  }
}
