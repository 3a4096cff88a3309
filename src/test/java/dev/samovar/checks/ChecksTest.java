package dev.samovar.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.evidence.Dataset;
import dev.samovar.fixture.World;
import dev.samovar.triage.Report;
import dev.samovar.triage.Report.State;
import dev.samovar.triage.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Each check on the real Elasticsearch: what it must catch, a look-alike on which it must stay
 * silent, and too little data, where it must say so.
 */
class ChecksTest {
  private static final int ENOUGH = 400;

  @Nested
  class DataDriftTest {
    @Test
    void found_whenANewValueTakesAShareOfTraffic() {
      Report.Row row =
          new World()
              .predictions(
                  ENOUGH,
                  event -> {
                    if (World.isTrouble(event) && "FR".equals(event.get("ml.features.country"))) {
                      event.put("ml.features.country", "BR");
                    }
                  })
              .ask(CheckId.DATA_DRIFT);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
      assertThat(row.evidence().get(0).subject()).isEqualTo("ml.features.country");
      assertThat(row.evidence().get(0).text()).contains("BR");
    }

    @Test
    void found_whenAFeatureGoesMissing() {
      Report.Row row =
          new World()
              .predictions(
                  ENOUGH,
                  event -> {
                    if (World.isTrouble(event) && event.hashCode() % 5 == 0) {
                      event.remove("ml.features.amount");
                    }
                  })
              .ask(CheckId.DATA_DRIFT);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
      assertThat(row.evidence().get(0).text()).contains("amount").contains("missing");
    }

    @Test
    void clear_whenEveryDayIsLikeThat() {
      // The hour before three is always different: a time of day is no drift.
      Report.Row row =
          new World()
              .predictions(
                  ENOUGH,
                  event -> {
                    if (World.time(event).toString().contains("T14:")) {
                      event.put("ml.features.country", "US");
                    }
                  })
              .ask(CheckId.DATA_DRIFT);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.CLEAR);
    }

    @Test
    void notChecked_whenThereAreFewEvents() {
      Report.Row row =
          new World()
              .predictions(
                  20,
                  event -> event.put("ml.features.country", World.isTrouble(event) ? "BR" : "US"))
              .ask(CheckId.DATA_DRIFT);

      assertThat(row.state()).isEqualTo(State.NOT_CHECKED);
      assertThat(row.reason()).contains("not enough data").contains("50");
      assertThat(row.remedy()).contains("--since");
    }
  }

  @Nested
  class PreprocessingChangeTest {
    @Test
    void found_whenANewVersionLogsAnotherUnit() {
      Report.Row row =
          new World()
              .predictions(ENOUGH, event -> scaled(event, "1.1"))
              .ask(CheckId.PREPROCESSING_CHANGE);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
      assertThat(row.summary()).contains("1.0").contains("1.1").contains("100 times larger");
    }

    @Test
    void found_whenTheUnitChangesSilently() {
      Report.Row row =
          new World()
              .predictions(
                  ENOUGH,
                  event -> {
                    if (World.time(event).isAfter(World.NOW.minus(Duration.ofHours(2)))) {
                      scale(event);
                    }
                  })
              .ask(CheckId.PREPROCESSING_CHANGE);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
      assertThat(row.summary()).contains("amount").contains("100 times larger");
    }

    @Test
    void clear_whenANewVersionChangesNothing() {
      Report.Row row =
          new World()
              .predictions(
                  ENOUGH,
                  event -> {
                    if (World.isTrouble(event)) {
                      event.put("ml.preprocessing.version", "1.1");
                    }
                  })
              .ask(CheckId.PREPROCESSING_CHANGE);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.CLEAR);
    }

    @Test
    void notChecked_whenNothingIsLogged() {
      assertThat(new World().ask(CheckId.PREPROCESSING_CHANGE).state())
          .isEqualTo(State.NOT_CHECKED);
    }

    private void scaled(Map<String, Object> event, String version) {
      if (World.isTrouble(event)) {
        event.put("ml.preprocessing.version", version);
        scale(event);
      }
    }

    private void scale(Map<String, Object> event) {
      event.computeIfPresent("ml.features.amount", (name, amount) -> 100 * (Double) amount);
    }
  }

  @Nested
  class TrainingServingSkewTest {
    @Test
    void found_whenServingIsNotAsTrained() {
      World world = new World().predictions(ENOUGH, event -> {});
      Report.Row row = trained(world, 0.01, 1000).ask(CheckId.TRAINING_SERVING_SKEW);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
      assertThat(row.evidence().get(0).subject()).isEqualTo("ml.features.amount");
    }

    @Test
    void clear_whenServingIsAsTrained() {
      World world = new World().predictions(ENOUGH, event -> {});
      Report.Row row = trained(world, 1, 1000).ask(CheckId.TRAINING_SERVING_SKEW);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.CLEAR);
    }

    @Test
    void notChecked_whenFewRowsAreKept() {
      World world = new World().predictions(ENOUGH, event -> {});
      Report.Row row = trained(world, 0.01, 50).ask(CheckId.TRAINING_SERVING_SKEW);

      assertThat(row.state()).isEqualTo(State.NOT_CHECKED);
      assertThat(row.reason()).contains("50 training rows");
    }

    private World trained(World world, double scale, int rows) {
      List<Map<String, Object>> training = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        Map<String, Object> row = World.event(World.NOW.minus(Duration.ofDays(20)));
        row.put("ml.model.version", "3");
        row.put("ml.features.amount", scale * Math.exp(3 + world.random().nextGaussian()));
        row.put("ml.features.country", List.of("DE", "FR", "US").get(i % 3));
        training.add(row);
      }
      return world.write(Dataset.TRAINING, training.stream());
    }

    private static World logged(double factor) {
      List<Map<String, Object>> rows = new ArrayList<>();
      return new World()
          .predictions(
              ENOUGH,
              event -> {
                String trace = "t" + rows.size();
                event.put("trace.id", trace);
                Map<String, Object> row = World.event(World.time(event));
                row.put("trace.id", trace);
                row.put("ml.model.version", "3");
                row.put(
                    "ml.features.amount",
                    Double.parseDouble(String.valueOf(event.get("ml.features.amount"))) * factor);
                row.put("ml.features.country", event.getOrDefault("ml.features.country", ""));
                rows.add(row);
              })
          .write(Dataset.TRAINING, rows.stream());
    }

    @Test
    void found_whenTheSameRequestHasOtherFeatures() {
      Report.Row row = logged(1.02).ask(CheckId.TRAINING_SERVING_SKEW);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
      assertThat(row.summary()).contains("amount differs in 100 %").doesNotContain("country");
    }

    @Test
    void clear_whenTheSameRequestHasTheSameFeatures() {
      Report.Row row = logged(1.000001).ask(CheckId.TRAINING_SERVING_SKEW);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.CLEAR);
    }
  }

  @Nested
  class StaleModelTest {
    @Test
    void found_whenRunsFailForDays() {
      Report.Row row = runs(4, "failure", 0).ask(CheckId.STALE_MODEL);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
      assertThat(row.evidence().toString()).contains("labels are missing");
    }

    @Test
    void found_whenRunsSucceedOnOldData() {
      assertThat(runs(0, "success", 9).ask(CheckId.STALE_MODEL).state()).isEqualTo(State.FOUND);
    }

    @Test
    void clear_whenOneRunIsALittleLate() {
      Report.Row row = runs(1, "success", 0).ask(CheckId.STALE_MODEL);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.CLEAR);
    }

    @Test
    void notChecked_whenNoRunIsLogged() {
      assertThat(new World().ask(CheckId.STALE_MODEL).state()).isEqualTo(State.NOT_CHECKED);
    }

    private World runs(int lastDays, String lastOutcome, int dataAge) {
      List<Map<String, Object>> runs = new ArrayList<>();
      for (int day = 15; day >= 0; day--) {
        boolean isLast = day < lastDays;
        Map<String, Object> run =
            World.event(World.NOW.minus(Duration.ofDays(day)).minusSeconds(7200));
        run.put("ml.pipeline.name", "m-retrain");
        run.put("ml.pipeline.kind", "training");
        run.put("event.outcome", isLast ? lastOutcome : "success");
        if (isLast && lastOutcome.equals("failure")) {
          run.put("error.message", "labels are missing");
        }
        Duration age =
            Duration.ofHours(3).plus(Duration.ofDays(day <= 8 ? Math.max(0, dataAge - day) : 0));
        run.put("ml.data.newest", World.NOW.minus(Duration.ofDays(day)).minus(age).toString());
        if (!(isLast && lastOutcome.equals("success"))) {
          runs.add(run);
        }
      }
      return new World().write(Dataset.RUN, runs.stream());
    }
  }

  @Nested
  class GpuMemoryTest {
    @Test
    void found_whenTheFrameworkSaysSo() {
      Report.Row row =
          new World()
              .calmLog()
              .lines(
                  12,
                  World.ONSET,
                  "ERROR",
                  "CUDA out of memory. Tried to allocate 1.20 GiB (GPU 0; 23.69 GiB total capacity)")
              .ask(CheckId.GPU_MEMORY);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
      assertThat(row.summary()).contains("gpu-7").contains("12 errors").contains("1.20 GiB");
    }

    @Test
    void clear_whenTheWordsAreOnlyAdviceOrAnotherMemory() {
      Report.Row row =
          new World()
              .calmLog()
              .lines(9, World.ONSET, "INFO", "set max_split_size_mb to avoid CUDA out of memory")
              .lines(9, World.ONSET, "WARN", "to avoid CUDA out of memory lower the batch size")
              .lines(9, World.ONSET, "ERROR", "kubelet set oom_score_adj to 985 for m-service")
              .lines(9, World.ONSET, "ERROR", "java.lang.OutOfMemoryError: Java heap space")
              .ask(CheckId.GPU_MEMORY);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.CLEAR);
    }

    @Test
    void notChecked_whenThereIsNoLog() {
      assertThat(new World().ask(CheckId.GPU_MEMORY).state()).isEqualTo(State.NOT_CHECKED);
    }

    @Test
    void notChecked_andNotAllClear_whenTheLogFellSilent() {
      World world =
          new World()
              .lines(500, World.NOW.minus(Duration.ofDays(2)).minusSeconds(7200), "INFO", "served");

      assertThat(world.ask(CheckId.GPU_MEMORY).state()).isEqualTo(State.NOT_CHECKED);
      assertThat(world.report().verdict()).isEqualTo(Verdict.CANNOT_TELL);
    }
  }

  @Nested
  class ErrorBurstTest {
    @Test
    void found_whenRequestsFail() {
      Report.Row row =
          new World()
              .predictions(
                  ENOUGH,
                  event -> {
                    if (World.isTrouble(event) && event.hashCode() % 6 == 0) {
                      event.put("event.outcome", "failure");
                      event.put("error.type", "KeyError");
                    }
                  })
              .ask(CheckId.ERROR_BURST);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
      assertThat(row.summary()).contains("KeyError");
    }

    @Test
    void found_whenANewPatternAppears() {
      Report.Row row =
          new World()
              .calmLog()
              .lines(40, World.ONSET, "ERROR", "upstream catalogue refused connection 10.0.0.7")
              .ask(CheckId.ERROR_BURST);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
      assertThat(row.evidence().toString()).contains("upstream catalogue refused connection");
    }

    @Test
    void clear_whenTheSameErrorsComeEveryDay() {
      World world = new World().calmLog();
      for (int day = 0; day < 8; day++) {
        world.lines(40, World.ONSET.minus(Duration.ofDays(day)), "ERROR", "cache miss for key 12");
      }

      Report.Row row = world.ask(CheckId.ERROR_BURST);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.CLEAR);
    }

    @Test
    void found_withItsNameInTheCatalogue() {
      Report.Row row =
          new World()
              .calmLog()
              .lines(
                  40,
                  World.ONSET,
                  "ERROR",
                  "CUDA error: no kernel image is available for execution on the device")
              .ask(CheckId.ERROR_BURST);

      assertThat(row.summary()).contains("cuda-driver-mismatch");
    }

    @Test
    void found_whenTheNewErrorIsOneLineInAHundred() {
      World world = new World().calmLog();
      for (int day = 0; day < 8; day++) {
        world.lines(
            3000, World.ONSET.minus(Duration.ofDays(day)), "ERROR", "cache miss for key 12");
      }
      Report.Row row =
          world
              .lines(25, World.ONSET, "ERROR", "tokenizer vocabulary lacks merges table")
              .ask(CheckId.ERROR_BURST);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
      assertThat(row.summary()).contains("tokenizer vocabulary");
    }

    private static World heartbeats(int days, String today) {
      World world = new World().calmLog();
      for (int day = 0; day < 8; day++) {
        Instant from = World.ONSET.minus(Duration.ofDays(day));
        world.lines(60, from, "INFO", "handled a request in 12 ms");
        if (day >= 8 - days) {
          world.lines(40, from, "INFO", "refreshed 420 rows of the exchange rates");
        } else if (!today.isEmpty()) {
          world.lines(40, from, "INFO", today);
        }
      }
      return world;
    }

    @Test
    void found_whenALineThatIsAlwaysThereIsMissing() {
      Report.Row row = heartbeats(7, "").ask(CheckId.ERROR_BURST);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
      assertThat(row.summary()).contains("refreshed 420 rows").contains("missing");
    }

    @Test
    void clear_whenALineWasReworded() {
      Report.Row row = heartbeats(7, "exchange rates are up to date now").ask(CheckId.ERROR_BURST);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.CLEAR);
    }

    @Test
    void notChecked_whenNeitherOutcomesNorLevelsAreLogged() {
      Report.Row row =
          new World()
              .predictions(50, event -> event.remove("event.outcome"))
              .ask(CheckId.ERROR_BURST);

      assertThat(row.state()).isEqualTo(State.NOT_CHECKED);
      assertThat(row.remedy()).contains("log.level");
    }
  }

  @Nested
  class PredictionShiftTest {
    @Test
    void found_whenScoresFreeze() {
      Report.Row row =
          new World()
              .predictions(
                  ENOUGH,
                  event -> {
                    if (World.isTrouble(event) && event.hashCode() % 3 != 0) {
                      event.put("ml.prediction.score", 0.5);
                    }
                  })
              .ask(CheckId.PREDICTION_SHIFT);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
      assertThat(row.summary()).contains("frozen").contains("0.5");
    }

    @Test
    void clear_whenFailedRequestsHaveNoScore() {
      Report.Row row =
          new World()
              .predictions(
                  ENOUGH,
                  event -> {
                    if (World.isTrouble(event) && event.hashCode() % 4 == 0) {
                      event.put("event.outcome", "failure");
                      event.remove("ml.prediction.score");
                    }
                  })
              .ask(CheckId.PREDICTION_SHIFT);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.CLEAR);
    }

    @Test
    void notChecked_whenThereAreFewPredictions() {
      assertThat(new World().predictions(10, event -> {}).ask(CheckId.PREDICTION_SHIFT).reason())
          .contains("not enough data");
    }
  }

  @Nested
  class RecentChangesTest {
    @Test
    void found_whenAChangeCameJustBefore() {
      Report.Row row = changed(Duration.ofMinutes(-5), true).ask(CheckId.RECENT_CHANGES);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
      assertThat(row.summary()).contains("batch_size");
    }

    @Test
    void clear_whenTheChangeCameAfterTheTrouble() {
      Report.Row row = changed(Duration.ofMinutes(25), true).ask(CheckId.RECENT_CHANGES);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.CLEAR);
    }

    @Test
    void clear_whenNothingWentWrongAfterIt() {
      Report.Row row = changed(Duration.ofMinutes(-5), false).ask(CheckId.RECENT_CHANGES);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.CLEAR);
    }

    @Test
    void notChecked_whenNobodyRecordsChanges() {
      World world = new World();
      assertThat(world.ask(CheckId.RECENT_CHANGES).state()).isEqualTo(State.NOT_CHECKED);
    }

    private World changed(Duration afterOnset, boolean goesWrong) {
      Map<String, Object> change = World.event(World.ONSET.plus(afterOnset));
      change.put("ml.change.kind", "config");
      change.put("ml.change.component", "m-service");
      change.put("ml.change.summary", "batch_size 8 to 32");
      World world = new World().write(Dataset.CHANGE, Stream.of(change));
      return world.predictions(
          ENOUGH,
          event -> {
            if (goesWrong && World.isTrouble(event) && event.hashCode() % 4 == 0) {
              event.put("event.outcome", "failure");
              event.put("error.type", "Timeout");
            }
          });
    }
  }
}
