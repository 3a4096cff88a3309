package dev.samovar.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.checks.CheckId;
import dev.samovar.evidence.Window;
import dev.samovar.slack.SampleReport;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuietTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private static Incident begun() {
    return Incident.begin(
        "i1",
        new Place("C1", "1.1", "1.2"),
        new Opening("m", NOW.minusSeconds(60), Set.of(), "", "U1", Optional.empty(), NOW));
  }

  private static Incident found() {
    return begun().reported(SampleReport.of("x"), NOW);
  }

  private static Incident allClear() {
    return begun()
        .reported(
            new Report(
                "r",
                "m",
                "",
                new Window(NOW.minusSeconds(60), NOW),
                "",
                List.of(),
                Verdict.ALL_CLEAR,
                "nothing found",
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                true,
                1),
            NOW);
  }

  @Test
  void a_day_without_a_touch_asks_and_not_a_moment_less() {
    assertThat(Quiet.due(found(), NOW.plus(DAY).minusMillis(1))).isEqualTo(Quiet.Due.NOTHING);
    assertThat(Quiet.due(found(), NOW.plus(DAY))).isEqualTo(Quiet.Due.ASK);
  }

  @Test
  void whatever_somebody_does_begins_the_day_anew() {
    Instant later = NOW.plus(Duration.ofHours(20));
    for (Incident touched :
        List.of(
            found().touch(later),
            found().ownedBy("U1", later),
            found().judged(CheckId.PREPROCESSING_CHANGE, true, "U1", later),
            found().reported(SampleReport.of("x"), later),
            found().watched(SampleReport.of("x"), later),
            found().checklisted(CheckId.PREPROCESSING_CHANGE, "1.3", "U1", later))) {
      assertThat(Quiet.due(touched, NOW.plus(DAY))).isEqualTo(Quiet.Due.NOTHING);
      assertThat(Quiet.due(touched, later.plus(DAY))).isEqualTo(Quiet.Due.ASK);
    }
  }

  @Test
  void who_does_not_answer_is_asked_thrice_a_day_apart_and_is_then_quiet() {
    Incident incident = found();
    Instant at = NOW;
    for (int i = 0; i < Quiet.MOST; i++) {
      assertThat(Quiet.isGivenUp(incident)).isFalse();
      at = at.plus(DAY);
      assertThat(Quiet.due(incident, at)).isEqualTo(Quiet.Due.ASK);
      incident = incident.asksIfOver(at);
      assertThat(Quiet.due(incident, at.plusSeconds(1))).isEqualTo(Quiet.Due.NOTHING);
    }
    assertThat(Quiet.due(incident, at.plus(Duration.ofDays(30)))).isEqualTo(Quiet.Due.NOTHING);
    assertThat(Quiet.isGivenUp(incident)).isTrue();
    assertThat(incident.lastTouched()).isEqualTo(NOW);
    Incident answered = incident.stillOpen("U1", at);
    assertThat(Quiet.isGivenUp(answered)).isFalse();
    assertThat(answered.stillOpen("U1", at)).isEqualTo(answered);
    assertThat(Quiet.due(answered, at.plus(DAY))).isEqualTo(Quiet.Due.ASK);
  }

  @Test
  void what_is_over_or_under_way_is_not_asked_about() {
    assertThat(Quiet.due(found().resolved("U1", NOW, "done"), NOW.plus(DAY)))
        .isEqualTo(Quiet.Due.NOTHING);
    assertThat(Quiet.due(found().looking(), NOW.plus(DAY))).isEqualTo(Quiet.Due.NOTHING);
  }

  @Test
  void where_nothing_was_found_and_nobody_took_it_there_is_nothing_to_ask() {
    assertThat(Quiet.due(allClear(), NOW.plus(DAY))).isEqualTo(Quiet.Due.CLOSE);
    assertThat(Quiet.due(allClear().ownedBy("U1", NOW), NOW.plus(DAY))).isEqualTo(Quiet.Due.ASK);
  }

  @Test
  void words_soon_after_another_touch_change_nothing_but_answer_the_question() {
    Incident incident = found();
    assertThat(incident.touch(NOW.plusSeconds(599))).isSameAs(incident);
    assertThat(incident.touch(NOW.plusSeconds(600)).lastTouched()).isEqualTo(NOW.plusSeconds(600));
    Incident asked = incident.asksIfOver(NOW.plus(DAY));
    assertThat(asked.touch(NOW.plus(DAY).plusSeconds(1)).asked()).isEmpty();
  }
}
