package dev.samovar.sandbox;

import dev.samovar.evidence.Model;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Nine days in the life of four models, ending now, with the trouble of a scenario in the last hour
 * and a half. The same seed gives the same story.
 */
public final class Story {
  private static final int DAYS = 9;

  /** Hours before the present time of day in which traffic is dense enough to compare. */
  private static final int BUSY_HOURS = 5;

  private static final int BUSY = 320;
  private static final int QUIET = 24;
  private static final int TRAINING_ROWS = 2000;
  private static final Duration SINCE = Duration.ofMinutes(95);
  private static final Duration HOUR = Duration.ofHours(1);

  /** Within an hour, when its features are computed and its answers judged. */
  private static final Duration COMPUTED = Duration.ofMinutes(25);

  private static final Duration EVALUATED = Duration.ofMinutes(40);

  /** How long ago the last training was. */
  private static final Duration TRAINED = Duration.ofHours(6);

  /** Of a story that goes on, hours after the present time of day that are dense too. */
  private static final int BUSY_LATER = 4;

  private final Scenario scenario;
  private final Instant now;
  private final Instant onset;

  /** From when on nothing is wrong any more. */
  private final Instant over;

  private final int busyLater;
  private final EventWriter writer;

  public Story(Scenario scenario, Instant now, EventWriter writer) {
    this(scenario, now, Instant.MAX, 0, writer);
  }

  private Story(Scenario scenario, Instant now, Instant over, int busyLater, EventWriter writer) {
    this.scenario = scenario;
    this.now = now.truncatedTo(ChronoUnit.MINUTES);
    this.onset = this.now.minus(SINCE);
    this.over = over;
    this.busyLater = busyLater;
    this.writer = writer;
  }

  /** When it was told. */
  public Instant now() {
    return now;
  }

  /** The same story, told so that it can go on after the present; see {@link #goOn}. */
  public Story continued() {
    return new Story(scenario, now, over, BUSY_LATER, writer);
  }

  /** The same story, whose trouble ends at some moment. */
  public Story endingAt(Instant moment) {
    return new Story(scenario, now, moment, busyLater, writer);
  }

  public static List<Model> models() {
    return Arrays.stream(Cast.values()).map(Cast::model).toList();
  }

  /** Writes all of it. */
  public void tell() throws IOException {
    tell(model -> {});
  }

  /**
   * Writes all of it.
   *
   * @param say hears of each model that is begun with
   */
  public void tell(Consumer<String> say) throws IOException {
    writer.installTemplate();
    for (Cast cast : Cast.values()) {
      Random random = new Random(cast.model().name().hashCode());
      String name = cast.model().name();
      say.accept(name);
      writer.write("logs-ml.inference-" + name, predictions(cast, random).stream());
      writer.write("ml-training-" + name, training(cast, random).stream());
      writer.write("logs-app-" + name, lines(cast, random).stream());
      writer.write("logs-ml.run-" + name, runs(cast).stream());
      writer.write("logs-ml.environment-" + name, environments(cast).stream());
      writer.write("logs-ml.quality-" + name, quality(cast, random).stream());
    }
    writer.write("logs-ml.change-all", changes().stream());
    writer.write("metrics-gpu", gpu().stream());
    writer.refresh();
  }

  private boolean isTrouble(Cast cast, Scenario trouble, Instant time) {
    Cast victim =
        switch (trouble) {
          case PREPROCESSING_CHANGE -> Cast.FRAUD;
          case GPU_MEMORY -> Cast.ETA;
          case STALE_MODEL -> Cast.CHURN;
          default -> Cast.RANKER;
        };
    return cast == victim
        && scenario.includes(trouble)
        && !time.isBefore(onset)
        && time.isBefore(over);
  }

  /** Writes what happens from some moment to another, both after the story was told. */
  public void goOn(Instant from, Instant to) throws IOException {
    for (Cast cast : Cast.values()) {
      String name = cast.model().name();
      Random random = new Random(name.hashCode() ^ from.hashCode());
      writer.write("logs-ml.inference-" + name, predictions(cast, random, from, to).stream());
      writer.write("logs-app-" + name, lines(cast, random, from, to).stream());
      writer.write("logs-ml.run-" + name, laterRuns(cast, from, to).stream());
      List<Map<String, Object>> evaluations = new ArrayList<>();
      for (Instant time : times(now.plus(EVALUATED), HOUR, from, to)) {
        boolean isWorse = isTrouble(cast, Scenario.MODEL_QUALITY, time);
        evaluations.add(evaluation(cast, time, "production", isWorse ? 0.71 : 0.82, random));
      }
      writer.write("logs-ml.quality-" + name, evaluations.stream());
    }
    writer.write("metrics-gpu", gpu(from, to).stream());
    writer.refresh();
  }

  /** Those of a rhythm that fall into some time. */
  private static List<Instant> times(Instant beat, Duration step, Instant from, Instant to) {
    List<Instant> times = new ArrayList<>();
    long before = Math.floorDiv(Duration.between(beat, from).toMillis(), step.toMillis());
    for (Instant time = beat.plus(step.multipliedBy(before));
        time.isBefore(to);
        time = time.plus(step)) {
      if (!time.isBefore(from)) {
        times.add(time);
      }
    }
    return times;
  }

  private List<Map<String, Object>> laterRuns(Cast cast, Instant from, Instant to) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (Instant time : times(now.plus(COMPUTED), HOUR, from, to)) {
      events.add(featureRun(cast, time, "later-" + time.getEpochSecond()));
    }
    boolean isStale = cast == Cast.CHURN && scenario.includes(Scenario.STALE_MODEL);
    for (Instant time : times(now.minus(TRAINED), Duration.ofDays(1), from, to)) {
      events.add(
          trainingRun(
              cast, time, "later-" + time.getEpochSecond(), isStale && time.isBefore(over)));
    }
    if (isStale && !over.isBefore(from) && over.isBefore(to)) {
      events.add(trainingRun(cast, over, "repaired", false));
    }
    return events;
  }

  private List<Map<String, Object>> predictions(Cast cast, Random random) {
    return predictions(cast, random, now.minus(Duration.ofDays(DAYS)), now);
  }

  private List<Map<String, Object>> predictions(
      Cast cast, Random random, Instant from, Instant to) {
    List<Map<String, Object>> events = new ArrayList<>();
    long before = Math.floorDiv(Duration.between(now, from).toMinutes(), 60L);
    for (Instant hour = now.plus(HOUR.multipliedBy(before));
        hour.isBefore(to);
        hour = hour.plus(HOUR)) {
      long hoursToPresentTime = Math.floorMod(Duration.between(hour, now).toHours(), 24);
      boolean isBusy = hoursToPresentTime <= BUSY_HOURS || hoursToPresentTime > 24 - busyLater;
      int count = isBusy ? BUSY : QUIET;
      for (int i = 0; i < count; i++) {
        Instant time = hour.plusMillis(3_600_000L * i / count + random.nextInt(1000));
        if (!time.isBefore(from) && time.isBefore(to)) {
          Map<String, Object> event = prediction(cast, time, random);
          boolean isMute =
              isTrouble(cast, Scenario.LOGGING_GAP, time)
                  && String.valueOf(event.get("host.name")).endsWith("-2");
          if (!isMute) {
            events.add(event);
          }
        }
      }
    }
    return events;
  }

  private Map<String, Object> prediction(Cast cast, Instant time, Random random) {
    Map<String, Object> event = event(time, "ml.inference");
    String name = cast.model().name();
    event.put("service.name", name);
    event.put("service.version", "2024.11.3");
    event.put("host.name", name + "-" + (1 + random.nextInt(2)));
    event.put("ml.model.name", name);
    boolean isUnversioned = isTrouble(cast, Scenario.UNVERSIONED_ARTIFACTS, time);
    event.put("ml.model.version", isUnversioned ? "latest" : "17");
    event.put("ml.validation.outcome", "pass");
    double slowdown = isTrouble(cast, Scenario.SERVING_HEALTH, time) ? 6 : 1;
    event.put("event.duration", (long) (slowdown * (40e6 + 20e6 * random.nextDouble())));
    Map<String, Object> features = cast.features(random);
    boolean isChanged = isTrouble(cast, Scenario.PREPROCESSING_CHANGE, time);
    event.put("ml.preprocessing.version", isChanged ? "1.4.3" : "1.4.2");
    if (isChanged) {
      features.put("amount", Cast.round(100 * Cast.number(features, "amount")));
    }
    if (isTrouble(cast, Scenario.DATA_DRIFT, time) && random.nextInt(3) == 0) {
      features.put("query_language", "fr");
      features.put("query_length", (double) (6 + random.nextInt(2)));
    }
    boolean isFree = isTrouble(cast, Scenario.VALIDATION_GAP, time) && random.nextInt(5) == 0;
    if (isFree) {
      features.put("price", 0.0);
    }
    features.forEach((feature, value) -> event.put("ml.features." + feature, value));
    boolean isOutOfMemory = isTrouble(cast, Scenario.GPU_MEMORY, time) && random.nextInt(8) == 0;
    boolean isRefused =
        (isTrouble(cast, Scenario.ERROR_BURST, time)
                || isTrouble(cast, Scenario.HOST_RESOURCES, time)
                || isTrouble(cast, Scenario.RECENT_CHANGES, time))
            && random.nextInt(6) == 0;
    if (isOutOfMemory || isRefused || isFree || random.nextInt(500) == 0) {
      event.put("event.outcome", "failure");
      event.put(
          "error.type",
          isOutOfMemory
              ? "torch.cuda.OutOfMemoryError"
              : isRefused ? "ConnectionError" : isFree ? "ZeroDivisionError" : "ValidationError");
      return event;
    }
    event.put("event.outcome", "success");
    boolean isFrozen = isTrouble(cast, Scenario.PREDICTION_SHIFT, time) && random.nextInt(10) < 7;
    event.put("ml.prediction.score", isFrozen ? 0.5 : cast.score(features, random));
    return event;
  }

  private List<Map<String, Object>> training(Cast cast, Random random) {
    List<Map<String, Object>> rows = new ArrayList<>();
    Instant time = now.minus(Duration.ofDays(10));
    boolean isSkewed = cast == Cast.RANKER && scenario.includes(Scenario.TRAINING_SERVING_SKEW);
    for (int i = 0; i < TRAINING_ROWS; i++) {
      Map<String, Object> row = event(time, "ml.training");
      row.put("ml.model.name", cast.model().name());
      row.put("ml.model.version", "17");
      Map<String, Object> features = cast.features(random);
      if (isSkewed) {
        features.put("price", Cast.round(Cast.number(features, "price") / 100));
      }
      features.forEach((feature, value) -> row.put("ml.features." + feature, value));
      rows.add(row);
    }
    return rows;
  }

  private List<Map<String, Object>> lines(Cast cast, Random random) {
    return lines(cast, random, now.minus(Duration.ofDays(DAYS)), now);
  }

  private List<Map<String, Object>> lines(Cast cast, Random random, Instant from, Instant to) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (Instant time : times(now, Duration.ofMinutes(3), from, to)) {
      boolean isError = random.nextInt(60) == 0;
      events.add(
          line(
              cast,
              time,
              isError ? "ERROR" : "INFO",
              isError
                  ? "request " + random.nextInt(100_000) + " has no field currency"
                  : "served batch of "
                      + (1 + random.nextInt(64))
                      + " in "
                      + random.nextInt(90)
                      + " ms"));
    }
    Instant first = from.isAfter(onset) ? from : onset;
    for (Instant time : times(onset, Duration.ofSeconds(70), first, to)) {
      if (isTrouble(cast, Scenario.GPU_MEMORY, time)) {
        events.add(
            line(
                cast,
                time,
                "ERROR",
                "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.50 GiB (GPU 0;"
                    + " 15.78 GiB total capacity; 13.9 GiB already allocated)"));
      }
      if (isTrouble(cast, Scenario.HOST_RESOURCES, time)) {
        events.add(
            line(
                cast,
                time,
                "ERROR",
                "Memory cgroup out of memory: Killed process "
                    + (4000 + random.nextInt(90))
                    + " (python) total-vm:31205404kB, anon-rss:12582912kB"));
      }
      if (isTrouble(cast, Scenario.ERROR_BURST, time)
          || isTrouble(cast, Scenario.RECENT_CHANGES, time)) {
        events.add(
            line(
                cast,
                time,
                "ERROR",
                "feature store did not answer: connection to redis-"
                    + random.nextInt(4)
                    + ":6379 refused"));
      }
    }
    return events;
  }

  private static Map<String, Object> line(Cast cast, Instant time, String level, String message) {
    Map<String, Object> event = event(time, "app");
    event.put("service.name", cast.model().service());
    event.put("host.name", cast.model().name() + "-1");
    event.put("log.level", level);
    event.put("message", message);
    return event;
  }

  private List<Map<String, Object>> runs(Cast cast) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int day = 20; day >= 0; day--) {
      Instant time = now.minus(Duration.ofDays(day)).minus(TRAINED);
      boolean fails = cast == Cast.CHURN && scenario.includes(Scenario.STALE_MODEL) && day < 4;
      events.add(trainingRun(cast, time, "run-" + (1000 - day), fails));
    }
    featureRuns(cast, events);
    return events;
  }

  private static Map<String, Object> trainingRun(
      Cast cast, Instant time, String id, boolean fails) {
    Map<String, Object> event = event(time, "ml.run");
    event.put("ml.pipeline.name", cast.model().name() + "-retrain");
    event.put("ml.pipeline.kind", "training");
    event.put("ml.pipeline.run_id", id);
    event.put("ml.model.name", cast.model().name());
    event.put("event.outcome", fails ? "failure" : "success");
    event.put("event.duration", 1_800_000_000_000L);
    if (fails) {
      event.put("error.message", "S3 AccessDenied: s3://features/churn/labels.parquet");
    } else {
      event.put("ml.model.version", "17");
      event.put("ml.data.newest", time.minus(Duration.ofHours(2)).toString());
      event.put("ml.data.rows", 250_000);
    }
    return event;
  }

  /** The features are computed every hour; only the ranker's job matters to a scenario. */
  private void featureRuns(Cast cast, List<Map<String, Object>> events) {
    for (int hour = DAYS * 24; hour > 0; hour--) {
      Instant time = now.minus(Duration.ofHours(hour)).plus(COMPUTED);
      events.add(featureRun(cast, time, "hourly-" + hour));
    }
  }

  private Map<String, Object> featureRun(Cast cast, Instant time, String id) {
    boolean fails = isTrouble(cast, Scenario.BROKEN_PIPELINE, time);
    Map<String, Object> event = event(time, "ml.run");
    event.put("ml.pipeline.name", cast.model().name() + "-features");
    event.put("ml.pipeline.kind", "features");
    event.put("ml.pipeline.run_id", id);
    event.put("ml.model.name", cast.model().name());
    event.put("event.outcome", fails ? "failure" : "success");
    event.put("event.duration", 240_000_000_000L);
    if (fails) {
      event.put("error.message", "column \"price_eur\" does not exist");
    } else {
      event.put("ml.data.rows", 90_000);
    }
    return event;
  }

  /** Trained and started ten days ago; in one scenario the servers were started again. */
  private List<Map<String, Object>> environments(Cast cast) {
    List<Map<String, Object>> events = new ArrayList<>();
    Instant start = now.minus(Duration.ofDays(DAYS));
    events.add(environment(cast, start, "training", "trainer-1", "2.3.1"));
    for (int replica = 1; replica <= 2; replica++) {
      String host = cast.model().name() + "-" + replica;
      events.add(environment(cast, start, "serving", host, "2.3.1"));
      if (isTrouble(cast, Scenario.DEPENDENCY_DRIFT, onset)) {
        events.add(environment(cast, onset, "serving", host, "2.6.0"));
      }
    }
    return events;
  }

  private static Map<String, Object> environment(
      Cast cast, Instant time, String stage, String host, String torch) {
    Map<String, Object> event = event(time, "ml.environment");
    event.put("ml.model.name", cast.model().name());
    event.put("ml.stage", stage);
    event.put("host.name", host);
    event.put("ml.environment.python", "3.11.9");
    event.put("ml.environment.packages", Map.of("torch", torch, "numpy", "1.26.4"));
    return event;
  }

  private List<Map<String, Object>> quality(Cast cast, Random random) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int hour = DAYS * 24; hour > 0; hour--) {
      Instant time = now.minus(Duration.ofHours(hour)).plus(EVALUATED);
      boolean isWorse = isTrouble(cast, Scenario.MODEL_QUALITY, onset) && hour <= 4;
      events.add(evaluation(cast, time, "production", isWorse ? 0.71 : 0.82, random));
      if (hour % 24 == 6) {
        boolean isLeaked = isTrouble(cast, Scenario.TOO_GOOD_TO_BE_TRUE, onset) && hour < 24;
        events.add(evaluation(cast, time, "validation", isLeaked ? 0.999 : 0.83, random));
      }
    }
    return events;
  }

  private static Map<String, Object> evaluation(
      Cast cast, Instant time, String on, double level, Random random) {
    Map<String, Object> event = event(time, "ml.quality");
    event.put("ml.model.name", cast.model().name());
    event.put("ml.model.version", "17");
    event.put("ml.quality.on", on);
    event.put("ml.quality.rows", 2000);
    event.put("ml.quality.from", time.minus(Duration.ofHours(1)).toString());
    event.put("ml.quality.to", time.toString());
    event.put("ml.metrics.auc", Math.min(0.9995, level + 0.005 * random.nextGaussian()));
    return event;
  }

  private List<Map<String, Object>> changes() {
    List<Map<String, Object>> events = new ArrayList<>();
    events.add(
        change(
            now.minus(Duration.ofDays(3)), "code", Cast.RANKER, "2024.11.2", "2024.11.3", "ana"));
    if (scenario.includes(Scenario.PREPROCESSING_CHANGE)) {
      events.add(
          change(onset.minusSeconds(120), "preprocessing", Cast.FRAUD, "1.4.2", "1.4.3", "mira"));
    }
    if (scenario.includes(Scenario.GPU_MEMORY)) {
      Map<String, Object> event =
          change(onset.minusSeconds(480), "config", Cast.ETA, "8", "32", "jonas");
      event.put("ml.change.summary", "batch_size of the serving config");
      events.add(event);
    }
    if (scenario.includes(Scenario.RECENT_CHANGES)) {
      Map<String, Object> event =
          change(onset.minusSeconds(240), "feature-flag", Cast.RANKER, "off", "on", "lee");
      event.put("ml.change.summary", "online feature store for all traffic");
      events.add(event);
    }
    return events;
  }

  private static Map<String, Object> change(
      Instant time, String kind, Cast cast, String from, String to, String author) {
    Map<String, Object> event = event(time, "ml.change");
    event.put("ml.change.kind", kind);
    event.put("ml.change.component", cast.model().name());
    event.put("ml.change.from", from);
    event.put("ml.change.to", to);
    event.put("ml.change.author", author);
    event.put("ml.model.name", cast.model().name());
    return event;
  }

  private List<Map<String, Object>> gpu() {
    return gpu(now.minus(Duration.ofHours(14)), now);
  }

  private List<Map<String, Object>> gpu(Instant from, Instant to) {
    List<Map<String, Object>> samples = new ArrayList<>();
    for (Instant time : times(now, Duration.ofMinutes(5), from, to)) {
      double used = isTrouble(Cast.ETA, Scenario.GPU_MEMORY, time) ? 15_900 : 9_200;
      samples.add(sample(time, "DCGM_FI_DEV_FB_USED", used));
      samples.add(sample(time, "DCGM_FI_DEV_FB_FREE", 16_160 - used));
    }
    return samples;
  }

  private static Map<String, Object> sample(Instant time, String metric, double value) {
    Map<String, Object> event = event(time, "metrics");
    event.put("metric.name", metric);
    event.put("metric.value", value);
    event.put("labels.gpu", "0");
    event.put("host.name", Cast.ETA.model().name() + "-1");
    return event;
  }

  private static Map<String, Object> event(Instant time, String dataset) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("@timestamp", time.toString());
    event.put("event.dataset", dataset);
    return event;
  }
}
