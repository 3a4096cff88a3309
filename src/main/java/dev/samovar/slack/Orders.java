package dev.samovar.slack;

import dev.samovar.conversation.Asked;
import dev.samovar.conversation.AutoReply;
import dev.samovar.conversation.Reply;
import dev.samovar.doctor.Practice;
import dev.samovar.evidence.Model;
import dev.samovar.incidents.Incidents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Carries out what concerns channels and kept incidents, and says in words what it did. */
final class Orders {
  private static final Pattern LINK =
      Pattern.compile(
          "/archives/([A-Z0-9]{2,20})/p(\\d{10})(\\d{6})(?:\\?[^\\s>]*?thread_ts=(\\d{10}\\.\\d{6}))?");

  private final Gateway gateway;
  private final Optional<Practice> practice;
  private final Permissions permissions;
  private final Incidents incidents;
  private final Listing listing;
  private final Manners manners;
  private final ShiftDesk shiftDesk;
  private final Clock clock;

  Orders(
      Gateway gateway,
      Optional<Practice> practice,
      Permissions permissions,
      Incidents incidents,
      Listing listing,
      Manners manners,
      ShiftDesk shiftDesk,
      Clock clock) {
    this.gateway = gateway;
    this.practice = practice;
    this.permissions = permissions;
    this.incidents = incidents;
    this.listing = listing;
    this.manners = manners;
    this.shiftDesk = shiftDesk;
    this.clock = clock;
  }

  /**
   * @param user who gave it; empty for another bot
   */
  OutgoingMessage carryOut(Reply.Order order, String channel, String user) throws SlackException {
    boolean isChange = order instanceof Reply.Mute || order instanceof Reply.Manners;
    if (isChange && !permissions.isAdmin(user)) {
      permissions.refused(user, channel, "order", order.toString());
      return OutgoingMessage.words(permissions.onlyAdmins());
    }
    if (order instanceof Reply.Status) {
      return listing.open(channel, user);
    }
    if (order instanceof Reply.History history) {
      return listing.ofModel(history.model().name(), channel, user);
    }
    if (order instanceof Reply.Checks checks) {
      return listing.checks(checks.questions());
    }
    if (order instanceof Reply.Mute mute) {
      return OutgoingMessage.words(mute(channel, mute.duration()));
    }
    if (order instanceof Reply.Manners set) {
      manners.choose(channel, set.autoReply());
      return OutgoingMessage.words(
          "*In this channel from now on:* " + HomeView.meaning(set.autoReply()));
    }
    if (order instanceof Reply.Why why) {
      return OutgoingMessage.words(why(channel, user, why.link()));
    }
    if (order instanceof Reply.Handoff handoff) {
      return shiftDesk.preview(handoff.team(), channel, user).get(0);
    }
    if (order instanceof Reply.Doctor doctor) {
      return diagnosis(doctor.model().map(Model::name), channel, user);
    }
    return OutgoingMessage.words(
        "There is nothing to look at again here; `/triage MODEL` looks at a model.");
  }

  private OutgoingMessage diagnosis(Optional<String> model, String channel, String user) {
    return practice
        .map(one -> one.diagnose(model, what -> {}))
        .map(found -> found.of(name -> permissions.maySee(name, channel, user)))
        .map(DiagnosisMessage::of)
        .orElseGet(() -> OutgoingMessage.words("No doctor is here; `samovar doctor` calls one."));
  }

  private String mute(String channel, Duration duration) {
    Instant until = clock.instant().plus(duration);
    manners.mute(channel, until);
    // Alerts know channels as they are configured, which may be by name.
    manners.mute(gateway.channelName(channel), until);
    return duration.isZero()
        ? "*I am not muted here.* " + HomeView.meaning(autoReply(channel))
        : "*I stay silent here until "
            + SlackText.time(until)
            + "* unless asked; `/triage unmute` ends it.";
  }

  private AutoReply autoReply(String channel) {
    return manners.autoReply(channel, gateway.channelName(channel));
  }

  private String why(String here, String user, String link) throws SlackException {
    Matcher matcher = LINK.matcher(link);
    if (!matcher.find()) {
      return "That is no link to a message. In a message's menu, “Copy link” gives one.";
    }
    String channel = matcher.group(1);
    if (!channel.equals(here) && gateway.isPrivate(channel)) {
      return "That message is in a private channel; ask me there.";
    }
    String ts = matcher.group(2) + "." + matcher.group(3);
    Optional<Gateway.Read> message = gateway.message(channel, ts, matcher.group(4));
    if (message.isEmpty()) {
      return "I can't find that message; it may be deleted, or I am not in its channel.";
    }
    String name = gateway.channelName(channel);
    Reply reply =
        permissions
            .conversation(here, user)
            .overheard(
                message.get().text(),
                new Asked(
                    clock.instant(),
                    gateway.zone(message.get().user()),
                    manners
                        .model(channel, name)
                        .filter(model -> permissions.maySee(model.name(), here, user))));
    String reading =
        reply instanceof Reply.Silence silence
            ? "It is no report to me: " + SlackText.escape(silence.because())
            : "It is a report to me: " + SlackText.escape(because(reply));
    boolean isAnswered = incidents.inThread(channel, ts).isPresent();
    return "*"
        + (isAnswered ? "I answered it." : "I did not answer it, as far as I remember.")
        + "*\n• "
        + reading
        + "\n• In that channel: "
        + HomeView.meaning(manners.autoReply(channel, name))
        + manners
            .mutedUntil(channel, clock.instant())
            .map(until -> " I am muted there until " + SlackText.time(until) + ".")
            .orElse("");
  }

  static String because(Reply reply) {
    if (reply instanceof Reply.Investigate investigate) {
      return investigate.because();
    }
    return reply instanceof Reply.Which which
        ? which.because() + ", but it names no model"
        : "it needs a word from you";
  }
}
