package dev.samovar.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.checks.CheckId;
import dev.samovar.slack.SampleReport;
import dev.samovar.triage.Symptom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            .ticked(CheckId.GPU_MEMORY, 2, "restart", "U1", NOW);
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
}
