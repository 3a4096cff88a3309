package dev.samovar.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Presence;
import dev.samovar.rota.Person;
import dev.samovar.rota.Rota;
import dev.samovar.rota.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RosterTest {
  private static final Instant NOW = Instant.parse("2026-05-20T12:00:00Z");
  private static final Rota ROTA =
      Rota.parse(
          "ml-platform",
          List.of("09:00 Europe/Berlin", "09:00 America/Los_Angeles"),
          List.of("U0BERLIN", "U0SEATTLE"));

  private final AtomicInteger asked = new AtomicInteger();
  private List<Stint> stints = List.of();
  private Optional<EvidenceException> trouble = Optional.empty();
  private final ScheduleSource source =
      new ScheduleSource() {
        @Override
        public String name() {
          return "PagerDuty";
        }

        @Override
        public List<Stint> stints(String id, Instant from, Instant to, Duration budget)
            throws EvidenceException {
          asked.incrementAndGet();
          if (trouble.isPresent()) {
            throw trouble.get();
          }
          return stints;
        }

        @Override
        public Presence presence(Duration budget) {
          throw new AssertionError("Nobody asks");
        }
      };
  private final Team team = new Team(ROTA, Optional.of(new Team.Watched(source, "PI7DH85")), false);
  private final Roster roster =
      new Roster(
          List.of(team),
          email -> email.startsWith("mira") ? Optional.of("U0MIRA") : Optional.empty());

  private static Stint stint(String name, int fromHours, int toHours) {
    return new Stint(
        NOW.plus(Duration.ofHours(fromHours)),
        NOW.plus(Duration.ofHours(toHours)),
        new Contact(name, Optional.of(name + "@example.com"), Optional.empty()));
  }

  @Test
  void without_a_schedule_the_rota_says() {
    Standing standing =
        new Roster(List.of(new Team(ROTA, Optional.empty(), true)), Directory.EMPTY)
            .now(NOW)
            .get(0);
    assertThat(standing)
        .isEqualTo(
            new Standing(
                "ml-platform",
                List.of(Person.of("U0BERLIN")),
                Optional.of(Instant.parse("2026-05-20T16:00:00Z")),
                "the rota",
                Optional.empty(),
                true));
  }

  @Test
  void the_schedule_counts_before_the_rota_and_people_are_known_by_their_address() {
    stints = List.of(stint("mira", -2, 3), stint("jan", -1, 1), stint("ana", 3, 9));
    Standing standing = roster.now(NOW).get(0);
    assertThat(standing.by()).isEqualTo("PagerDuty");
    assertThat(standing.people())
        .containsExactly(
            new Person("U0MIRA", Optional.of("mira"), Optional.empty()),
            new Person("jan", Optional.of("jan"), Optional.empty()));
    assertThat(standing.until()).contains(NOW.plus(Duration.ofHours(1)));
    assertThat(standing.mayMention()).isFalse();
    assertThat(standing.trouble()).isEmpty();
  }

  @Test
  void one_that_is_down_is_replaced_by_the_rota_and_that_is_said() {
    trouble =
        Optional.of(new EvidenceException(EvidenceException.Kind.TIMEOUT, "PagerDuty is silent"));
    Standing standing = roster.now(NOW).get(0);
    assertThat(standing.people()).containsExactly(Person.of("U0BERLIN"));
    assertThat(standing.by()).isEqualTo("the rota");
    assertThat(standing.trouble()).contains("PagerDuty is silent");
    assertThat(roster.rota(team, NOW).onCall(NOW)).contains(Person.of("U0BERLIN"));
    assertThat(roster.trouble(team, NOW)).contains("PagerDuty is silent");
  }

  @Test
  void where_the_schedule_has_nobody_the_rota_says_who_and_that() {
    stints = List.of(stint("ana", 3, 9));
    Standing standing = roster.now(NOW).get(0);
    assertThat(standing.people()).containsExactly(Person.of("U0BERLIN"));
    assertThat(standing.trouble()).contains("PagerDuty's schedule PI7DH85 has nobody on call");
  }

  @Test
  void it_is_asked_once_a_minute_and_sooner_where_it_failed() {
    stints = List.of(stint("mira", -2, 3));
    roster.now(NOW);
    roster.now(NOW.plusSeconds(59));
    roster.rota(team, NOW.plusSeconds(59));
    assertThat(asked.get()).isEqualTo(1);
    trouble = Optional.of(new EvidenceException(EvidenceException.Kind.BROKEN, "no"));
    assertThat(roster.now(NOW.plusSeconds(60)).get(0).trouble()).contains("no");
    trouble = Optional.empty();
    assertThat(roster.now(NOW.plusSeconds(89)).get(0).trouble()).contains("no");
    assertThat(roster.now(NOW.plusSeconds(90)).get(0).trouble()).isEmpty();
    assertThat(asked.get()).isEqualTo(3);
  }

  @Test
  void shifts_are_handed_over_between_the_people_of_the_schedule() {
    stints = List.of(stint("mira", -5, 4), stint("jan", 4, 12));
    Rota rota = roster.rota(team, NOW);
    Turn turn = rota.at(NOW).orElseThrow();
    assertThat(turn.to()).isEqualTo(NOW.plus(Duration.ofHours(4)));
    assertThat(rota.onCall(turn.to().minusSeconds(1)).orElseThrow().id()).isEqualTo("U0MIRA");
    assertThat(rota.onCall(turn.to()).orElseThrow().id()).isEqualTo("jan");
    // Beyond the schedule the rota goes on.
    assertThat(rota.onCall(NOW.plus(Duration.ofHours(20))).orElseThrow().id())
        .isEqualTo("U0BERLIN");
  }
}
