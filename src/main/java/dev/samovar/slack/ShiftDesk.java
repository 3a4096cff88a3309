package dev.samovar.slack;

import com.slack.api.model.view.ViewState;
import dev.samovar.evidence.Nearest;
import dev.samovar.handoff.Changeover;
import dev.samovar.handoff.Duty;
import dev.samovar.handoff.Handoff;
import dev.samovar.handoff.Handover;
import dev.samovar.handoff.Keeper;
import dev.samovar.handoff.Shifts;
import dev.samovar.incidents.Place;
import dev.samovar.rota.Person;
import dev.samovar.rota.Turn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands shifts over in Slack: at their end by itself, before it when asked. */
final class ShiftDesk implements Keeper.Face {
  private static final Logger LOG = LoggerFactory.getLogger(ShiftDesk.class);
  private static final Duration USUAL = Duration.ofHours(8);

  private final Gateway gateway;
  private final Permissions permissions;
  private final Optional<Shifts> shifts;
  private final OnCallWords onCall;
  private final Clock clock;

  ShiftDesk(
      Gateway gateway,
      Permissions permissions,
      Optional<Shifts> shifts,
      OnCallWords onCall,
      Clock clock) {
    this.gateway = gateway;
    this.permissions = permissions;
    this.shifts = shifts;
    this.onCall = onCall;
    this.clock = clock;
  }

  private HandoffMessage message(Duty duty) {
    return new HandoffMessage(this::link, person -> onCall.who(person, duty.mayMention()));
  }

  /** Of a team that hands over no longer nobody is called. */
  private HandoffMessage message(String team) {
    boolean mayMention =
        shifts.stream()
            .flatMap(all -> all.duties().stream())
            .anyMatch(duty -> duty.team().equals(team) && duty.mayMention());
    return new HandoffMessage(this::link, person -> onCall.who(person, mayMention));
  }

  private Optional<String> link(Place place) {
    return gateway.link(place.channel(), place.answer());
  }

  /** Does what is due; harmless when done often, or by several replicas. */
  void tick() {
    if (shifts.isEmpty()) {
      return;
    }
    Keeper keeper = new Keeper(shifts.get().handovers());
    for (Duty duty : shifts.get().duties()) {
      try {
        keeper.lookAfter(duty, clock.instant(), this);
      } catch (RuntimeException e) {
        LOG.error("The shifts of {} could not be looked after", duty.team(), e);
      }
    }
  }

  @Override
  public Keeper.Sent send(Duty duty, Changeover changeover, Handover handover) {
    try {
      Handoff handoff =
          shifts
              .orElseThrow()
              .handoffs()
              .compose(open(duty, duty.channel(), ""), changeover, List.of());
      Gateway.Posted posted =
          gateway.publishOnce(
              "handoff " + handover.id(),
              duty.channel(),
              message(duty).of(handover, handoff, clock.instant()));
      LOG.info("Handed over the shift of {} that ends {}", duty.team(), changeover.end());
      details(duty, posted, handover, handoff);
      return new Keeper.Sent.There(handoff, new Handover.Message(posted.channel(), posted.ts()));
    } catch (SlackException e) {
      LOG.error("A handoff could not be posted: {}", e.getMessage(), e);
      return new Keeper.Sent.Failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("A handoff could not be composed", e);
      return new Keeper.Sent.Failed("something broke");
    }
  }

  /** A handoff without its details is there all the same: it is not sent again for them. */
  private void details(Duty duty, Gateway.Posted posted, Handover handover, Handoff handoff) {
    try {
      int number = 0;
      for (OutgoingMessage part : message(duty).details(handover, handoff)) {
        number++;
        gateway.postOnce(
            "handoff " + handover.id() + " " + number, posted.channel(), posted.ts(), part);
      }
    } catch (SlackException e) {
      LOG.error("The details of a handoff could not be posted: {}", e.getMessage(), e);
    }
  }

  @Override
  public boolean invite(Duty duty, Handover handover, Person outgoing) {
    return direct("invitation", handover, outgoing, HandoffMessage.invitation(handover));
  }

  @Override
  public boolean askAgain(Duty duty, Handover handover) {
    Person incoming = handover.incoming().orElseThrow();
    Handoff handoff = handover.handoff().orElseThrow();
    return direct(
        "reminder", handover, incoming, HandoffMessage.reminder(handover, handoff, link(handover)));
  }

  /** Who has no id of Slack can't be written to; the team hears of it later. */
  private boolean direct(String kind, Handover handover, Person person, OutgoingMessage said) {
    return !HandoffMessage.isKnown(person) || tell(kind, handover, person.id(), said);
  }

  @Override
  public boolean escalate(Duty duty, Handover handover) {
    return tell(
        "escalation", handover, duty.channel(), message(duty).escalation(handover, link(handover)));
  }

  private boolean tell(String kind, Handover handover, String where, OutgoingMessage said) {
    try {
      gateway.publishOnce("handoff " + handover.id() + " " + kind, where, said);
      return true;
    } catch (SlackException e) {
      LOG.error(
          "The {} of the handoff {} did not arrive: {}", kind, handover.id(), e.getMessage(), e);
      return false;
    }
  }

  private Optional<String> link(Handover handover) {
    return handover.message().flatMap(where -> gateway.link(where.channel(), where.ts()));
  }

  /**
   * What the running shift hands over, for who asks.
   *
   * @param team empty where none was named
   * @return the message, then its details
   */
  List<OutgoingMessage> preview(String team, String channel, String user) {
    if (shifts.isEmpty()) {
      return List.of(OutgoingMessage.words("No handoffs are configured (`handoffs:`)."));
    }
    Optional<Duty> duty = duty(team, channel);
    if (duty.isEmpty()) {
      return List.of(OutgoingMessage.words(which(team)));
    }
    Instant now = clock.instant();
    Optional<Changeover> running = duty.get().running(now);
    Optional<Turn> turn = duty.get().rota().at(now);
    Changeover changeover =
        running.orElseGet(() -> Duty.between(now.minus(USUAL), now, ZoneOffset.UTC));
    Handover begun =
        Handover.begin(
            duty.get().team(),
            turn.map(Turn::from).orElse(changeover.from()),
            changeover.end(),
            now);
    boolean isKept = running.isPresent() && shifts.get().duties().contains(duty.get());
    if (isKept) {
      shifts.get().handovers().begin(begun);
    }
    Handover handover = shifts.get().handovers().find(begun.id()).orElse(begun);
    Handoff handoff =
        shifts.get().handoffs().compose(open(duty.get(), channel, user), changeover, List.of());
    List<OutgoingMessage> all = new ArrayList<>();
    all.add(
        isKept
            ? message(duty.get()).preview(handover, handoff)
            : message(duty.get()).summary(handover, handoff));
    all.addAll(message(duty.get()).details(handover, handoff));
    return all;
  }

  /** With the models that may be talked about there. */
  private Duty open(Duty duty, String channel, String user) {
    return new Duty(
        duty.team(),
        duty.channel(),
        duty.rota(),
        duty.models().stream()
            .filter(model -> permissions.maySee(model.name(), channel, user))
            .toList());
  }

  /** The one named; else the only one, else that of this channel. */
  private Optional<Duty> duty(String team, String channel) {
    List<Duty> duties = shifts.orElseThrow().duties();
    if (!team.isEmpty()) {
      return duties.stream().filter(duty -> duty.team().equalsIgnoreCase(team)).findFirst();
    }
    if (duties.isEmpty()) {
      return Optional.of(shifts.orElseThrow().everything());
    }
    return duties.size() == 1
        ? Optional.of(duties.get(0))
        : duties.stream()
            .filter(
                duty ->
                    duty.channel().equals(channel)
                        || duty.channel().equals("#" + gateway.channelName(channel)))
            .findFirst();
  }

  private String which(String team) {
    List<String> teams = shifts.orElseThrow().duties().stream().map(Duty::team).toList();
    String known =
        teams.isEmpty()
            ? "No team is configured (`handoffs:`)."
            : "Say which: "
                + String.join(
                    ", ",
                    teams.stream().map(one -> "`/handoff " + SlackText.escape(one) + "`").toList());
    return team.isEmpty()
        ? known
        : "No team is called “"
            + SlackText.escape(team)
            + "”. "
            + Nearest.of(team, teams)
                .map(near -> "Did you mean " + SlackText.escape(near) + "? ")
                .orElse("")
            + known;
  }

  void press(Press press) throws SlackException {
    if (shifts.isEmpty()) {
      return;
    }
    Optional<Handover> found = shifts.get().handovers().find(press.value());
    if (found.isEmpty()) {
      whisper(press, "I no longer know this handoff.");
      return;
    }
    switch (press.act()) {
      case TAKE -> take(press, found.get());
      case NOTES -> gateway.open(press.trigger(), NotesView.of(found.get(), press.user()));
      case HAND_ON -> handOver(press, found.get());
      default -> LOG.warn("Nothing is done on {}", press.act());
    }
  }

  private void take(Press press, Handover handover) throws SlackException {
    Optional<String> outgoing =
        handover.handoff().flatMap(told -> told.changeover().outgoing()).map(Person::id);
    Optional<String> incoming = handover.incoming().map(Person::id);
    boolean isOwn = outgoing.filter(press.user()::equals).isPresent() && !outgoing.equals(incoming);
    if (isOwn) {
      whisper(
          press,
          "You hand it over; "
              + incoming.map(SlackText::mention).orElse("somebody else")
              + " takes it.");
      return;
    }
    Instant now = clock.instant();
    Optional<Handover> taken =
        shifts
            .orElseThrow()
            .handovers()
            .change(handover.id(), one -> one.acknowledged(press.user(), now));
    refresh(handover.id());
    Optional<String> by = taken.flatMap(Handover::acknowledgedBy);
    String said =
        by.filter(press.user()::equals).isPresent()
            ? ":white_check_mark: You took it."
            : by.map(user -> SlackText.mention(user) + " took it already.")
                .orElse("It was not sent.");
    boolean isElsewhere =
        handover
            .message()
            .filter(m -> press.message().filter(m.ts()::equals).isPresent())
            .isEmpty();
    if (isElsewhere && press.message().isPresent()) {
      // A reminder has done its work: it says what became of it, and has no button any more.
      gateway.update(press.channel(), press.message().get(), OutgoingMessage.words(said));
    } else if (by.filter(press.user()::equals).isEmpty()) {
      whisper(press, said);
    }
  }

  private void refresh(String id) throws SlackException {
    Optional<Handover> handover = shifts.orElseThrow().handovers().find(id);
    if (handover.isPresent()
        && handover.get().message().isPresent()
        && handover.get().handoff().isPresent()) {
      Handover.Message where = handover.get().message().get();
      gateway.update(
          where.channel(),
          where.ts(),
          message(handover.get().team())
              .of(
                  handover.get(),
                  handover.get().handoff().get(),
                  handover.get().sentAt().orElse(handover.get().end())));
    }
  }

  private void handOver(Press press, Handover handover) throws SlackException {
    Optional<Duty> duty =
        shifts.orElseThrow().duties().stream()
            .filter(one -> one.team().equals(handover.team()))
            .findFirst();
    Instant now = clock.instant();
    boolean isCurrent = now.isBefore(handover.end());
    boolean isSent =
        duty.isPresent()
            && isCurrent
            && new Keeper(shifts.orElseThrow().handovers()).sendNow(duty.get(), now, this);
    gateway.withdraw(press.responseUrl());
    if (!isSent) {
      whisper(press, "The handoff of that shift was sent already, or could not be sent.");
    }
  }

  /** Notes were written. */
  void submitted(String id, ViewState state, String user) {
    String text = NotesView.read(state);
    Instant now = clock.instant();
    try {
      Optional<Handover> noted =
          shifts.flatMap(all -> all.handovers().change(id, one -> one.noted(user, text, now)));
      if (noted.isEmpty()) {
        LOG.warn("Notes belong to no known handoff");
        return;
      }
      refresh(id);
    } catch (SlackException e) {
      LOG.error("Notes are kept, but could not be shown: {}", e.getMessage(), e);
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
}
