package dev.samovar.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.checks.CheckId;
import dev.samovar.slack.SampleReport;
import dev.samovar.triage.Report;
import dev.samovar.triage.Symptom;
import dev.samovar.triage.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IncidentTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");

  private static Incident begun() {
    return Incident.begin(
        "i1",
        new Place("C1", "1.1", "1.2"),
        new Opening(
            "fraud-scorer",
            NOW.minus(Duration.ofHours(2)),
            Set.of(Symptom.LATENCY),
            "fraud is slow",
            "U1",
            Optional.empty(),
            NOW));
  }

  private static Report saying(Verdict verdict) {
    Report report = SampleReport.of("x");
    return new Report(
        report.id(),
        report.model(),
        report.text(),
        report.window(),
        report.referenceKind(),
        report.reference(),
        verdict,
        verdict == Verdict.ALL_CLEAR ? "nothing found" : report.headline(),
        report.onset(),
        verdict == Verdict.CAUSE_FOUND ? report.causes() : List.of(),
        report.rows(),
        report.changes(),
        true,
        1);
  }

  @Test
  void what_is_done_twice_counts_once() {
    Incident owned = begun().ownedBy("U1", NOW);
    assertThat(owned.ownedBy("U1", NOW.plusSeconds(9))).isEqualTo(owned);
    Incident watched = owned.watchedBy("U1", NOW, NOW.plusSeconds(60));
    assertThat(watched.watchedBy("U2", NOW, NOW.plusSeconds(99))).isEqualTo(watched);
    Incident resolved = watched.resolved("U1", NOW, "done");
    assertThat(resolved.resolved("U2", NOW, "done")).isEqualTo(resolved);
    assertThat(resolved.watch()).isEmpty();
    Incident listed = owned.checklisted(CheckId.GPU_MEMORY, "1.3", "U1", NOW);
    assertThat(listed.checklisted(CheckId.GPU_MEMORY, "1.4", "U1", NOW)).isEqualTo(listed);
  }

  @Test
  void states_follow_what_people_do() {
    assertThat(begun().state()).isEqualTo(State.OPEN);
    Incident owned = begun().ownedBy("U1", NOW);
    assertThat(owned.state()).isEqualTo(State.ACKNOWLEDGED);
    Incident watched = owned.watchedBy("U1", NOW, NOW.plusSeconds(60));
    assertThat(watched.state()).isEqualTo(State.WATCHING);
    assertThat(watched.unwatched("U1", NOW).state()).isEqualTo(State.ACKNOWLEDGED);
    Incident resolved = watched.resolved("U1", NOW, "done");
    assertThat(resolved.state()).isEqualTo(State.RESOLVED);
    assertThat(resolved.reopened("U1", NOW).state()).isEqualTo(State.ACKNOWLEDGED);
  }

  @Test
  void each_person_has_one_opinion_of_a_cause() {
    Incident judged =
        begun()
            .judged(CheckId.GPU_MEMORY, true, "U1", NOW)
            .judged(CheckId.GPU_MEMORY, false, "U1", NOW)
            .judged(CheckId.GPU_MEMORY, true, "U2", NOW);
    assertThat(judged.opinions()).hasSize(2);
    assertThat(judged.confirmed()).containsExactly(CheckId.GPU_MEMORY);
    assertThat(judged.judged(CheckId.GPU_MEMORY, true, "U2", NOW).confirmed()).isEmpty();
  }

  @Test
  void a_watch_ends_well_only_after_two_quiet_looks_in_a_row() {
    Incident watched = begun().watchedBy("U1", NOW, NOW.plus(Duration.ofHours(6)));
    Incident once = watched.reported(saying(Verdict.ALL_CLEAR), NOW);
    assertThat(once.outcome(NOW)).isEqualTo(Incident.Watched.GOES_ON);
    Incident relapsed = once.reported(saying(Verdict.SYMPTOMS_ONLY), NOW);
    assertThat(relapsed.reported(saying(Verdict.ALL_CLEAR), NOW).outcome(NOW))
        .isEqualTo(Incident.Watched.GOES_ON);
    assertThat(once.reported(saying(Verdict.ALL_CLEAR), NOW).outcome(NOW))
        .isEqualTo(Incident.Watched.RECOVERED);
    // What cannot be told is not well.
    assertThat(once.reported(saying(Verdict.CANNOT_TELL), NOW).outcome(NOW))
        .isEqualTo(Incident.Watched.GOES_ON);
    assertThat(relapsed.outcome(NOW.plus(Duration.ofHours(6))))
        .isEqualTo(Incident.Watched.GIVEN_UP);
  }

  @Test
  void only_news_stands_in_the_timeline() {
    Incident twice =
        begun()
            .reported(saying(Verdict.CAUSE_FOUND), NOW)
            .reported(saying(Verdict.CAUSE_FOUND), NOW.plusSeconds(60));
    assertThat(twice.runs()).hasSize(2);
    assertThat(twice.timeline()).filteredOn(e -> e.what().startsWith("found")).hasSize(1);
  }

  @Test
  void the_timeline_is_a_markdown_table_in_the_order_of_time() {
    String markdown =
        Timeline.markdown(
            begun()
                .reported(saying(Verdict.CAUSE_FOUND), NOW.plusSeconds(5))
                .note(NOW, "U1", "a|b\nc"),
            user -> "Ana");
    assertThat(markdown)
        .contains("| 2026-05-20 14:00 | Samovar | the trouble began")
        .contains("| Ana | a\\|b c |");
    assertThat(markdown.indexOf("the trouble began")).isLessThan(markdown.indexOf("fraud is slow"));
  }

  @Test
  void stakeholders_read_no_jargon() {
    String draft =
        StakeholderUpdate.draft(
            begun().reported(saying(Verdict.CAUSE_FOUND), NOW).ownedBy("U1", NOW),
            "fraud-scorer",
            NOW.plusSeconds(1800),
            ZoneId.of("Europe/Berlin"));
    assertThat(draft)
        .contains("answers take longer than usual")
        .contains("an engineer is working on it; it looks like a change in how data is prepared")
        .contains("Wed 20 May 16:00 CET")
        .contains("Next update: by Wed 20 May 17:30");
    for (CheckId check : CheckId.values()) {
      assertThat(draft).doesNotContain(check.id());
    }
  }

  @Test
  void a_denied_cause_is_not_told_to_stakeholders() {
    Incident denied =
        begun()
            .reported(saying(Verdict.CAUSE_FOUND), NOW)
            .judged(CheckId.PREPROCESSING_CHANGE, false, "U1", NOW);
    assertThat(StakeholderUpdate.draft(denied, "x", NOW, ZoneId.of("UTC")))
        .contains("the reason is not known yet");
    assertThat(
            StakeholderUpdate.draft(denied.resolved("U1", NOW, "ok"), "x", NOW, ZoneId.of("UTC")))
        .startsWith("Resolved: x")
        .contains("No further updates");
  }

  @Test
  void the_oldest_is_forgotten_when_there_are_too_many() {
    IncidentsInMemory incidents = new IncidentsInMemory(2);
    for (String id : List.of("a", "b", "c")) {
      incidents.open(Incident.begin(id, new Place("C1", id, id), begun().opening()));
    }
    assertThat(incidents.find("a")).isEmpty();
    assertThat(incidents.open()).extracting(Incident::id).containsExactly("c", "b");
    assertThat(incidents.inThread("C1", "b")).map(Incident::id).contains("b");
    assertThat(incidents.change("gone", one -> one)).isEmpty();
  }

  @Test
  void only_the_owner_hands_it_over_and_once() {
    assertThat(begun().handedOver("U1", "U2", "", NOW)).isEqualTo(begun());
    Incident owned = begun().ownedBy("U1", NOW);
    assertThat(owned.handedOver("U3", "U2", "", NOW)).isEqualTo(owned);
    assertThat(owned.handedOver("U1", "U1", "", NOW)).isEqualTo(owned);
    Incident handed = owned.handedOver("U1", "U2", "see the lag", NOW);
    assertThat(handed.owner()).contains("U2");
    assertThat(handed.state()).isEqualTo(State.ACKNOWLEDGED);
    assertThat(handed.handedOver("U1", "U2", "see the lag", NOW)).isEqualTo(handed);
    assertThat(handed.timeline())
        .extracting(Entry::what)
        .endsWith("handed it over: see the lag", "is on it, as it was handed over");
    Incident resolved = handed.resolved("U2", NOW, "done");
    assertThat(resolved.handedOver("U2", "U1", "", NOW)).isEqualTo(resolved);
  }

  @Test
  void what_it_was_may_be_a_cause_or_words_and_the_same_again_changes_nothing() {
    Incident reported = begun().reported(saying(Verdict.CAUSE_FOUND), NOW);
    Incident explained =
        reported.explained(Optional.of(CheckId.STALE_MODEL), " nobody retrained ", "U1", NOW);
    assertThat(explained.confirmed()).containsExactly(CheckId.STALE_MODEL);
    assertThat(explained.explanations())
        .extracting(Explanation::words)
        .containsExactly("nobody retrained");
    assertThat(explained.explained(Optional.of(CheckId.STALE_MODEL), "nobody retrained", "U1", NOW))
        .isEqualTo(explained);
    assertThat(explained.explained(Optional.empty(), "a typo", "U1", NOW).explanations())
        .extracting(Explanation::words)
        .containsExactly("a typo");
    assertThat(reported.isExplained()).isFalse();
    assertThat(explained.isExplained()).isTrue();
  }

  @Test
  void an_opinion_remembers_what_the_report_thought() {
    Incident judged =
        begun()
            .reported(saying(Verdict.CAUSE_FOUND), NOW)
            .judged(CheckId.PREPROCESSING_CHANGE, true, "U1", NOW)
            .judged(CheckId.GPU_MEMORY, true, "U1", NOW)
            .judged(CheckId.PREPROCESSING_CHANGE, false, "U2", NOW)
            .explained(Optional.empty(), "the moon", "U2", NOW);
    List<Feedback> feedback = Feedback.of(judged);
    assertThat(feedback).hasSize(4);
    assertThat(feedback.get(0).rank()).hasValue(1);
    assertThat(feedback.get(0).confidence()).hasValue(0.86);
    // What was not named does not count for or against the check.
    assertThat(Precision.byCheck(feedback))
        .isEqualTo(java.util.Map.of(CheckId.PREPROCESSING_CHANGE, new Precision(1, 2)));
    assertThat(Precision.overall(feedback)).hasToString("right 1 of 2");
  }
}
