package dev.samovar.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimesTest {
  private static List<String> labels(Times times, String from, String to) {
    return times.ticks(Instant.parse(from), Instant.parse(to), 7).stream()
        .map(Times.Tick::label)
        .toList();
  }

  @Test
  void ticks_are_round_on_the_readers_clock() {
    Times kolkata = new Times(ZoneId.of("Asia/Kolkata"));
    assertThat(labels(kolkata, "2026-05-20T07:10:00Z", "2026-05-20T15:00:00Z"))
        .containsExactly("13:00", "14:00", "15:00", "16:00", "17:00", "18:00", "19:00", "20:00");
    assertThat(labels(new Times(ZoneOffset.UTC), "2026-05-20T14:03:00Z", "2026-05-20T14:31:00Z"))
        .containsExactly("14:05", "14:10", "14:15", "14:20", "14:25", "14:30");
  }

  @Test
  void midnight_is_a_day_and_long_times_are_days() {
    Times utc = new Times(ZoneOffset.UTC);
    assertThat(labels(utc, "2026-05-20T20:00:00Z", "2026-05-21T03:00:00Z"))
        .containsExactly("20:00", "21:00", "22:00", "23:00", "21 May", "01:00", "02:00", "03:00");
    assertThat(labels(utc, "2026-05-12T15:00:00Z", "2026-05-20T15:00:00Z"))
        .containsExactly("14 May", "16 May", "18 May", "20 May");
  }

  @Test
  void a_day_on_which_clocks_change_has_round_hours_and_no_hour_twice() {
    Times berlin = new Times(ZoneId.of("Europe/Berlin"));
    assertThat(labels(berlin, "2026-03-28T23:00:00Z", "2026-03-29T05:00:00Z"))
        .doesNotHaveDuplicates()
        .contains("29 Mar", "03:00", "07:00");
    assertThat(labels(berlin, "2026-10-24T22:00:00Z", "2026-10-25T04:00:00Z"))
        .contains("25 Oct", "05:00");
  }

  @Test
  void days_are_named_where_they_differ() {
    Times utc = new Times(ZoneOffset.UTC);
    Instant at = Instant.parse("2026-05-20T15:00:00Z");
    assertThat(utc.near(at, at.plusSeconds(60))).isEqualTo("15:00");
    assertThat(utc.near(at, at.plusSeconds(86_400))).isEqualTo("20 May 15:00");
    assertThat(utc.days(at, at.plusSeconds(86_400))).isEqualTo("20 May to 21 May 2026");
    assertThat(utc.name()).isEqualTo("UTC");
  }
}
