package dev.samovar.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.evidence.Dataset;
import dev.samovar.fixture.World;
import dev.samovar.triage.Report;
import dev.samovar.triage.Report.State;
import dev.samovar.triage.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Causes that are easily taken for one another, and quiet days that are easily taken for a cause,
 * on the real Elasticsearch.
 */
class LookAlikesTest {
  private static final int ENOUGH = 400;

  /** Thirty predictions an hour: sixty in the window, thirty of them in trouble. */
  private static final int LITTLE = 30;

  private static List<CheckId> causes(Report report) {
    return report.causes().stream().map(Report.Cause::check).toList();
  }

  private static void scale(Map<String, Object> event) {
    event.computeIfPresent("ml.features.amount", (name, amount) -> 100 * (Double) amount);
  }

  @Nested
  class LittleTraffic {
    @Test
    void found_whenFewEventsAreAllDifferent() {
      Report report =
          new World()
              .predictions(
                  LITTLE,
                  event -> {
                    if (World.isTrouble(event)) {
                      event.put("ml.preprocessing.version", "1.1");
                      scale(event);
                    }
                  })
              .report();

      assertThat(report.verdict()).as(report.headline()).isEqualTo(Verdict.CAUSE_FOUND);
      assertThat(causes(report)).first().isEqualTo(CheckId.PREPROCESSING_CHANGE);
    }

    @Test
    void found_whenANewVersionServesHardlyAnybody() {
      Random random = new Random(3);
      Report.Row row =
          new World()
              .predictions(
                  LITTLE,
                  event -> {
                    if (World.isTrouble(event) && random.nextDouble() < 0.7) {
                      event.put("ml.preprocessing.version", "1.1");
                      scale(event);
                    }
                  })
              .ask(CheckId.PREPROCESSING_CHANGE);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
    }

    @Test
    void allClear_whenNothingHappens() {
      Report report = new World().calmLog().predictions(LITTLE, event -> {}).report();

      assertThat(report.verdict()).as(report.headline()).isEqualTo(Verdict.ALL_CLEAR);
    }
  }

  @Nested
  class TheHour {
    private void withHour(Map<String, Object> event) {
      event.put("ml.features.hour", World.time(event).atZone(ZoneOffset.UTC).getHour());
    }

    @Test
    void allClear_whenANewPreprocessingVersionOnlySawTheLastHour() {
      Report report =
          new World()
              .calmLog()
              .predictions(
                  ENOUGH,
                  event -> {
                    withHour(event);
                    if (World.isTrouble(event)) {
                      event.put("ml.preprocessing.version", "1.1");
                    }
                  })
              .report();

      assertThat(report.verdict()).as(report.headline()).isEqualTo(Verdict.ALL_CLEAR);
    }

    @Test
    void found_whenThePipelineDeliversLittleForThisHour() {
      // By night it always delivers a fifth, so only the same hour of other days tells.
      List<Map<String, Object>> runs = new ArrayList<>();
      for (int hour = 8 * 24; hour > 0; hour--) {
        Instant at = World.NOW.minus(Duration.ofHours(hour)).plus(Duration.ofMinutes(20));
        boolean isNight = at.atZone(ZoneOffset.UTC).getHour() < 10;
        Map<String, Object> run = World.event(at);
        run.put("ml.pipeline.name", "m-features");
        run.put("ml.pipeline.kind", "preprocessing");
        run.put("event.outcome", "success");
        run.put("ml.data.rows", hour <= 2 || isNight ? 10_000L + hour : 50_000L + hour);
        runs.add(run);
      }
      Report.Row row =
          new World()
              .predictions(ENOUGH, event -> {})
              .write(Dataset.RUN, runs.stream())
              .ask(CheckId.BROKEN_PIPELINE);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
      assertThat(row.summary()).contains("delivered only");
    }
  }

  @Nested
  class NewValues {
    @Test
    void anEdgeCaseComesBeforeADrift() {
      Random random = new Random(5);
      Report report =
          new World()
              .predictions(
                  ENOUGH,
                  event -> {
                    event.put("ml.validation.outcome", "pass");
                    if (World.isTrouble(event) && random.nextDouble() < 0.4) {
                      event.put("ml.features.country", "BR");
                    }
                  })
              .report();

      assertThat(causes(report)).startsWith(CheckId.VALIDATION_GAP).contains(CheckId.DATA_DRIFT);
    }
  }

  @Nested
  class Releases {
    /** A version that came with the trouble, on some of the traffic; its rows are scaled. */
    private World released(double share, double scale) {
      Random random = new Random(9);
      World world =
          new World()
              .predictions(
                  ENOUGH,
                  event -> {
                    if (World.isTrouble(event) && random.nextDouble() < share) {
                      event.put("ml.model.version", "4");
                      event.put("ml.prediction.score", random.nextDouble() / 4);
                    }
                  });
      List<Map<String, Object>> rows = new ArrayList<>();
      for (String version : List.of("3", "4")) {
        for (int i = 0; i < 1000; i++) {
          Map<String, Object> row = World.event(World.NOW.minus(Duration.ofDays(2)));
          row.put("ml.model.version", version);
          row.put(
              "ml.features.amount",
              (version.equals("4") ? scale : 1) * Math.exp(3 + world.random().nextGaussian()));
          row.put("ml.features.country", List.of("DE", "FR", "US").get(i % 3));
          rows.add(row);
        }
      }
      Map<String, Object> change = World.event(World.ONSET.minusSeconds(60));
      change.put("ml.change.kind", "model");
      change.put("ml.change.component", "m-service");
      change.put("ml.change.to", "4");
      return world.write(Dataset.TRAINING, rows.stream()).write(Dataset.CHANGE, Stream.of(change));
    }

    @Test
    void aSkewOfTheReleasedModelComesBeforeItsRelease() {
      assertThat(causes(released(1, 0.01).report()))
          .startsWith(CheckId.TRAINING_SERVING_SKEW)
          .contains(CheckId.RECENT_CHANGES);
    }

    @Test
    void theReleaseIsBlamed_whenItWasTrainedOnWhatItServes() {
      assertThat(causes(released(1, 1).report())).startsWith(CheckId.RECENT_CHANGES);
    }

    @Test
    void skewIsFound_whenTheOtherVersionServesMost() {
      Report.Row row = released(0.35, 0.01).ask(CheckId.TRAINING_SERVING_SKEW);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
      assertThat(row.summary()).contains("version 4");
    }

    @Test
    void clear_whenARolloutOfTwentyMinutesAgoIsOver() {
      Report.Row row =
          new World()
              .predictions(
                  ENOUGH,
                  event -> {
                    if (World.time(event).isAfter(World.NOW.minus(Duration.ofMinutes(20)))) {
                      event.put("ml.model.version", "4");
                    }
                  })
              .ask(CheckId.UNVERSIONED_ARTIFACTS);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.CLEAR);
    }
  }

  @Nested
  class OldChanges {
    private static Map<String, Object> change(Duration gap, String kind, String component) {
      Map<String, Object> change = World.event(World.ONSET.minus(gap));
      change.put("ml.change.kind", kind);
      change.put("ml.change.component", component);
      change.remove("ml.model.name");
      return change;
    }

    private Report after(Duration gap, String kind, String component) {
      return after(Stream.of(change(gap, kind, component)));
    }

    private Report after(Stream<Map<String, Object>> changes) {
      Random random = new Random(2);
      return new World()
          .predictions(
              ENOUGH,
              event -> {
                if (World.isTrouble(event)) {
                  event.put("ml.prediction.score", Math.sqrt(Math.sqrt(random.nextDouble())));
                }
              })
          .write(Dataset.CHANGE, changes)
          .report();
    }

    @Test
    void causeFound_amongHundredsOfChangesOfOthers() {
      Stream<Map<String, Object>> foreign =
          IntStream.range(0, 500)
              .mapToObj(
                  i -> {
                    Map<String, Object> change =
                        change(Duration.ofSeconds(10L * i - 2500), "code", "checkout-" + i);
                    if (i % 2 == 0) {
                      change.put("ml.model.name", "another");
                    }
                    return change;
                  });
      Stream<Map<String, Object>> flags =
          IntStream.range(0, 300)
              .mapToObj(
                  i -> change(Duration.ofSeconds(-1200 - 5L * i), "feature-flag", "banner-" + i));
      Report report =
          after(
              Stream.concat(
                  Stream.of(change(Duration.ofMinutes(4), "config", "m-service")),
                  Stream.concat(foreign, flags)));

      assertThat(report.row(CheckId.RECENT_CHANGES).summary()).contains("config of m-service");
      assertThat(causes(report)).startsWith(CheckId.RECENT_CHANGES);
      assertThat(report.changes()).noneMatch(change -> change.component().startsWith("checkout"));
    }

    @Test
    void aShortRevisionInThePredictionsIsTheOneThatWasDeployed() {
      Map<String, Object> deployed = change(Duration.ofMinutes(4), "code", "m-service");
      deployed.put("ml.change.to", "99D03678b90d914dbb1b109132516d71a4a03ea8");
      Report report =
          new World()
              .predictions(
                  LITTLE,
                  event ->
                      event.put("service.version", World.isTrouble(event) ? "99d03678" : "a91957a"))
              .write(Dataset.CHANGE, Stream.of(deployed))
              .report();

      assertThat(report.changes()).hasSize(1);
    }

    @Test
    void symptomsOnly_whenSomebodyElseChangedSomethingHoursBefore() {
      Report report = after(Duration.ofHours(5), "infrastructure", "edge-proxy");

      assertThat(report.verdict()).as(report.headline()).isEqualTo(Verdict.SYMPTOMS_ONLY);
    }

    @Test
    void causeFound_whenItsOwnConfigChangedJustBefore() {
      assertThat(causes(after(Duration.ofMinutes(4), "config", "m-service")))
          .startsWith(CheckId.RECENT_CHANGES);
    }
  }

  @Nested
  class Throttling {
    /** Counters of CPU periods, of which most are throttled from a moment on. */
    private World throttled(Duration lately) {
      List<Map<String, Object>> samples = new ArrayList<>();
      double throttled = 0;
      for (int minutes = 12 * 60; minutes > 0; minutes -= 2) {
        Instant at = World.NOW.minus(Duration.ofMinutes(minutes));
        throttled += at.isAfter(World.NOW.minus(lately)) ? 1000 : 10;
        samples.add(sample(at, "container_cpu_cfs_throttled_periods_total", throttled));
        samples.add(sample(at, "container_cpu_cfs_periods_total", 1200.0 * (720 - minutes) / 2));
      }
      return new World().predictions(ENOUGH, event -> {}).write(Dataset.METRICS, samples.stream());
    }

    private static Map<String, Object> sample(Instant at, String metric, double value) {
      Map<String, Object> sample = World.event(at);
      sample.put("metric.name", metric);
      sample.put("metric.value", value);
      sample.put("labels.pod", "m-service-1");
      return sample;
    }

    @Test
    void found_whenItBeganHalfAnHourAgo() {
      Report.Row row = throttled(Duration.ofMinutes(28)).ask(CheckId.HOST_RESOURCES);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
      assertThat(row.summary()).contains("throttled");
    }

    @Test
    void clear_whenItIsAsEver() {
      Report.Row row = throttled(Duration.ZERO).ask(CheckId.HOST_RESOURCES);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.CLEAR);
    }
  }

  @Nested
  class Quality {
    @Test
    void found_whenASingleEvaluationTellsSoFar() {
      Random random = new Random(6);
      List<Map<String, Object>> events = new ArrayList<>();
      for (int minutes = 5 * 24 * 60; minutes >= 30; minutes -= 30) {
        Instant at = World.NOW.minus(Duration.ofMinutes(minutes));
        Map<String, Object> event = World.event(at);
        event.put("ml.quality.on", "production");
        event.put("ml.quality.rows", 2000L);
        event.put("ml.quality.to", at.toString());
        event.put("ml.metrics.auc", (minutes == 30 ? 0.66 : 0.8) + 0.004 * random.nextGaussian());
        events.add(event);
      }
      Report.Row row =
          new World()
              .predictions(ENOUGH, event -> {})
              .write(Dataset.QUALITY, events.stream())
              .ask(CheckId.MODEL_QUALITY);

      assertThat(row.state()).as(row.summary()).isEqualTo(State.FOUND);
    }
  }
}
