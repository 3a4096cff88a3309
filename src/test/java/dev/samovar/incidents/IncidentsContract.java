package dev.samovar.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.checks.CheckId;
import dev.samovar.slack.SampleReport;
import dev.samovar.triage.Symptom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every keeper of incidents does. */
public abstract class IncidentsContract {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");

  protected abstract Incidents incidents();

  private static Incident incident(String id, String model, int second) {
    return Incident.begin(
        id,
        new Place("C1", "t-" + id, "a-" + id),
        new Opening(
            model,
            NOW.minusSeconds(7200),
            Set.of(Symptom.OOM, Symptom.ERRORS),
            "it's “weird” 🤷",
            "U1",
            Optional.of("it reports trouble"),
            NOW.plusSeconds(second)));
  }

  @Test
  void what_is_kept_comes_back_whole() {
    Incident full =
        incident("full", "m", 0)
            .reported(SampleReport.of(SampleReport.HOSTILE), NOW)
            .ownedBy("U1", NOW)
            .judged(CheckId.GPU_MEMORY, true, "U2", NOW)
            .watchedBy("U1", NOW, NOW.plusSeconds(60))
            .checklisted(CheckId.GPU_MEMORY, "1.3", "U1", NOW)
            .ticked(CheckId.GPU_MEMORY, 2, "restart", "U1", NOW)
            .explained(Optional.empty(), "a bad batch", "U2", NOW)
            .handedOver("U1", "U2", "good night", NOW)
            .linked("https://x.slack.com/archives/C1/p1")
            .asksIfOver(NOW)
            .resolved("U2", NOW, "says it is over");
    incidents().open(full);

    assertThat(incidents().find("full")).contains(full);
    assertThat(incidents().find("none")).isEmpty();
  }

  @Test
  void they_are_found_by_thread_model_and_state_newest_first() {
    incidents().open(incident("a", "m", 0));
    incidents().open(incident("b", "m", 1));
    incidents().open(incident("c", "other", 2));
    incidents().change("a", one -> one.resolved("U1", NOW, "done"));

    assertThat(incidents().inThread("C1", "t-b")).map(Incident::id).contains("b");
    assertThat(incidents().inThread("C2", "t-b")).isEmpty();
    assertThat(incidents().open()).extracting(Incident::id).containsExactly("c", "b");
    assertThat(incidents().openCount()).isEqualTo(2);
    assertThat(incidents().ofModel("m", 5)).extracting(Incident::id).containsExactly("b", "a");
    assertThat(incidents().ofModel("m", 1)).extracting(Incident::id).containsExactly("b");
  }

  @Test
  void those_since_a_moment_are_found_open_or_not_newest_first() {
    incidents().open(incident("early", "m", -60));
    incidents().open(incident("at", "m", 0));
    incidents().open(incident("late", "other", 60));
    incidents().change("late", one -> one.resolved("U1", NOW, "done"));

    assertThat(incidents().since(NOW)).extracting(Incident::id).containsExactly("late", "at");
    assertThat(incidents().since(NOW.plusSeconds(61))).isEmpty();
  }

  @Test
  void a_change_of_what_is_not_there_changes_nothing() {
    assertThat(incidents().change("none", one -> one.ownedBy("U1", NOW))).isEmpty();
  }

  @Test
  void changes_at_once_lose_nothing() throws Exception {
    incidents().open(incident("busy", "m", 0));
    ExecutorService people = Executors.newFixedThreadPool(8);
    List<Future<Optional<Incident>>> notes = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      String who = "U" + i;
      notes.add(people.submit(() -> incidents().change("busy", one -> one.note(NOW, who, "hi"))));
    }
    for (Future<Optional<Incident>> note : notes) {
      assertThat(note.get()).isPresent();
    }
    people.shutdown();

    assertThat(incidents().find("busy").orElseThrow().timeline()).hasSize(81);
  }

  @Test
  void those_that_silence_asks_about_are_found_the_longest_waiting_first() {
    Instant tomorrow = NOW.plus(Quiet.AFTER);
    incidents().open(incident("spoken", "m", 0));
    incidents().open(incident("silent", "m", 2));
    incidents().open(incident("older", "m", 1));
    incidents().open(incident("closed", "m", 0));
    incidents().change("spoken", one -> one.touch(NOW.plusSeconds(7200)));
    incidents().change("closed", one -> one.resolved("U1", NOW, "done"));

    assertThat(incidents().silent(tomorrow)).isEmpty();
    assertThat(incidents().silent(tomorrow.plusSeconds(2)))
        .extracting(Incident::id)
        .containsExactly("older", "silent");
    incidents().change("older", one -> one.asksIfOver(tomorrow.plusSeconds(3)));
    assertThat(incidents().silent(tomorrow.plusSeconds(7200)))
        .extracting(Incident::id)
        .containsExactly("silent", "spoken");
    for (int i = 0; i < Quiet.MOST; i++) {
      incidents().change("silent", one -> one.asksIfOver(tomorrow));
    }
    assertThat(incidents().silent(tomorrow.plusSeconds(999_999)))
        .extracting(Incident::id)
        .containsExactly("spoken", "older");
  }

  @Test
  void earlier_ones_are_recognised_by_what_was_found() {
    incidents().open(incident("before", "m", -1));
    incidents().open(incident("own", "m", 0));
    incidents().open(incident("other", "n", 1));
    incidents().open(incident("empty", "m", 2));
    incidents().open(incident("newest", "m", 3));
    incidents().open(incident("after", "m", 4));
    for (String id : List.of("before", "own", "other", "newest", "after")) {
      incidents().change(id, one -> one.reported(SampleReport.of("x"), NOW));
    }

    List<Earlier> found = incidents().earlier("m", NOW, NOW.plusSeconds(4), 5);
    assertThat(found).extracting(Earlier::id).containsExactly("newest", "own", "other");
    assertThat(found.get(0).at()).isEqualTo(NOW.plusSeconds(3));
    assertThat(found.get(0).traits().names())
        .contains(
            "named:preprocessing-change",
            "found-symptom:prediction-shift",
            "about-cause:preprocessing-change ml.features.amount",
            "said:oom");
    assertThat(incidents().earlier("m", NOW, NOW.plusSeconds(4), 1))
        .extracting(Earlier::id)
        .containsExactly("newest", "other");
  }

  @Test
  void what_people_said_is_listed_with_what_was_said_of_the_cause() {
    incidents().open(incident("a", "m", 0).reported(SampleReport.of("x"), NOW));
    incidents().open(incident("b", "n", 1));
    incidents().change("a", one -> one.linked("https://x/1"));
    incidents()
        .change(
            "a", one -> one.judged(CheckId.PREPROCESSING_CHANGE, false, "U1", NOW.plusSeconds(9)));
    incidents()
        .change(
            "a",
            one ->
                one.explained(Optional.of(CheckId.STALE_MODEL), "=old", "U2", NOW.plusSeconds(10)));
    incidents().change("b", one -> one.judged(CheckId.DATA_DRIFT, true, "U1", NOW));
    incidents().change("b", one -> one.judged(CheckId.DATA_DRIFT, true, "U1", NOW));

    List<Feedback> said = incidents().feedback(NOW);
    assertThat(said).hasSize(3);
    assertThat(said.get(0))
        .isEqualTo(
            new Feedback(
                NOW.plusSeconds(9),
                "a",
                "m",
                Optional.of(CheckId.PREPROCESSING_CHANGE),
                false,
                "U1",
                OptionalDouble.of(0.86),
                OptionalInt.of(1),
                "",
                Optional.of("https://x/1")));
    assertThat(said.get(1).check()).contains(CheckId.STALE_MODEL);
    assertThat(said.get(1).rank()).isEmpty();
    assertThat(said.get(2).check()).isEmpty();
    assertThat(said.get(2).words()).isEqualTo("=old");
    assertThat(incidents().feedback(NOW.plusSeconds(10))).hasSize(2);
  }
}
