package dev.samovar.rota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RotaTest {
  private static final List<String> SHIFTS =
      List.of("09:00 Europe/Berlin", "09:00 America/Los_Angeles");

  private static String onCall(List<String> people, String at) {
    return Rota.parse("ml", SHIFTS, people)
        .onCall(Instant.parse(at))
        .map(Person::id)
        .orElse("nobody");
  }

  @Test
  void who_began_last_is_on_call() {
    List<String> two = List.of("U0BERLIN", "U0SEATTLE");
    assertThat(onCall(two, "2026-11-25T10:00:00Z")).isEqualTo("U0BERLIN");
    assertThat(onCall(two, "2026-11-25T18:00:00Z")).isEqualTo("U0SEATTLE");
    assertThat(onCall(two, "2026-11-25T07:59:00Z")).isEqualTo("U0SEATTLE");
    assertThat(onCall(two, "2026-11-25T08:00:00Z")).isEqualTo("U0BERLIN");
  }

  @Test
  void clocks_that_change_on_different_days_move_the_shift() {
    List<String> two = List.of("U0BERLIN", "U0SEATTLE");
    // Europe has left summer time on 25 October 2026, America does on 1 November.
    assertThat(onCall(two, "2026-10-24T07:30:00Z")).isEqualTo("U0BERLIN");
    assertThat(onCall(two, "2026-10-26T07:30:00Z")).isEqualTo("U0SEATTLE");
    assertThat(onCall(two, "2026-10-30T16:30:00Z")).isEqualTo("U0SEATTLE");
    assertThat(onCall(two, "2026-11-02T16:30:00Z")).isEqualTo("U0BERLIN");
  }

  @Test
  void more_people_than_shifts_take_turns_by_the_week() {
    List<String> four = List.of("A", "B", "C", "D");
    String first = onCall(four, "2026-11-23T10:00:00Z");
    assertThat(onCall(four, "2026-11-27T10:00:00Z")).isEqualTo(first);
    String next = onCall(four, "2026-11-30T10:00:00Z");
    assertThat(List.of(first, next)).containsExactlyInAnyOrder("A", "C");
  }

  @Test
  void without_people_nobody_is_on_call() {
    assertThat(onCall(List.of(), "2026-11-25T10:00:00Z")).isEqualTo("nobody");
  }
}
