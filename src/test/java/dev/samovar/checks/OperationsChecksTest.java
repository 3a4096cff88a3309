package dev.samovar.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.evidence.Dataset;
import dev.samovar.fixture.World;
import dev.samovar.triage.Report;
import dev.samovar.triage.Report.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Of each check: what it must catch, what only looks like it, and too little to tell. */
class OperationsChecksTest {
  private static final int ENOUGH = 400;

  private static void is(State state, Report.Row row) {
    assertThat(row.state()).as(row.summary() + row.reason()).isEqualTo(state);
  }

  private static boolean isHost(Map<String, Object> event, String host) {
    return host.equals(event.get("host.name"));
  }

  @Nested
  class ValidationGapTest {
    /** A country that no rule rejects and that the model fails on. */
    private World zeros(double share) {
      Random random = new Random(4);
      return new World()
          .predictions(
              ENOUGH,
              event -> {
                event.put("ml.validation.outcome", "passed");
                if (World.isTrouble(event) && random.nextDouble() < share) {
                  event.put("ml.features.amount", 0.0);
                  event.put("event.outcome", "failure");
                  event.put("error.type", "ZeroDivisionError");
                }
              });
    }

    @Test
    void found_withTheRuleThatWouldHaveCaughtIt() {
      Report.Row row = zeros(0.2).ask(CheckId.VALIDATION_GAP);

      is(State.FOUND, row);
      assertThat(row.summary()).contains("amount");
    }

    @Test
    void clear_whenFailuresAreOfAllKindsOfRequests() {
      Random random = new Random(4);
      Report.Row row =
          new World()
              .predictions(
                  ENOUGH,
                  event -> {
                    event.put("ml.validation.outcome", "passed");
                    if (World.isTrouble(event) && random.nextDouble() < 0.2) {
                      event.put("event.outcome", "failure");
                    }
                  })
              .ask(CheckId.VALIDATION_GAP);

      is(State.CLEAR, row);
    }

    @Test
    void notChecked_whenThereAreHardlyAnyPredictions() {
      is(
          State.NOT_CHECKED,
          new World()
              .predictions(1, event -> event.put("ml.validation.outcome", "passed"))
              .ask(CheckId.VALIDATION_GAP));
    }
  }

  /** Hourly runs of a feature pipeline, twenty days of them. */
  private static World runs(UnaryOperator<Map<String, Object>> change) {
    Random random = new Random(8);
    List<Map<String, Object>> runs = new ArrayList<>();
    for (int hour = 20 * 24; hour > 0; hour--) {
      Instant at = World.NOW.minus(Duration.ofHours(hour)).plus(Duration.ofMinutes(20));
      Map<String, Object> run = World.event(at);
      run.put("ml.pipeline.name", "m-features");
      run.put("ml.pipeline.kind", "features");
      run.put("ml.pipeline.run_id", "r" + hour);
      run.put("event.outcome", "success");
      run.put("event.duration", (long) (3e11 * (0.9 + 0.2 * random.nextDouble())));
      run.put("ml.data.rows", (long) (50_000 * (0.95 + 0.1 * random.nextDouble())));
      Map<String, Object> kept = change.apply(run);
      if (!kept.isEmpty()) {
        runs.add(kept);
      }
    }
    return new World().predictions(ENOUGH, event -> {}).write(Dataset.RUN, runs.stream());
  }

  private static boolean isLate(Map<String, Object> event) {
    return World.time(event).isAfter(World.NOW.minus(Duration.ofHours(3)));
  }

  @Nested
  class BrokenPipelineTest {
    @Test
    void found_whenRunsFail() {
      Report.Row row =
          runs(run -> {
                if (isLate(run)) {
                  run.put("event.outcome", "failure");
                  run.put("error.message", "relation \"rates\" does not exist");
                }
                return run;
              })
              .ask(CheckId.BROKEN_PIPELINE);

      is(State.FOUND, row);
      assertThat(row.summary() + row.evidence()).contains("m-features").contains("rates");
    }

    @Test
    void found_whenItStopped() {
      is(
          State.FOUND,
          runs(run ->
                  World.time(run).isAfter(World.NOW.minus(Duration.ofHours(6))) ? Map.of() : run)
              .ask(CheckId.BROKEN_PIPELINE));
    }

    @Test
    void found_whenItSucceedsOnNothing() {
      is(
          State.FOUND,
          runs(run -> {
                if (isLate(run)) {
                  run.put("ml.data.rows", 0L);
                }
                return run;
              })
              .ask(CheckId.BROKEN_PIPELINE));
    }

    @Test
    void found_whenAFeatureIsMissing() {
      Random random = new Random(2);
      Report.Row row =
          new World()
              .predictions(
                  ENOUGH,
                  event -> {
                    if (World.isTrouble(event) && random.nextDouble() < 0.3) {
                      event.remove("ml.features.country");
                    }
                  })
              .ask(CheckId.BROKEN_PIPELINE);

      is(State.FOUND, row);
      assertThat(row.summary()).contains("country");
    }

    @Test
    void clear_whenOneRunFailedAndTheNextWentWell() {
      is(
          State.CLEAR,
          runs(run -> {
                if ("r9".equals(run.get("ml.pipeline.run_id"))) {
                  run.put("event.outcome", "failure");
                }
                return run;
              })
              .ask(CheckId.BROKEN_PIPELINE));
    }

    @Test
    void notChecked_whenNothingOfPipelinesIsKnown() {
      is(
          State.NOT_CHECKED,
          new World().lines(5, World.ONSET, "INFO", "hello").ask(CheckId.BROKEN_PIPELINE));
    }
  }

  @Nested
  class HostResourcesTest {
    @Test
    void found_whenTheKernelKills() {
      Report.Row row =
          new World()
              .calmLog()
              .lines(
                  6,
                  World.ONSET,
                  "WARN",
                  "Memory cgroup out of memory: Killed process 4242 (python) total-vm:9000kB")
              .ask(CheckId.HOST_RESOURCES);

      is(State.FOUND, row);
      assertThat(row.summary()).contains("memory");
    }

    @Test
    void found_whenTheDriverReportsAnXid() {
      Report.Row row =
          new World()
              .calmLog()
              .lines(
                  3,
                  World.ONSET,
                  "ERROR",
                  "NVRM: Xid (PCI:0000:3b:00): 79, pid=1, GPU has fallen off the bus.")
              .ask(CheckId.HOST_RESOURCES);

      is(State.FOUND, row);
      assertThat(row.summary()).contains("GPU");
    }

    private World kernel(String host) {
      Map<String, Object> line = World.event(World.ONSET);
      line.put("service.name", "kernel");
      line.put("host.name", host);
      line.put("log.level", "ERROR");
      line.put("message", "Out of memory: Killed process 77 (python) total-vm:123kB");
      return new World().calmLog().write(Dataset.APPLICATION, Stream.of(line));
    }

    @Test
    void found_whenTheKernelOfItsHostSaysSoUnderItsOwnName() {
      is(State.FOUND, kernel("gpu-7").ask(CheckId.HOST_RESOURCES));
    }

    @Test
    void clear_whenItIsTheKernelOfAnotherHost() {
      is(State.CLEAR, kernel("gpu-8").ask(CheckId.HOST_RESOURCES));
    }

    @Test
    void clear_whenTheWordsOnlyAdvise() {
      is(
          State.CLEAR,
          new World()
              .calmLog()
              .lines(30, World.ONSET, "INFO", "oom_score_adj set to -999 for the server process")
              .lines(30, World.ONSET, "INFO", "DiskPressure False: no disk pressure")
              .ask(CheckId.HOST_RESOURCES));
    }

    @Test
    void notChecked_whenNothingIsLogged() {
      is(State.NOT_CHECKED, new World().predictions(5, event -> {}).ask(CheckId.HOST_RESOURCES));
    }
  }

  private static Map<String, Object> environment(
      String stage, String host, Duration ago, Map<String, String> packages) {
    Map<String, Object> event = World.event(World.NOW.minus(ago));
    event.put("ml.stage", stage);
    event.put("host.name", host);
    event.put("ml.environment.packages", packages);
    event.put("ml.environment.python", "3.11.9");
    return event;
  }

  @Nested
  class DependencyDriftTest {
    private Report.Row ask(Map<String, String> training, Map<String, String> serving) {
      World world = new World().predictions(50, event -> {});
      world.write(
          Dataset.ENVIRONMENT,
          List.of(
              environment("training", "trainer", Duration.ofHours(20), training),
              environment("serving", "a", Duration.ofHours(2), serving),
              environment("serving", "b", Duration.ofHours(2), serving))
              .stream());
      return world.ask(CheckId.DEPENDENCY_DRIFT);
    }

    @Test
    void found_whenPickleCrossesVersions() {
      Report.Row row =
          ask(
              Map.of("scikit-learn", "1.2.2", "numpy", "1.26.4"),
              Map.of("scikit-learn", "1.5.0", "numpy", "1.26.4"));

      is(State.FOUND, row);
      assertThat(row.summary()).contains("scikit-learn").contains("1.2.2").contains("1.5.0");
    }

    @Test
    void clear_whenOnlyTheHttpClientDiffers() {
      is(
          State.CLEAR,
          ask(
              Map.of("torch", "2.3.1", "requests", "2.31.0"),
              Map.of("torch", "2.3.1", "requests", "2.32.3")));
    }

    @Test
    void notChecked_whenNoEnvironmentIsLogged() {
      is(State.NOT_CHECKED, new World().predictions(50, event -> {}).ask(CheckId.DEPENDENCY_DRIFT));
    }
  }

  @Nested
  class UnversionedArtifactsTest {
    @Test
    void found_whenTheVersionIsLatest() {
      Report.Row row =
          new World()
              .predictions(
                  ENOUGH,
                  event -> {
                    if (World.isTrouble(event)) {
                      event.put("ml.model.version", "latest");
                    }
                  })
              .ask(CheckId.UNVERSIONED_ARTIFACTS);

      is(State.FOUND, row);
      assertThat(row.summary()).contains("latest");
    }

    @Test
    void clear_whenOneVersionServes() {
      is(
          State.CLEAR,
          new World().predictions(ENOUGH, event -> {}).ask(CheckId.UNVERSIONED_ARTIFACTS));
    }

    @Test
    void notChecked_whenNoVersionIsLogged() {
      is(
          State.NOT_CHECKED,
          new World()
              .predictions(50, event -> event.remove("ml.model.version"))
              .ask(CheckId.UNVERSIONED_ARTIFACTS));
    }
  }

  /** Evaluations on validation data each night and in production each hour. */
  private static World evaluated(
      double validation, double today, double production, double lately) {
    Random random = new Random(6);
    List<Map<String, Object>> events = new ArrayList<>();
    for (int hour = 9 * 24; hour > 0; hour--) {
      Instant at = World.NOW.minus(Duration.ofHours(hour)).plus(Duration.ofMinutes(30));
      boolean night = hour % 24 == 5;
      for (String on : night ? List.of("validation", "production") : List.of("production")) {
        Map<String, Object> event = World.event(at);
        event.put("ml.model.version", "3");
        event.put("ml.quality.on", on);
        event.put("ml.quality.rows", 2000L);
        event.put("ml.quality.from", at.minus(Duration.ofHours(1)).toString());
        event.put("ml.quality.to", at.toString());
        double level =
            on.equals("validation")
                ? hour < 24 ? today : validation
                : hour < 4 ? lately : production;
        event.put("ml.metrics.auc", Math.min(1, level + 0.004 * random.nextGaussian()));
        events.add(event);
      }
    }
    return new World().predictions(50, event -> {}).write(Dataset.QUALITY, events.stream());
  }

  @Nested
  class TooGoodToBeTrueTest {
    @Test
    void found_whenValidationJumpsToNearlyOne() {
      is(State.FOUND, evaluated(0.81, 0.998, 0.8, 0.8).ask(CheckId.TOO_GOOD_TO_BE_TRUE));
    }

    @Test
    void clear_whenItGotALittleBetter() {
      is(State.CLEAR, evaluated(0.81, 0.82, 0.8, 0.8).ask(CheckId.TOO_GOOD_TO_BE_TRUE));
    }

    @Test
    void notChecked_whenNobodyEvaluates() {
      is(
          State.NOT_CHECKED,
          new World().predictions(50, event -> {}).ask(CheckId.TOO_GOOD_TO_BE_TRUE));
    }
  }

  @Nested
  class ModelQualityTest {
    @Test
    void found_whenItFell() {
      Report.Row row = evaluated(0.81, 0.81, 0.8, 0.68).ask(CheckId.MODEL_QUALITY);

      is(State.FOUND, row);
      assertThat(row.summary()).contains("auc");
    }

    @Test
    void clear_whenItIsAsNoisyAsEver() {
      is(State.CLEAR, evaluated(0.81, 0.81, 0.8, 0.8).ask(CheckId.MODEL_QUALITY));
    }

    @Test
    void notChecked_whenLabelsHaveNotCome() {
      is(State.NOT_CHECKED, new World().predictions(50, event -> {}).ask(CheckId.MODEL_QUALITY));
    }
  }

  @Nested
  class ServingHealthTest {
    private World timed(Consumer<Map<String, Object>> change) {
      Random random = new Random(3);
      return new World()
          .predictions(
              ENOUGH,
              event -> {
                event.put("event.duration", (long) (4e7 * Math.exp(0.3 * random.nextGaussian())));
                change.accept(event);
              });
    }

    @Test
    void found_whenRequestsAreSlow() {
      Report.Row row =
          timed(
                  event -> {
                    if (World.isTrouble(event)) {
                      event.merge("event.duration", 6L, (was, times) -> (long) was * (long) times);
                    }
                  })
              .ask(CheckId.SERVING_HEALTH);

      is(State.FOUND, row);
    }

    @Test
    void clear_whenLatencyIsAsItWas() {
      is(State.CLEAR, timed(event -> {}).ask(CheckId.SERVING_HEALTH));
    }

    @Test
    void notChecked_whenThereIsHardlyTraffic() {
      is(
          State.NOT_CHECKED,
          new World()
              .predictions(1, event -> event.put("event.duration", 40_000_000L))
              .ask(CheckId.SERVING_HEALTH));
    }
  }

  @Nested
  class LoggingGapTest {
    private World replicas(UnaryOperator<Map<String, Object>> change) {
      Random random = new Random(3);
      List<Map<String, Object>> events = new ArrayList<>();
      for (int day = 8; day >= 0; day--) {
        Instant end = World.NOW.minus(Duration.ofDays(day));
        for (int i = 0; i < 4 * ENOUGH; i++) {
          Map<String, Object> event = World.event(end.minusMillis(1 + 9_000L * i));
          event.put("ml.prediction.score", random.nextDouble());
          event.put("ml.model.version", "3");
          event.put("event.outcome", "success");
          event.put("host.name", i % 2 == 0 ? "a" : "b");
          event.put("trace.id", day + "-" + i);
          Map<String, Object> kept = change.apply(event);
          if (!kept.isEmpty()) {
            events.add(kept);
          }
        }
      }
      return new World().write(Dataset.INFERENCE, events.stream());
    }

    @Test
    void found_whenAReplicaIsMute() {
      Report.Row row =
          replicas(event -> World.isTrouble(event) && isHost(event, "b") ? Map.of() : event)
              .ask(CheckId.LOGGING_GAP);

      is(State.FOUND, row);
      assertThat(row.summary()).containsIgnoringCase("b stopped");
    }

    @Test
    void found_whenEventsAreWrittenTwice() {
      List<Map<String, Object>> again = new ArrayList<>();
      World world =
          replicas(
              event -> {
                if (World.isTrouble(event)) {
                  again.add(new LinkedHashMap<>(event));
                }
                return event;
              });
      Report.Row row = world.write(Dataset.INFERENCE, again.stream()).ask(CheckId.LOGGING_GAP);

      is(State.FOUND, row);
      assertThat(row.summary()).contains("more than once");
    }

    @Test
    void found_whenEventsComeLate() {
      Report.Row row =
          replicas(
                  event -> {
                    Duration late = Duration.ofSeconds(World.isTrouble(event) ? 1500 : 2);
                    event.put("event.ingested", World.time(event).plus(late).toString());
                    return event;
                  })
              .ask(CheckId.LOGGING_GAP);

      is(State.FOUND, row);
      assertThat(row.summary()).contains("25 min");
    }

    @Test
    void clear_whenAllIsLogged() {
      is(State.CLEAR, replicas(event -> event).ask(CheckId.LOGGING_GAP));
    }

    @Test
    void notChecked_whenNothingWasEverLogged() {
      is(State.NOT_CHECKED, new World().ask(CheckId.LOGGING_GAP));
    }
  }
}
