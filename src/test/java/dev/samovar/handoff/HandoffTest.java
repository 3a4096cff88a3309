package dev.samovar.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.checks.CheckId;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.incidents.IncidentsInMemory;
import dev.samovar.report.Format;
import dev.samovar.slack.SampleReport;
import dev.samovar.triage.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HandoffTest {
  private static final Path GOLDEN = Path.of("src/test/resources/dev/samovar/handoff");

  @Test
  void three_lines_whenNothingHappened() {
    String text = Format.TEXT.render(SampleHandoff.quiet(), List.of());

    assertThat(text.lines().skip(2))
        .containsExactly(
            "  Nothing happened from Wed 20 May 09:00 CEST to 18:00 CEST: no incidents, no"
                + " changes.",
            "  Both models are well. Nothing is about to need attention.",
            "  Next: U0SEATTLE from Wed 20 May 18:00 CEST, 09:00 PDT.");
    assertThat(Outline.of(SampleHandoff.quiet(), List.of()).lead()).hasSize(3);
    assertThat(Outline.of(SampleHandoff.quiet(), List.of()).parts()).isEmpty();
  }

  @Test
  void a_note_makes_a_quiet_shift_worth_more_than_three_lines() {
    assertThat(Outline.of(SampleHandoff.quiet(), SampleHandoff.notes("x")).parts())
        .extracting(Outline.Part::heading)
        .containsExactly("Notes", "Models now");
  }

  @Test
  void the_sentence_and_the_first_thing_say_what_matters() {
    Handoff handoff = SampleHandoff.busy("x");

    assertThat(handoff.sentence())
        .isEqualTo(
            "3 incidents began; 1 was resolved; 2 are open, 1 of them with nobody on it; 1 change"
                + " went out; fraud-scorer, eta-model are unwell now.");
    assertThat(handoff.first())
        .isEqualTo("fraud-scorer: nobody is on its incident: the preprocessing changed x");
  }

  @Test
  void open_incidents_have_owner_and_next_step() {
    Handoff handoff = SampleHandoff.busy("x");

    assertThat(handoff.open()).extracting(Handoff.Open::id).containsExactly("i-alone", "i-owned");
    assertThat(handoff.open().get(0).next()).startsWith("nobody is on it: take it, then: ");
    assertThat(handoff.open().get(1).owner()).contains("U0BERLIN");
  }

  @Test
  void what_was_resolved_before_the_shift_is_not_told_but_counts_as_noise() {
    Handoff handoff = SampleHandoff.busy("x");

    assertThat(handoff.resolved())
        .singleElement()
        .matches(one -> one.id().equals("i-over") && one.isConfirmed())
        .matches(
            one -> one.at().equals(SampleHandoff.END.minus(Duration.ofHours(5)).plusSeconds(120)),
            "over when it was resolved, whatever was said of it later")
        .matches(one -> one.wasIt().equals(Optional.of(CheckId.PREPROCESSING_CHANGE)));
    assertThat(handoff.noisy()).containsExactly(new Handoff.Noise(CheckId.GPU_MEMORY, 0, 2, 0));
  }

  @Test
  void feedback_of_others_is_unread_until_the_owner_does_something() {
    assertThat(SampleHandoff.busy("x").feedback())
        .singleElement()
        .matches(one -> one.id().equals("i-alone") && one.who().equals("U7"));
  }

  @Test
  void a_change_that_concerns_several_models_is_told_once() {
    assertThat(SampleHandoff.busy("x").changes())
        .singleElement()
        .matches(one -> one.models().equals(List.of("fraud-scorer", "eta-model")));
  }

  /** With {@code SAMOVAR_GOLDEN=write} the files are written anew, to be read before committing. */
  @Test
  void every_form_looks_as_it_did() throws IOException {
    for (Format format : Format.values()) {
      String rendered =
          format.render(
              SampleHandoff.busy(SampleReport.HOSTILE), SampleHandoff.notes(SampleReport.HOSTILE));
      Path file = GOLDEN.resolve("handoff." + format.name().toLowerCase(Locale.ROOT));
      if ("write".equals(System.getenv("SAMOVAR_GOLDEN"))) {
        Files.createDirectories(GOLDEN);
        Files.writeString(file, rendered);
      }
      assertThat(rendered).as(format.name()).isEqualTo(Files.readString(file));
    }
  }

  @Test
  void hostile_words_stay_words() throws IOException {
    String hostile = "<script>alert(1)</script> **x** [y](http://z) \u001b[31m";
    Handoff handoff = SampleHandoff.busy(hostile);

    assertThat(Format.HTML.render(handoff, SampleHandoff.notes(hostile))).doesNotContain("<script");
    assertThat(Format.MARKDOWN.render(handoff, SampleHandoff.notes(hostile)))
        .doesNotContain("[y](http")
        .doesNotContainPattern("(?<!\\\\)<script");
    assertThat(Format.TEXT.render(handoff, SampleHandoff.notes(hostile))).doesNotContain("\u001b");
    JsonNode json = new ObjectMapper().readTree(Format.JSON.render(handoff, List.of()));
    assertThat(json.get("schema").asText()).isEqualTo("samovar.handoff/1");
    assertThat(json.at("/open/0/headline").asText())
        .isEqualTo("the preprocessing changed " + hostile);
  }

  @Test
  void looks_are_bounded_in_number_and_time() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    ExecutorService workers = Executors.newFixedThreadPool(60);
    try {
      Gathering gathering =
          new Gathering(
              (request, progress) -> {
                if (request.model().name().equals("m0")) {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }
                return SampleHandoff.report(request.model().name(), Verdict.ALL_CLEAR, "well");
              },
              new Outlook(
                  (id, budget) -> {
                    throw new IllegalStateException("never opened");
                  }) {
                @Override
                List<dev.samovar.checks.Change> changes(
                    Model model,
                    Window shift,
                    java.util.function.Consumer<dev.samovar.evidence.EvidenceException> silence) {
                  return List.of();
                }

                @Override
                List<dev.samovar.checks.Forecast> forecasts(
                    Model model,
                    Window shift,
                    java.util.function.Consumer<dev.samovar.evidence.EvidenceException> silence) {
                  return List.of();
                }
              },
              workers,
              Duration.ofMillis(500));
      List<Model> models = IntStream.range(0, 40).mapToObj(i -> Model.named("m" + i)).toList();
      List<Look> looks =
          gathering.looks(models, new Window(Instant.EPOCH, Instant.EPOCH.plusSeconds(60)));

      assertThat(looks).hasSize(Gathering.MOST_MODELS);
      assertThat(looks.get(0).report()).isEmpty();
      assertThat(looks.get(1).report()).isPresent();
    } finally {
      never.countDown();
      workers.shutdownNow();
    }
  }

  @Test
  void incidents_of_other_teams_are_not_told() {
    IncidentsInMemory incidents = new IncidentsInMemory(5);
    incidents.open(
        SampleHandoff.incident("i1", "other-model", SampleHandoff.END.minusSeconds(60), "broken"));
    Handoff handoff =
        new Composition(
                SampleHandoff.duty("fraud-scorer"),
                SampleHandoff.changeover(),
                incidents.open(),
                incidents.since(Instant.EPOCH),
                List.of(SampleHandoff.look("fraud-scorer", Verdict.ALL_CLEAR, "well")),
                SampleHandoff.runbooks())
            .compose(List.of());

    assertThat(handoff.isQuiet()).isTrue();
  }
}
