package dev.samovar.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.rota.Person;
import dev.samovar.rota.Rota;
import dev.samovar.rota.Turn;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Each shift is handed over exactly once, and what nobody takes is told, once each. */
class KeeperTest {
  private static final Instant END = SampleHandoff.END;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Handovers handovers = new HandoversInMemory();
  private final List<String> done = new ArrayList<>();
  private final List<Changeover> sent = new ArrayList<>();
  private boolean isBroken;

  /** Notes what it is told to do. */
  private final class Noting implements Keeper.Face {
    @Override
    public Keeper.Sent send(Duty duty, Changeover changeover, Handover handover) {
      if (isBroken) {
        return new Keeper.Sent.Failed("channel_not_found");
      }
      sent.add(changeover);
      done.add("sent " + handover.end());
      Handoff told =
          new Composition(
                  duty, changeover, List.of(), List.of(), List.of(), SampleHandoff.runbooks())
              .compose(List.of());
      return new Keeper.Sent.There(told, new Handover.Message("C1", "1." + sent.size()));
    }

    @Override
    public boolean invite(Duty duty, Handover handover, Person outgoing) {
      return !isBroken && done.add("invited " + outgoing.id());
    }

    @Override
    public boolean askAgain(Duty duty, Handover handover) {
      return !isBroken && done.add("asked " + handover.incoming().orElseThrow().id());
    }

    @Override
    public boolean escalate(Duty duty, Handover handover) {
      return !isBroken && done.add("escalated");
    }
  }

  private void tick(Duty duty, Instant now) {
    new Keeper(handovers).lookAfter(duty, now, new Noting());
  }

  private void run(Duty duty, Instant from, Instant to, Duration step) {
    for (Instant now = from; now.isBefore(to); now = now.plus(step)) {
      // Three replicas.
      tick(duty, now);
      tick(duty, now);
      tick(duty, now);
    }
  }

  @Test
  void eachShiftOfAWeekIsHandedOverOnce_overBothChangesOfTheClocks() {
    Instant from = Instant.parse("2026-10-24T00:00:00Z");
    Instant to = Instant.parse("2026-11-02T12:00:00Z");
    Duty duty = SampleHandoff.duty("m");
    run(duty, from, to, Duration.ofMinutes(7));

    List<Turn> ended =
        SampleHandoff.ROTA.turns(from, to).stream()
            .filter(turn -> turn.from().isAfter(from) && turn.to().isBefore(to))
            .toList();
    print(sent);
    assertThat(sent.stream().skip(1).map(Changeover::end))
        .containsExactlyElementsOf(ended.stream().map(Turn::to).toList());
    assertThat(sent.stream().skip(1).map(Changeover::from))
        .containsExactlyElementsOf(ended.stream().map(Turn::from).toList());
    assertThat(sent).hasSizeGreaterThan(17);
    assertThat(done.stream().filter(what -> what.startsWith("invited"))).hasSameSizeAs(sent);
  }

  private static void print(List<Changeover> sent) {
    DateTimeFormatter time = DateTimeFormatter.ofPattern("EEE d MMM HH:mm z", Locale.ENGLISH);
    System.out.println("| shift ends | in Berlin | in Los Angeles | hours | from | to |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    for (Changeover one : sent) {
      System.out.printf(
          "| %s | %s | %s | %d | %s | %s |%n",
          one.end(),
          time.format(one.end().atZone(ZoneId.of("Europe/Berlin"))),
          time.format(one.end().atZone(ZoneId.of("America/Los_Angeles"))),
          Duration.between(one.from(), one.to()).toHours(),
          one.outgoing().map(Person::id).orElse("-"),
          one.incoming().map(Person::id).orElse("-"));
    }
  }

  @Test
  void nobodyIsOwedAHandoff_whenItBeginsInTheMiddleOfAShift() {
    tick(SampleHandoff.duty("m"), END.plusSeconds(600));

    assertThat(done).isEmpty();
  }

  @Test
  void afterAnOutageOneHandoffTellsOfAllThatWasMissed() {
    Duty duty = SampleHandoff.duty("m");
    tick(duty, END.minusSeconds(3600));
    tick(duty, END.plus(Duration.ofDays(3)).plusSeconds(60));
    tick(duty, END.plus(Duration.ofDays(3)).plusSeconds(120));

    assertThat(sent)
        .singleElement()
        .matches(one -> one.end().equals(END.plus(Duration.ofDays(3))))
        .matches(one -> one.from().equals(END.minus(Duration.ofHours(9))));
    assertThat(handovers.find(Handover.id("ml-platform", END)).orElseThrow().state())
        .isEqualTo(Handover.State.SKIPPED);
  }

  @Test
  void whatWasMissedByMinutesIsSentForItsOwnTime() {
    Duty duty = SampleHandoff.duty("m");
    tick(duty, END.minusSeconds(3600));
    tick(duty, END.plusSeconds(1800));

    assertThat(sent)
        .singleElement()
        .matches(one -> one.end().equals(END) && one.from().equals(END.minus(Duration.ofHours(9))));
  }

  @Test
  void whatCouldNotBeSentIsTriedAgainAfterAWhile() {
    Duty duty = SampleHandoff.duty("m");
    tick(duty, END.minusSeconds(3600));
    isBroken = true;
    tick(duty, END);
    isBroken = false;
    tick(duty, END.plusSeconds(20));
    assertThat(done).as("each try looks at all models: not at once again").isEmpty();
    tick(duty, END.plusSeconds(300));

    assertThat(done).containsExactly("sent " + END);
    assertThat(handovers.find(Handover.id("ml-platform", END)).orElseThrow().record())
        .extracting("what")
        .contains("could not be sent: channel_not_found", "was sent");
  }

  @Test
  void whoStopsInTheMiddleLosesItToAnother() {
    Duty duty = SampleHandoff.duty("m");
    tick(duty, END.minusSeconds(3600));
    handovers.change(Handover.id("ml-platform", END), one -> one.sending(END));
    tick(duty, END.plusSeconds(60));
    assertThat(done).isEmpty();

    tick(duty, END.plusSeconds(301));
    assertThat(done).containsExactly("sent " + END);
  }

  @Test
  void whatNobodyTakesIsAskedAgainAfter15MinutesAndToldAfter30_onceEach() {
    Duty duty = SampleHandoff.duty("m");
    run(duty, END.minus(Duration.ofMinutes(20)), END.plus(Duration.ofMinutes(15)), MINUTE);
    assertThat(done).containsExactly("invited U0BERLIN", "sent " + END);

    run(duty, END.plus(Duration.ofMinutes(15)), END.plus(Duration.ofMinutes(30)), MINUTE);
    assertThat(done).last().isEqualTo("asked U0SEATTLE");

    run(duty, END.plus(Duration.ofMinutes(30)), END.plus(Duration.ofHours(2)), MINUTE);
    assertThat(done)
        .containsExactly("invited U0BERLIN", "sent " + END, "asked U0SEATTLE", "escalated");
    assertThat(handovers.find(Handover.id("ml-platform", END)).orElseThrow().record())
        .extracting("what")
        .containsExactly(
            "asked for notes: U0BERLIN",
            "is being sent",
            "was sent",
            "asked U0SEATTLE again by direct message",
            "told the team that U0SEATTLE has not taken it");
  }

  @Test
  void whatSlackRefusedStaysDue() {
    Duty duty = SampleHandoff.duty("m");
    run(duty, END.minus(MINUTE), END.plus(MINUTE), MINUTE);
    isBroken = true;
    run(duty, END.plus(MINUTE), END.plus(Duration.ofMinutes(45)), MINUTE);
    assertThat(done).last().isEqualTo("sent " + END);

    isBroken = false;
    tick(duty, END.plus(Duration.ofMinutes(46)));
    tick(duty, END.plus(Duration.ofMinutes(47)));
    assertThat(done).filteredOn("escalated"::equals).hasSize(1);
  }

  @Test
  void nobodyIsToldOfAnOldHandoff_thatCouldNeverBeTold() {
    Handover sent =
        Handover.begin("ml-platform", END.minusSeconds(60), END, END)
            .sending(END)
            .sent(SampleHandoff.quiet(), new Handover.Message("C1", "1.1"), END);

    assertThat(sent.due(END.plus(Duration.ofHours(4)))).contains(Handover.Step.ESCALATE);
    assertThat(sent.due(END.plus(Duration.ofHours(4)).plusSeconds(1))).isEmpty();
  }

  @Test
  void nobodyIsAskedAgain_whenItIsTaken() {
    Duty duty = SampleHandoff.duty("m");
    run(duty, END.minus(MINUTE), END.plus(MINUTE), MINUTE);
    String id = Handover.id("ml-platform", END);
    handovers.change(id, one -> one.acknowledged("U0SEATTLE", END.plusSeconds(90)));
    Handover taken = handovers.find(id).orElseThrow();
    assertThat(taken.acknowledged("U9", END.plusSeconds(99))).isEqualTo(taken);
    run(duty, END.plus(MINUTE), END.plus(Duration.ofHours(1)), MINUTE);

    assertThat(done).containsExactly("invited U0BERLIN", "sent " + END);
  }

  @Test
  void aShiftHandedOverEarlyIsNotHandedOverAgain() {
    Duty duty = SampleHandoff.duty("m");
    Instant early = END.minus(Duration.ofHours(1));
    tick(duty, early);
    assertThat(new Keeper(handovers).sendNow(duty, early, new Noting())).isTrue();
    assertThat(new Keeper(handovers).sendNow(duty, early, new Noting())).isFalse();
    run(duty, END, END.plus(Duration.ofMinutes(5)), MINUTE);

    assertThat(sent).hasSize(1);
  }

  @Test
  void aGapOfTheRotaHasNoHandoffOfItsOwn() {
    Rota hours =
        Rota.parse("ml-platform", List.of("09:00-17:00 Europe/Berlin"), List.of("U0BERLIN"));
    Duty duty = new Duty("ml-platform", "C1", hours, SampleHandoff.duty("m").models());
    Instant monday = Instant.parse("2026-05-18T10:00:00Z");
    run(duty, monday, monday.plus(Duration.ofDays(2)), Duration.ofMinutes(10));

    assertThat(sent).hasSize(2);
    assertThat(sent.get(0).next().orElseThrow().from())
        .isEqualTo(Instant.parse("2026-05-19T07:00:00Z"));
  }

  @Test
  void notesAreChangedAndTakenBack() {
    Handover begun = Handover.begin("t", END.minusSeconds(60), END, END.minusSeconds(60));
    Handover noted = begun.noted("U1", " look at x ", END);

    assertThat(noted.noteOf("U1")).map(Note::text).contains("look at x");
    assertThat(noted.noted("U1", "look at x", END.plusSeconds(5))).isEqualTo(noted);
    assertThat(noted.noted("U1", "look at y", END).notes()).hasSize(1);
    assertThat(noted.noted("U2", "and z", END).notes()).hasSize(2);
    assertThat(noted.noted("U1", " ", END).notes()).isEmpty();
  }

  @Test
  void whatIsNotSentOrNotTakenInTimeIsLate_untilADayHasPassed() {
    Duty duty = SampleHandoff.duty("m");
    tick(duty, END.minus(MINUTE));
    isBroken = true;
    tick(duty, END);
    assertThat(handovers.late("ml-platform", END.plus(MINUTE))).isZero();
    assertThat(handovers.late("ml-platform", END.plus(MINUTE.multipliedBy(6)))).isEqualTo(1);

    isBroken = false;
    Instant sentAt = END.plus(MINUTE.multipliedBy(10));
    tick(duty, sentAt);
    assertThat(handovers.late("ml-platform", sentAt.plus(MINUTE.multipliedBy(14)))).isZero();
    assertThat(handovers.late("ml-platform", sentAt.plus(MINUTE.multipliedBy(15)))).isEqualTo(1);
    Handover nobodys = handovers.find(Handover.id("ml-platform", END)).orElseThrow();
    assertThat(nobodys.isLate(sentAt.plus(Duration.ofDays(1)).minus(MINUTE))).isTrue();
    assertThat(nobodys.isLate(sentAt.plus(Duration.ofDays(1)))).isFalse();
  }
}
