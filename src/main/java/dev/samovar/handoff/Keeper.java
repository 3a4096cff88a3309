package dev.samovar.handoff;

import dev.samovar.handoff.Handover.Step;
import dev.samovar.rota.Person;
import dev.samovar.rota.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sees to it that each shift is handed over exactly once, however often and by however many
 * replicas, one after the other, it is asked to look after things. It keeps a line for each shift
 * from its beginning: so after a stop it knows what was missed, and hands over once for all of it.
 */
public final class Keeper {
  private final Handovers handovers;

  public Keeper(Handovers handovers) {
    this.handovers = handovers;
  }

  /** How a handoff reaches people. */
  public interface Face {
    /** Composes it and puts it where the team reads; says why where that failed. */
    Sent send(Duty duty, Changeover changeover, Handover handover);

    /**
     * Asks who goes what the next one should know.
     *
     * @return false where that failed and may be tried again
     */
    boolean invite(Duty duty, Handover handover, Person outgoing);

    /**
     * Asks who is next, alone, to take it.
     *
     * @return false where that failed and may be tried again
     */
    boolean askAgain(Duty duty, Handover handover);

    /**
     * Tells the team that nobody took it.
     *
     * @return false where that failed and may be tried again
     */
    boolean escalate(Duty duty, Handover handover);
  }

  /** What became of sending. */
  public sealed interface Sent {
    /** It is there. */
    record There(Handoff handoff, Handover.Message message) implements Sent {}

    /** It is not; it is tried again. */
    record Failed(String why) implements Sent {}
  }

  /** Does what is due for a team. */
  public void lookAfter(Duty duty, Instant now, Face face) {
    Optional<Turn> running = duty.rota().at(now);
    // Of the shift that runs a line is kept, so that its end is known to be owed.
    running.ifPresent(
        turn -> handovers.begin(Handover.begin(duty.team(), turn.from(), turn.to(), now)));
    running.ifPresent(turn -> invite(duty, turn, now, face));
    sendOwed(duty, now, face);
    for (Handover one : handovers.waiting(duty.team())) {
      one.due(now).ifPresent(step -> take(step, duty, one, now, face));
    }
  }

  private void invite(Duty duty, Turn turn, Instant now, Face face) {
    Optional<Person> outgoing = duty.rota().onCall(turn.to().minusSeconds(1));
    if (outgoing.isEmpty() || now.isBefore(turn.to().minus(Handover.INVITED_BEFORE))) {
      return;
    }
    String id = Handover.id(duty.team(), turn.to());
    boolean isAsked =
        handovers
            .find(id)
            .filter(one -> one.state() == Handover.State.RUNNING && !one.isInvited())
            .filter(one -> face.invite(duty, one, outgoing.get()))
            .isPresent();
    if (isAsked) {
      handovers.change(id, one -> one.invited(outgoing.get().id(), now));
    }
  }

  private void sendOwed(Duty duty, Instant now, Face face) {
    List<Handover> owed = handovers.unsent(duty.team(), now);
    Optional<Turn> last = duty.rota().ended(now);
    if (owed.isEmpty() || last.isEmpty()) {
      return;
    }
    // After a stop of days the shift that ended last has no line yet.
    Turn turn = last.get();
    handovers.begin(Handover.begin(duty.team(), turn.from(), turn.to(), now));
    String newest = Handover.id(duty.team(), turn.to());
    Instant from = turn.from();
    for (Handover one : owed) {
      if (!one.id().equals(newest)) {
        from = one.from().isBefore(from) ? one.from() : from;
        handovers.change(one.id(), missed -> missed.skipped(now));
      }
    }
    send(duty, duty.ended(turn, from), newest, now, face);
  }

  /**
   * Sends the handover of a shift, unless somebody has or does.
   *
   * @return whether it was sent by this call
   */
  private boolean send(Duty duty, Changeover changeover, String id, Instant now, Face face) {
    boolean[] isMine = {false};
    Optional<Handover> claimed =
        handovers.change(
            id,
            one -> {
              isMine[0] = one.isUnsent(now);
              return one.sending(now);
            });
    if (claimed.isEmpty() || !isMine[0]) {
      return false;
    }
    Sent sent = face.send(duty, changeover, claimed.get());
    handovers.change(
        id,
        one ->
            sent instanceof Sent.There there
                ? one.sent(there.handoff(), there.message(), now)
                : one.unsent(now, ((Sent.Failed) sent).why()));
    return sent instanceof Sent.There;
  }

  /**
   * Hands the running shift over before its end; its end then brings no other.
   *
   * @return whether it was sent by this call
   */
  public boolean sendNow(Duty duty, Instant now, Face face) {
    Optional<Turn> running = duty.rota().at(now);
    Optional<Changeover> changeover = duty.running(now);
    if (running.isEmpty() || changeover.isEmpty()) {
      return false;
    }
    Turn turn = running.get();
    handovers.begin(Handover.begin(duty.team(), turn.from(), turn.to(), now));
    return send(duty, changeover.get(), Handover.id(duty.team(), turn.to()), now, face);
  }

  /** Done first and noted after: a step that failed, or a process that stops, leaves it due. */
  private void take(Step step, Duty duty, Handover one, Instant now, Face face) {
    boolean isDone = step == Step.ASK_AGAIN ? face.askAgain(duty, one) : face.escalate(duty, one);
    if (isDone) {
      handovers.change(one.id(), waiting -> waiting.stepped(step, now));
    }
  }
}
