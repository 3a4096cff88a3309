package dev.samovar.slack;

import dev.samovar.checks.CheckId;
import dev.samovar.conversation.Asked;
import dev.samovar.conversation.AutoReply;
import dev.samovar.conversation.Reply;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.incidents.StakeholderUpdate;
import dev.samovar.incidents.State;
import dev.samovar.incidents.Timeline;
import dev.samovar.runbooks.Runbooks;
import dev.samovar.work.Claims;
import dev.samovar.work.Keepers;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what a button says. Each is harmless when pressed twice. */
final class Presses {
  private static final Logger LOG = LoggerFactory.getLogger(Presses.class);
  private static final int CHUNK = 2800;
  private static final int CHUNKS = 4;

  private final Gateway gateway;
  private final Desk desk;
  private final Watcher watcher;
  private final Home home;
  private final Incidents incidents;
  private final Permissions permissions;
  private final Manners manners;
  private final Runbooks runbooks;
  private final SeenBefore seenBefore;
  private final Endings endings;
  private final ShiftDesk shiftDesk;
  private final Claims claims;
  private final BooleanSupplier forgetful;
  private final Clock clock;

  Presses(
      Gateway gateway,
      Desk desk,
      Watcher watcher,
      Home home,
      Incidents incidents,
      Permissions permissions,
      Manners manners,
      Runbooks runbooks,
      SeenBefore seenBefore,
      ShiftDesk shiftDesk,
      Keepers keepers,
      Clock clock) {
    this.gateway = gateway;
    this.desk = desk;
    this.watcher = watcher;
    this.home = home;
    this.incidents = incidents;
    this.permissions = permissions;
    this.manners = manners;
    this.runbooks = runbooks;
    this.seenBefore = seenBefore;
    this.shiftDesk = shiftDesk;
    this.claims = keepers.claims();
    this.forgetful = keepers.forgetful();
    this.clock = clock;
    this.endings = new Endings(gateway, desk, incidents, clock);
  }

  /**
   * @throws SlackException where Slack can't be reached, so that it is tried again
   */
  void press(Press press) throws SlackException {
    try {
      record(press);
      switch (press.act()) {
        case CHOOSE -> choose(press);
        case LOOK -> look(press);
        case DISMISS -> gateway.withdraw(press.responseUrl());
        case MANNERS -> settle(press);
        case TAKE, NOTES, HAND_ON -> shiftDesk.press(press);
        case LINK -> LOG.debug("A link was opened");
        default -> incident(press);
      }
    } catch (SlackException e) {
      if (!e.isRefusal()) {
        throw e;
      }
      LOG.error("A button could not be obeyed: {}", e.getMessage(), e);
      complain(press, "That did not work: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("A button broke", e);
      complain(press, "Something in me broke; the operators find it in my log. Press again.");
    }
  }

  private void record(Press press) {
    boolean isChange = press.act() == Act.MANNERS && !press.detail().equals("channel");
    String about = press.act() == Act.LOOK ? "" : press.value();
    if (isChange && !permissions.isAdmin(press.user())) {
      permissions.refused(press.user(), press.channel(), press.act().id(), press.detail());
    } else {
      permissions.asked(press.user(), press.channel(), press.act().id(), about);
    }
  }

  private void complain(Press press, String words) {
    try {
      whisper(press, SlackText.escape(words));
    } catch (SlackException e) {
      LOG.error("Nor could that be said: {}", e.getMessage());
    }
  }

  private void whisper(Press press, String mrkdwn) throws SlackException {
    if (!press.channel().isEmpty()) {
      gateway.whisper(
          press.channel(),
          press.user(),
          press.thread().orElse(null),
          OutgoingMessage.words(mrkdwn));
    }
  }

  private void incident(Press press) throws SlackException {
    String id = press.act() == Act.PAGE ? press.viewMetadata() : press.value();
    Optional<Incident> found = incidents.find(id);
    if (found.isEmpty()) {
      whisper(
          press,
          forgetful.getAsBoolean()
              ? "My store does not answer just now, so I can't remember this incident; nothing was"
                  + " changed. Try again in a minute, or `/triage MODEL` looks anew."
              : "I no longer know this incident; it was kept long enough. `/triage MODEL` looks"
                  + " again.");
      return;
    }
    Incident incident = found.get();
    Instant now = clock.instant();
    switch (press.act()) {
      case OWN -> change(id, press, one -> one.ownedBy(press.user(), now));
      case HAND_OVER -> handOver(press, incident);
      case WAS_IT, NOT_IT -> endings.judge(press, id);
      case AGAIN -> {
        if (!desk.again(id, press.key())) {
          whisper(press, "I am looking already.");
        }
      }
      case WATCH -> watcher.toggle(id, press.key(), press.user());
      case DETAILS -> details(press, incident, Optional.empty());
      case PAGE -> details(press, incident, CheckId.of(press.value()));
      case RUNBOOK -> runbook(press, incident);
      case STEP -> step(press, incident);
      case UPDATE ->
          gateway.open(
              press.trigger(),
              UpdateView.of(
                  incident,
                  StakeholderUpdate.draft(
                      incident,
                      incident.opening().model(),
                      now.plus(StakeholderUpdate.NEXT),
                      gateway.zone(press.user()))));
      case TIMELINE -> timeline(press, incident);
      case CLOSE -> {
        if (incident.state() == State.RESOLVED) {
          change(id, press, one -> one.reopened(press.user(), now));
        } else {
          endings.resolve(press, id, "says it is resolved");
        }
      }
      case UNPUBLISH -> change(id, press, one -> one.unpublished(press.user(), now));
      case PUBLISH -> change(id, press, one -> one.published(press.user(), now));
      case OVER -> endings.over(press, id);
      case STILL_OPEN -> endings.stillOpen(press, id);
      default -> LOG.warn("Nothing is done on {}", press.act());
    }
  }

  private void change(String id, Press press, UnaryOperator<Incident> change)
      throws SlackException {
    incidents.change(id, one -> one.once(press.key(), change));
    desk.refresh(id);
  }

  private void handOver(Press press, Incident incident) throws SlackException {
    if (incident.owner().isEmpty() || incident.state() == State.RESOLVED) {
      whisper(press, "Nobody is on it; *I'm on it* takes it.");
    } else if (incident.owner().get().equals(press.user())) {
      gateway.open(press.trigger(), HandOverView.of(incident));
    } else {
      whisper(
          press,
          "Only "
              + SlackText.mention(incident.owner().get())
              + " can hand it over; *Take over* makes it yours.");
    }
  }

  private void details(Press press, Incident incident, Optional<CheckId> check)
      throws SlackException {
    if (incident.report().isEmpty()) {
      whisper(press, "I am still looking; the details are there when the answer is.");
      return;
    }
    CheckId shown = check.orElseGet(() -> DetailsView.first(incident.report().get()));
    var view =
        DetailsView.of(
            incident, incident.report().get(), shown, runbooks, seenBefore.lines(incident));
    if (press.view().isPresent()) {
      gateway.change(press.view().get(), view);
    } else {
      gateway.open(press.trigger(), view);
    }
  }

  private void runbook(Press press, Incident incident) throws SlackException {
    Optional<CheckId> check = CheckId.of(press.detail());
    if (check.isEmpty()) {
      return;
    }
    if (!claims.claim("runbook " + incident.id() + " " + check.get(), press.key())) {
      whisper(press, "The checklist of " + check.get().id() + " is in the thread already.");
      return;
    }
    String ts =
        gateway.postOnce(
            press.key() + " checklist",
            incident.place().channel(),
            incident.place().thread(),
            Checklist.of(incident, check.get(), runbooks));
    Instant now = clock.instant();
    change(incident.id(), press, one -> one.checklisted(check.get(), ts, press.user(), now));
  }

  private void step(Press press, Incident incident) throws SlackException {
    Optional<Checklist.Step> step = Checklist.step(press.detail());
    if (step.isEmpty()) {
      return;
    }
    CheckId check = step.get().check();
    List<Runbooks.Step> steps = runbooks.steps(check);
    if (step.get().index() >= steps.size()) {
      return;
    }
    String name = steps.get(step.get().index()).text();
    Instant now = clock.instant();
    Optional<Incident> changed =
        incidents.change(
            incident.id(),
            one ->
                one.once(
                    press.key(),
                    same -> same.ticked(check, step.get().index(), name, press.user(), now)));
    Optional<String> message =
        changed.flatMap(one -> one.checklist(check)).map(Incident.Checklist::message);
    if (changed.isPresent() && message.isPresent()) {
      gateway.update(
          incident.place().channel(), message.get(), Checklist.of(changed.get(), check, runbooks));
    }
  }

  private void timeline(Press press, Incident incident) throws SlackException {
    String markdown = Timeline.markdown(incident, user -> gateway.person(user).name());
    List<String> chunks = new ArrayList<>();
    StringBuilder chunk = new StringBuilder();
    for (String line : markdown.split("\n", -1)) {
      String escaped = SlackText.cut(SlackText.escape(line), CHUNK);
      if (chunk.length() + escaped.length() + 1 > CHUNK) {
        chunks.add(chunk.toString());
        chunk.setLength(0);
      }
      chunk.append(escaped).append("\n");
    }
    chunks.add(chunk.toString());
    List<String> shown = chunks.subList(0, Math.min(CHUNKS, chunks.size()));
    String text = "Timeline of " + SlackText.escape(incident.opening().model()) + ", in Markdown";
    List<com.slack.api.model.block.LayoutBlock> blocks = new ArrayList<>();
    blocks.add(Layout.section("*" + text + "*"));
    shown.forEach(part -> blocks.add(Layout.section("```" + part + "```")));
    if (chunks.size() > shown.size()) {
      blocks.add(Layout.context("The rest is too long for a message."));
    }
    gateway.postOnce(
        press.key() + " timeline",
        incident.place().channel(),
        incident.place().thread(),
        new OutgoingMessage(text, blocks, text + "\n```" + shown.get(0) + "```"));
  }

  private void choose(Press press) throws SlackException {
    Optional<Menu.Question> question = Menu.read(press.blockId());
    String message = press.message().orElse("");
    if (question.isEmpty()
        || !claims.claim("choice " + press.channel() + " " + message, press.key())) {
      return;
    }
    Reply reply =
        permissions
            .conversation(press.channel(), press.user())
            .chosen(
                press.value(),
                question.get().from(),
                question.get().symptoms(),
                Asked.at(clock.instant(), gateway.zone(press.user())));
    Origin origin =
        Origin.asked(press.key(), press.channel(), question.get().thread(), press.user());
    if (press.isEphemeral()) {
      gateway.withdraw(press.responseUrl());
      desk.answer(origin, reply);
    } else {
      desk.answer(origin.becoming(message), reply);
    }
  }

  private void look(Press press) throws SlackException {
    gateway.withdraw(press.responseUrl());
    Optional<Offer.Subject> subject = Offer.read(press.value());
    if (subject.isEmpty() || !claims.claim("offer " + press.value(), press.key())) {
      return;
    }
    String channel = subject.get().channel();
    Optional<Gateway.Read> message = gateway.message(channel, subject.get().ts(), null);
    if (message.isEmpty()) {
      whisper(press, "That message is gone.");
      return;
    }
    desk.answer(
        Origin.asked(press.key(), channel, Optional.of(subject.get().ts()), press.user()),
        permissions
            .conversation(channel, press.user())
            .overheard(
                message.get().text(),
                new Asked(
                    clock.instant(),
                    gateway.zone(press.user()),
                    manners
                        .model(channel, gateway.channelName(channel))
                        .filter(
                            model -> permissions.maySee(model.name(), channel, press.user())))));
  }

  private void settle(Press press) throws SlackException {
    if (press.detail().equals("channel")) {
      home.show(press.user(), Optional.of(press.value()));
    } else {
      if (permissions.isAdmin(press.user())) {
        AutoReply.of(press.value()).ifPresent(value -> manners.choose(press.detail(), value));
      }
      home.show(press.user(), Optional.empty());
    }
  }
}
