package dev.samovar.understanding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeArgumentTest {
  /** 16:00 on a Friday in Berlin. */
  private static final Instant NOW = Instant.parse("2026-11-20T15:00:00Z");

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "90m, 2026-11-20T13:30:00Z",
    "2h, 2026-11-20T13:00:00Z",
    "2 hours ago, 2026-11-20T13:00:00Z",
    "an hour, 2026-11-20T14:00:00Z",
    "3d, 2026-11-17T15:00:00Z",
    "PT45M, 2026-11-20T14:15:00Z",
    "14:30, 2026-11-20T13:30:00Z",
    "9:05, 2026-11-20T08:05:00Z",
    "23:00, 2026-11-19T22:00:00Z",
    "yesterday, 2026-11-18T23:00:00Z",
    "yesterday 18:00, 2026-11-19T17:00:00Z",
    "today, 2026-11-19T23:00:00Z",
    "2026-11-18, 2026-11-17T23:00:00Z",
    "2026-11-18 10:00, 2026-11-18T09:00:00Z",
    "2026-11-18T10:00, 2026-11-18T09:00:00Z",
    "2026-11-18T10:00:00Z, 2026-11-18T10:00:00Z",
    "2026-11-18T10:00:00+05:00, 2026-11-18T05:00:00Z",
  })
  void times_are_taken_in_the_callers_zone(String text, Instant expected) {
    assertThat(TimeArgument.parse(text, NOW, BERLIN)).isEqualTo(expected);
  }

  @Test
  void anything_else_says_what_is_taken() {
    for (String text : new String[] {"soonish", "", "-2h", "25:00", "0h", "2026-13-01"}) {
      assertThatThrownBy(() -> TimeArgument.parse(text, NOW, BERLIN))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("90m")
          .hasMessageContaining("yesterday 18:00");
    }
  }

  @Property
  void any_text_is_a_time_or_says_why_not(@ForAll String text) {
    try {
      assertThat(TimeArgument.parse(text, NOW, BERLIN)).isNotNull();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("I take");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PT2H, 2026-11-20T13:00:00Z",
    "P3D, 2026-11-17T15:00:00Z",
    "time:14:30, 2026-11-20T13:30:00Z",
    "time:14:30 UTC, 2026-11-20T14:30:00Z",
    "date:yesterday, 2026-11-18T23:00:00Z",
    "date:yesterday 18:00, 2026-11-19T17:00:00Z",
    "date:tuesday, 2026-11-16T23:00:00Z",
    "date:11-18, 2026-11-17T23:00:00Z",
    "date:2026-11-18 21:40 UTC, 2026-11-18T21:40:00Z",
  })
  void what_was_understood_becomes_a_moment(String form, Instant expected) {
    assertThat(new Since(form).start(NOW, BERLIN)).isEqualTo(expected);
  }

  @Property
  void any_message_is_read_without_a_word(@ForAll String text) {
    Reading reading = new Understanding(java.util.List.of()).read("the model " + text);

    assertThat(reading.because()).isNotEmpty();
    reading
        .since()
        .ifPresent(
            since ->
                assertThat(since.start(NOW, BERLIN)).isBefore(NOW.plus(Duration.ofSeconds(1))));
  }
}
