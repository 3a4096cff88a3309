package dev.samovar.rota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Shifts where the clocks change, and that they always share out the time. */
class ShiftsOverTheClockChangeTest {
  private static final List<String> TWO =
      List.of("09:00 Europe/Berlin", "09:00 America/Los_Angeles");

  private static List<String> turns(List<String> shifts, String from, String to) {
    return Rota.parse("ml", shifts, List.of("BERLIN", "SEATTLE"))
        .turns(Instant.parse(from), Instant.parse(to))
        .stream()
        .map(turn -> turn.from() + " " + Duration.between(turn.from(), turn.to()).toMinutes())
        .toList();
  }

  @Test
  void aDayInBerlinHas23HoursAndThen25() {
    List<String> daily = List.of("00:00 Europe/Berlin");
    assertThat(turns(daily, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"))
        .containsExactly("2026-03-28T23:00:00Z 1380");
    assertThat(turns(daily, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"))
        .containsExactly("2026-10-24T22:00:00Z 1500");
  }

  @Test
  void aDayInLosAngelesHas23HoursAndThen25() {
    List<String> daily = List.of("00:00 America/Los_Angeles");
    assertThat(turns(daily, "2026-03-08T08:00:00Z", "2026-03-09T07:00:00Z"))
        .containsExactly("2026-03-08T08:00:00Z 1380");
    assertThat(turns(daily, "2026-11-01T07:00:00Z", "2026-11-02T08:00:00Z"))
        .containsExactly("2026-11-01T07:00:00Z 1500");
  }

  @Test
  void whatBeginsInTheSkippedHourBeginsWhenTheClocksGoOn() {
    assertThat(
            turns(List.of("02:30 Europe/Berlin"), "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"))
        .containsExactly("2026-03-29T01:00:00Z 1410");
    assertThat(
            turns(
                List.of("02:30 America/Los_Angeles"),
                "2026-03-08T10:00:00Z",
                "2026-03-08T11:00:00Z"))
        .containsExactly("2026-03-08T10:00:00Z 1410");
  }

  @Test
  void whatBeginsInTheDoubledHourBeginsTheFirstTimeOnly() {
    assertThat(
            turns(List.of("02:30 Europe/Berlin"), "2026-10-25T00:00:00Z", "2026-10-25T03:00:00Z"))
        .containsExactly("2026-10-24T00:30:00Z 1440", "2026-10-25T00:30:00Z 1500");
    assertThat(
            turns(
                List.of("01:30 America/Los_Angeles"),
                "2026-11-01T08:30:00Z",
                "2026-11-01T09:35:00Z"))
        .containsExactly("2026-11-01T08:30:00Z 1500");
  }

  @Test
  void twoShiftsOfWhichOneFallsIntoTheSkippedHourLeaveOne() {
    assertThat(
            turns(
                List.of("02:15 Europe/Berlin", "02:45 Europe/Berlin"),
                "2026-03-29T00:59:00Z",
                "2026-03-29T01:01:00Z"))
        .containsExactly("2026-03-28T01:45:00Z 1395", "2026-03-29T01:00:00Z 1395");
  }

  @Test
  void betweenTheTwoChangesTheShiftsHaveOtherLengths() {
    // Europe has left summer time on 25 October 2026, America does on 1 November.
    assertThat(turns(TWO, "2026-10-24T12:00:00Z", "2026-10-24T12:01:00Z"))
        .containsExactly("2026-10-24T07:00:00Z 540");
    assertThat(turns(TWO, "2026-10-28T12:00:00Z", "2026-10-28T12:01:00Z"))
        .containsExactly("2026-10-28T08:00:00Z 480");
    assertThat(turns(TWO, "2026-11-03T12:00:00Z", "2026-11-03T12:01:00Z"))
        .containsExactly("2026-11-03T08:00:00Z 540");
  }

  @Test
  void gapsAndOverlapsOfAFewWeeksAreFound() {
    List<String> ending = List.of("09:00-18:00 Europe/Berlin", "09:00-00:00 America/Los_Angeles");
    Rota rota = Rota.parse("ml", ending, List.of("A", "B"));

    List<Rota.Fault> winter =
        rota.faults(Instant.parse("2026-12-01T00:00:00Z"), Instant.parse("2026-12-20T00:00:00Z"));
    List<Rota.Fault> autumn =
        rota.faults(Instant.parse("2026-10-25T12:00:00Z"), Instant.parse("2026-10-31T12:00:00Z"));

    assertThat(winter).isEmpty();
    assertThat(autumn).isNotEmpty().anyMatch(fault -> !fault.isGap());
  }

  @Test
  void weeksAndSubstitutesSayWhoHasAShift() {
    Rota plain = Rota.parse("ml", TWO, List.of("A", "B"));
    Rota rota =
        new Rota(
            "ml",
            plain.shifts(),
            plain.people(),
            List.of(
                new Weeks(
                    java.time.LocalDate.parse("2026-11-30"),
                    Optional.of(java.time.LocalDate.parse("2026-12-14")),
                    List.of(Person.of("C"), Person.of("D"), Person.of("E"), Person.of("F")))),
            List.of(
                new Substitute(
                    Instant.parse("2026-12-02T08:00:00Z"),
                    Instant.parse("2026-12-02T10:00:00Z"),
                    Person.of("X"))));

    assertThat(at(rota, "2026-11-27T09:00:00Z")).isEqualTo("A");
    assertThat(at(rota, "2026-12-01T09:00:00Z")).isEqualTo("C");
    assertThat(at(rota, "2026-12-01T18:00:00Z")).isEqualTo("D");
    assertThat(at(rota, "2026-12-08T09:00:00Z")).isEqualTo("E");
    assertThat(at(rota, "2026-12-15T09:00:00Z")).isEqualTo("A");
    assertThat(at(rota, "2026-12-02T09:00:00Z")).isEqualTo("X");
    assertThat(at(rota, "2026-12-02T11:00:00Z")).isEqualTo("C");
    assertThat(rota.at(Instant.parse("2026-12-02T11:00:00Z")).orElseThrow().person())
        .as("whose turn it is, stays")
        .contains(Person.of("C"));
  }

  private static String at(Rota rota, String moment) {
    return rota.onCall(Instant.parse(moment)).map(Person::id).orElse("-");
  }

  @Provide
  Arbitrary<List<Shift>> shifts() {
    Arbitrary<Shift> shift =
        Combinators.combine(
                Arbitraries.integers().between(0, 95),
                Arbitraries.of(
                    "Europe/Berlin",
                    "America/Los_Angeles",
                    "America/New_York",
                    "Asia/Kolkata",
                    "Australia/Lord_Howe",
                    "America/St_Johns",
                    "Africa/Casablanca",
                    "Pacific/Apia",
                    "UTC"))
            .as(
                (quarter, zone) ->
                    new Shift(
                        LocalTime.of(quarter / 4, 15 * (quarter % 4)),
                        Optional.empty(),
                        ZoneId.of(zone),
                        List.of()));
    return shift.list().ofMinSize(1).ofMaxSize(5);
  }

  @Property(tries = 300)
  void shiftsShareOutTheTime(
      @ForAll("shifts") List<Shift> shifts,
      @ForAll @net.jqwik.api.constraints.IntRange(min = 0, max = 20_000) int hours) {
    Rota rota = new Rota("ml", shifts, List.of(Person.of("A")), List.of(), List.of());
    Instant from = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofHours(hours));
    Instant to = from.plus(Duration.ofDays(12));
    List<Turn> turns = rota.turns(from, to);

    assertThat(turns.get(0).from()).isBeforeOrEqualTo(from);
    assertThat(turns.get(turns.size() - 1).to()).isAfterOrEqualTo(to);
    for (int i = 0; i < turns.size(); i++) {
      assertThat(turns.get(i).from()).isBefore(turns.get(i).to());
      if (i > 0) {
        assertThat(turns.get(i).from()).isEqualTo(turns.get(i - 1).to());
      }
    }
    // Whoever asks at some moment is told the same turn, whatever the span asked about.
    List<Instant> moments = new ArrayList<>();
    turns.forEach(turn -> moments.addAll(List.of(turn.from(), turn.to().minusSeconds(1))));
    for (Instant moment : moments) {
      assertThat(rota.at(moment)).isPresent();
      assertThat(turns).contains(rota.at(moment).orElseThrow());
    }
    assertThat(rota.ended(turns.get(0).to())).contains(turns.get(0));
    assertThat(rota.next(turns.get(0).to())).contains(turns.get(1));
    assertThat(rota.faults(from, to)).isEmpty();
  }
}
