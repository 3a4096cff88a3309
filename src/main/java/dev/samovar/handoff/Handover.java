package dev.samovar.handoff;

import dev.samovar.incidents.Entry;
import dev.samovar.rota.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The handing over of one shift, from its beginning until somebody has taken it. Immutable: each
 * change gives another, and doing a thing twice gives the same.
 *
 * @param from when the shift began
 * @param end when it ends
 * @param since when it came into this state
 * @param handoff what was handed over; empty until it was
 * @param message where; empty until it was
 * @param acknowledgedBy who took it
 * @param record everything that was done, oldest first
 */
public record Handover(
    String id,
    String team,
    Instant from,
    Instant end,
    State state,
    Instant since,
    Optional<Handoff> handoff,
    Optional<Message> message,
    Optional<String> acknowledgedBy,
    List<Note> notes,
    List<Entry> record) {

  /** How far it is. */
  public enum State {
    /** The shift runs, or its end was missed. */
    RUNNING,
    /** It is being composed and sent. */
    SENDING,
    SENT,
    /** The one who is next was asked once more, alone. */
    ASKED_AGAIN,
    /** The team was told that nobody took it. */
    ESCALATED,
    ACKNOWLEDGED,
    /** Its end was missed, and a later handoff tells of it. */
    SKIPPED;

    /** {@code asked-again}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** A message of the face. */
  public record Message(String channel, String ts) {}

  /** What is to be done about one that was sent and not taken. */
  public enum Step {
    ASK_AGAIN,
    ESCALATE
  }

  public static final Duration UNTIL_ASKED_AGAIN = Duration.ofMinutes(15);
  public static final Duration UNTIL_ESCALATED = Duration.ofMinutes(30);

  /** What can't be told by then, for Slack refuses it, is not told. */
  public static final Duration UNTIL_GIVEN_UP = Duration.ofHours(4);

  /** So long before the end of a shift people know what they leave undone. */
  public static final Duration INVITED_BEFORE = Duration.ofMinutes(15);

  private static final Duration WAITED_FOR = Duration.ofDays(1);

  private static final String SENDING = "is being sent";
  private static final String FAILED = "could not be sent: ";
  private static final String INVITED = "asked for notes: ";

  /** Whoever sends it and stops in the middle, or fails, loses it to the next try after so long. */
  private static final Duration LEASE = Duration.ofMinutes(5);

  public Handover {
    notes = List.copyOf(notes);
    record = List.copyOf(record);
  }

  /** A shift has begun. */
  public static Handover begin(String team, Instant from, Instant end, Instant now) {
    return new Handover(
        id(team, end),
        team,
        from,
        end,
        State.RUNNING,
        now,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }

  /** A team has one handover for each end of a shift. */
  public static String id(String team, Instant end) {
    return end.getEpochSecond() + "@" + team;
  }

  private Handover in(State other, Instant at, String who, String what) {
    return new Handover(
        id,
        team,
        from,
        end,
        other,
        at,
        handoff,
        message,
        acknowledgedBy,
        notes,
        plus(new Entry(at, who, what)));
  }

  private List<Entry> plus(Entry entry) {
    List<Entry> longer = new ArrayList<>(record);
    longer.add(entry);
    return longer;
  }

  /**
   * Whether it may be sent now: nobody has tried, whoever began has stopped in the middle, or the
   * last try failed a while ago.
   */
  public boolean isUnsent(Instant now) {
    boolean isFresh = state == State.RUNNING && !hasFailed();
    boolean isOpen = state == State.RUNNING || state == State.SENDING;
    return isFresh || (isOpen && !now.isBefore(since.plus(LEASE)));
  }

  /** Whether sending was tried in vain last. */
  private boolean hasFailed() {
    return record.stream()
        .map(Entry::what)
        .filter(what -> what.equals(SENDING) || what.startsWith(FAILED))
        .reduce((earlier, later) -> later)
        .filter(what -> what.startsWith(FAILED))
        .isPresent();
  }

  /** Of several who want to send it the first may. */
  public Handover sending(Instant now) {
    return isUnsent(now) ? in(State.SENDING, now, "", SENDING) : this;
  }

  /** It could not be sent; another try comes after a while: each looks at all models anew. */
  public Handover unsent(Instant now, String why) {
    return state == State.SENDING ? in(State.RUNNING, now, "", FAILED + why) : this;
  }

  /** It is in its channel. */
  public Handover sent(Handoff told, Message where, Instant now) {
    Handover next = in(State.SENT, now, "", "was sent");
    return new Handover(
        id,
        team,
        from,
        end,
        next.state,
        now,
        Optional.of(told),
        Optional.of(where),
        acknowledgedBy,
        notes,
        next.record);
  }

  /** Who goes is asked, once, what the next one should know. */
  public Handover invited(String who, Instant now) {
    return isInvited() ? this : in(state, since, "", INVITED + who);
  }

  public boolean isInvited() {
    return record.stream().anyMatch(entry -> entry.what().startsWith(INVITED));
  }

  /** A later one tells of its time. */
  public Handover skipped(Instant now) {
    return isUnsent(now) ? in(State.SKIPPED, now, "", "was missed; a later one tells of it") : this;
  }

  /** Somebody writes, changes or takes back what the next one should know. */
  public Handover noted(String who, String text, Instant now) {
    List<Note> others = new ArrayList<>(notes);
    boolean isSame =
        others.removeIf(note -> note.who().equals(who) && note.text().equals(text.strip()));
    others.removeIf(note -> note.who().equals(who));
    if (isSame) {
      return this;
    }
    if (!text.isBlank()) {
      others.add(new Note(who, now, text.strip()));
    }
    return new Handover(
        id,
        team,
        from,
        end,
        state,
        since,
        handoff,
        message,
        acknowledgedBy,
        others,
        plus(new Entry(now, who, text.isBlank() ? "took back a note" : "noted: " + text.strip())));
  }

  public Optional<Note> noteOf(String who) {
    return notes.stream().filter(note -> note.who().equals(who)).findFirst();
  }

  /** Somebody takes it; who took it already keeps it. */
  public Handover acknowledged(String who, Instant now) {
    if (!isWaiting()) {
      return this;
    }
    Handover next = in(State.ACKNOWLEDGED, now, who, "took it");
    return new Handover(
        id,
        team,
        from,
        end,
        next.state,
        now,
        handoff,
        message,
        Optional.of(who),
        notes,
        next.record);
  }

  /** Sent, and nobody has taken it. */
  public boolean isWaiting() {
    return state == State.SENT || state == State.ASKED_AGAIN || state == State.ESCALATED;
  }

  /**
   * Whether people wait for it: its shift ended a while ago and it was not sent, or it was sent a
   * while ago and nobody took it. One that nobody took for a day is no longer waited for.
   */
  public boolean isLate(Instant now) {
    Optional<Instant> sent = sentAt();
    if (isWaiting() && sent.isPresent()) {
      return !now.isBefore(sent.get().plus(UNTIL_ASKED_AGAIN))
          && now.isBefore(sent.get().plus(WAITED_FOR));
    }
    boolean isOpen = state == State.RUNNING || state == State.SENDING;
    return isOpen && !now.isBefore(end.plus(LEASE)) && now.isBefore(end.plus(WAITED_FOR));
  }

  /** When it was sent; empty where it was not. */
  public Optional<Instant> sentAt() {
    return record.stream()
        .filter(entry -> entry.what().equals("was sent"))
        .map(Entry::at)
        .reduce((earlier, later) -> later);
  }

  public Optional<Person> incoming() {
    return handoff.flatMap(told -> told.changeover().incoming());
  }

  /** What is to be done about it now, if anything; without somebody who is next, nothing. */
  public Optional<Step> due(Instant now) {
    if (sentAt().isEmpty() || incoming().isEmpty()) {
      return Optional.empty();
    }
    if (now.isAfter(sentAt().get().plus(UNTIL_GIVEN_UP))) {
      return Optional.empty();
    }
    boolean isLate = !now.isBefore(sentAt().get().plus(UNTIL_ESCALATED));
    boolean isSlow = !now.isBefore(sentAt().get().plus(UNTIL_ASKED_AGAIN));
    if (isLate && (state == State.SENT || state == State.ASKED_AGAIN)) {
      return Optional.of(Step.ESCALATE);
    }
    return isSlow && state == State.SENT ? Optional.of(Step.ASK_AGAIN) : Optional.empty();
  }

  /** Of several who want to take a step the first may; for the others it is no longer due. */
  public Handover stepped(Step step, Instant now) {
    if (due(now).filter(step::equals).isEmpty()) {
      return this;
    }
    String next = incoming().map(Person::id).orElse("");
    return step == Step.ASK_AGAIN
        ? in(State.ASKED_AGAIN, now, "", "asked " + next + " again by direct message")
        : in(State.ESCALATED, now, "", "told the team that " + next + " has not taken it");
  }
}
