package dev.samovar.scoreboard;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.sandbox.EventWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Eight days of a model in production, as CONTRACT.md has them logged, and whatever a kind of
 * trouble changes about them. The same kind and seed give the same incident.
 */
final class Incident {
  private static final Instant EPOCH = Instant.parse("2026-05-20T00:00:00Z");
  private static final int DAYS = 8;

  final Random random;
  final Cast cast;
  final Instant now;
  final boolean versionsDaily;
  Instant onset;
  int hoursDense = 5;
  double volume = 1;

  private final String prefix;
  private final List<BiConsumer<Map<String, Object>, Map<String, Object>>> predictions =
      new ArrayList<>();
  private final List<BiConsumer<Map<String, Object>, Map<String, Object>>> inputs =
      new ArrayList<>();
  private final List<Predicate<Map<String, Object>>> runs = new ArrayList<>();
  private final List<BiConsumer<Map<String, Object>, String>> samples = new ArrayList<>();
  private final List<Predicate<Map<String, Object>>> environments = new ArrayList<>();
  private final List<BiConsumer<Map<String, Object>, Map<String, Object>>> rows = new ArrayList<>();
  private final List<BiConsumer<Map<String, Object>, String>> evaluations = new ArrayList<>();
  private final Map<Dataset, List<Map<String, Object>>> extra = new EnumMap<>(Dataset.class);
  private final int hosts;
  private final double usualScore;

  Incident(String name, long seed) {
    this.random = new Random(seed * 7919 + name.hashCode());
    this.cast = Cast.all().get(random.nextInt(Cast.all().size()));
    this.now =
        EPOCH
            .plus(Duration.ofMinutes(random.nextInt(7 * 24 * 60)))
            .plus(Duration.ofDays(random.nextInt(40)));
    this.onset = now.minus(Duration.ofMinutes(20 + random.nextInt(80)));
    this.versionsDaily = random.nextBoolean();
    this.prefix = "sb-" + name + "-" + seed + "-";
    this.hosts = 2 + random.nextInt(3);
    this.usualScore = 0.8 + 0.12 * random.nextDouble();
    ordinaryChanges();
  }

  Model model() {
    Map<Dataset, String> indices = new EnumMap<>(Dataset.class);
    for (Dataset dataset : Dataset.values()) {
      indices.put(dataset, index(dataset));
    }
    return new Model(
        cast.id(),
        List.of(),
        Optional.of("ml"),
        cast.id() + "-svc",
        Optional.empty(),
        indices,
        Map.of(),
        Optional.of(new Model.Retraining(cast.id() + "-train", Duration.ofHours(24))),
        Optional.of(cast.id() + "-features"),
        List.of("events-ingest"),
        Optional.empty(),
        new Model.Slo(Optional.of(Duration.ofMillis(600)), OptionalDouble.of(0.03)),
        Map.of());
  }

  Window window() {
    return new Window(now.minus(Duration.ofHours(2)), now);
  }

  private String index(Dataset dataset) {
    return "logs-ml." + prefix + dataset.key();
  }

  // What a kind of trouble may do.

  /** Changes features before the score is computed from them: trouble that the model feels. */
  void input(BiConsumer<Map<String, Object>, Map<String, Object>> change) {
    inputs.add(change);
  }

  /** Changes the event after all is known; the second argument is its features. */
  void prediction(BiConsumer<Map<String, Object>, Map<String, Object>> change) {
    predictions.add(change);
  }

  /** Keeps a run, or changes it, or leaves it out. */
  void run(Predicate<Map<String, Object>> keeps) {
    runs.add(keeps);
  }

  void environment(Predicate<Map<String, Object>> keeps) {
    environments.add(keeps);
  }

  void sample(BiConsumer<Map<String, Object>, String> change) {
    samples.add(change);
  }

  void row(BiConsumer<Map<String, Object>, Map<String, Object>> change) {
    rows.add(change);
  }

  /** Changes an evaluation; the second argument says on what it was made. */
  void evaluation(BiConsumer<Map<String, Object>, String> change) {
    evaluations.add(change);
  }

  void add(Dataset dataset, Map<String, Object> event) {
    extra(dataset).add(event);
  }

  private List<Map<String, Object>> extra(Dataset dataset) {
    return extra.computeIfAbsent(dataset, unused -> new ArrayList<>());
  }

  boolean isTrouble(Map<String, Object> event) {
    return !time(event).isBefore(onset);
  }

  static Instant time(Map<String, Object> event) {
    return Instant.parse(String.valueOf(event.get("@timestamp")));
  }

  String host(int index) {
    return cast.id() + "-" + index;
  }

  int hosts() {
    return hosts;
  }

  void change(Instant at, String kind, String from, String to, String summary) {
    Map<String, Object> event = change(at, kind, cast.id() + "-svc", from, to, summary);
    event.put("ml.model.name", cast.id());
  }

  /** A change of a component that names no model. */
  Map<String, Object> change(
      Instant at, String kind, String component, String from, String to, String summary) {
    Map<String, Object> event = event(at, "ml.change");
    event.put("ml.change.kind", kind);
    event.put("ml.change.component", component);
    event.put("ml.change.from", from);
    event.put("ml.change.to", to);
    event.put("ml.change.author", List.of("ana", "raj", "mei", "tom").get(random.nextInt(4)));
    event.put("ml.change.summary", summary);
    event.remove("ml.model.name");
    add(Dataset.CHANGE, event);
    return event;
  }

  /** Log lines from the onset on, one about every so many seconds, of one host or of all. */
  void lines(int everySeconds, String level, String message) {
    for (Instant at = onset.plusSeconds(random.nextInt(everySeconds));
        at.isBefore(now);
        at = at.plusSeconds(1 + everySeconds / 2 + random.nextInt(everySeconds))) {
      line(at, level, message.replace("{n}", Integer.toString(random.nextInt(90_000))));
    }
  }

  void line(Instant at, String level, String message) {
    Map<String, Object> event = event(at, "app");
    event.put("host.name", host(random.nextInt(hosts)));
    event.put("log.level", level);
    event.put("log.logger", "serving");
    event.put("message", message);
    add(Dataset.APPLICATION, event);
  }

  /** Requests fail with this share from the onset on. */
  void failures(double share, String type, String message) {
    prediction(
        (event, features) -> {
          if (isTrouble(event) && random.nextDouble() < share) {
            fail(event, type, message);
          }
        });
  }

  static void fail(Map<String, Object> event, String type, String message) {
    event.put("event.outcome", "failure");
    event.put("error.type", type);
    event.put("error.message", message);
    event.remove("ml.prediction.score");
  }

  void slower(double times) {
    prediction(
        (event, features) -> {
          if (isTrouble(event)) {
            event.put("event.duration", (long) (Cast.number(event, "event.duration") * times));
          }
        });
  }

  /** Evaluation in production that got worse from the onset on. */
  void worse(double by) {
    evaluation(
        (event, on) -> {
          if (on.equals("production") && isTrouble(event)) {
            double before = Cast.number(event, "ml.metrics.auc");
            event.put("ml.metrics.auc", before - by);
          }
        });
  }

  Map<String, Object> event(Instant at, String dataset) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("@timestamp", at.toString());
    event.put("event.dataset", dataset);
    event.put("service.name", cast.id() + "-svc");
    return event;
  }

  private void ordinaryChanges() {
    for (int day = 2; day < 8; day += 2) {
      change(
          now.minus(Duration.ofHours(24L * day + random.nextInt(12))),
          List.of("code", "config", "infrastructure").get(random.nextInt(3)),
          "r" + day,
          "r" + (day - 1),
          "routine");
    }
  }

  // The days as they always are.

  /** Version of the model that serves at a time; a new one each day at five where it is so. */
  String version(Instant at) {
    if (!versionsDaily) {
      return "12";
    }
    long days =
        Duration.between(EPOCH.minus(Duration.ofDays(30)), at.minus(Duration.ofHours(5))).toDays();
    return "2026." + days;
  }

  void write(EventWriter writer) throws IOException {
    writer.write(index(Dataset.INFERENCE), inference().stream());
    writer.write(index(Dataset.APPLICATION), application().stream());
    writer.write(index(Dataset.RUN), pipelineRuns().stream());
    writer.write(index(Dataset.TRAINING), training().stream());
    writer.write(index(Dataset.QUALITY), quality().stream());
    writer.write(index(Dataset.ENVIRONMENT), environment().stream());
    writer.write(index(Dataset.METRICS), metrics().stream());
    writer.write(index(Dataset.CHANGE), extra(Dataset.CHANGE).stream());
    writer.refresh();
  }

  void delete(EventWriter writer) throws IOException {
    StringBuilder names = new StringBuilder();
    for (Dataset dataset : Dataset.values()) {
      names.append(names.length() == 0 ? "" : ",").append(index(dataset));
    }
    writer.send("DELETE", "/" + names + "?ignore_unavailable=true", "");
  }

  private static double rhythm(Instant at) {
    double hour = (at.getEpochSecond() % 86_400) / 3600.0;
    return Math.sin((hour - 8) / 24 * 2 * Math.PI);
  }

  private static double weekday(Instant at) {
    long day = Math.floorMod(at.getEpochSecond() / 86_400 + 4, 7);
    return day == 0 || day == 6 ? 0.75 : 1;
  }

  private List<Map<String, Object>> inference() {
    List<Map<String, Object>> events = new ArrayList<>();
    Instant start = now.minus(Duration.ofDays(DAYS)).minus(Duration.ofHours(6));
    double perHour = 320 + random.nextInt(200);
    for (Instant hour = start; hour.isBefore(now); hour = hour.plus(Duration.ofHours(1))) {
      long hoursAway = Math.floorMod(Duration.between(hour, now).toHours(), 24);
      boolean isDense = hoursAway <= hoursDense;
      double rate =
          (isDense ? perHour : perHour / 12)
              * (1 + 0.35 * rhythm(hour))
              * weekday(hour)
              * (0.93 + 0.14 * random.nextDouble())
              * volume;
      int count = (int) Math.round(rate);
      for (int i = 0; i < count; i++) {
        Instant at = hour.plusMillis((long) (3_600_000 * random.nextDouble()));
        if (at.isBefore(now)) {
          one(at, events);
        }
      }
    }
    return events;
  }

  private void one(Instant at, List<Map<String, Object>> events) {
    Map<String, Object> event = event(at, "ml.inference");
    Map<String, Object> features = cast.features(random, rhythm(at));
    event.put("service.version", "3.4.1");
    event.put("host.name", host(random.nextInt(hosts)));
    event.put("trace.id", Long.toHexString(random.nextLong()));
    event.put("ml.model.name", cast.id());
    event.put("ml.model.version", version(at));
    event.put("ml.preprocessing.version", "2.3");
    event.put("event.outcome", "success");
    event.put("event.duration", (long) (7e7 * Math.exp(0.4 * random.nextGaussian())));
    inputs.forEach(change -> change.accept(event, features));
    event.put("ml.prediction.score", cast.score(features, random));
    boolean isRejected = random.nextDouble() < 0.01;
    event.put("ml.validation.outcome", isRejected ? "fail" : "pass");
    if (random.nextDouble() < 0.01) {
      fail(event, "TimeoutError", "deadline exceeded");
    }
    predictions.forEach(change -> change.accept(event, features));
    if (event.remove("drop") != null) {
      return;
    }
    features.forEach((name, value) -> event.put("ml.features." + name, value));
    events.add(event);
    if (event.remove("again") != null) {
      events.add(new LinkedHashMap<>(event));
    }
  }

  private List<Map<String, Object>> application() {
    List<Map<String, Object>> events = new ArrayList<>(extra(Dataset.APPLICATION));
    for (Instant at = now.minus(Duration.ofDays(DAYS + 1));
        at.isBefore(now);
        at = at.plusSeconds(90 + random.nextInt(90))) {
      Map<String, Object> event = event(at, "app");
      event.put("host.name", host(random.nextInt(hosts)));
      double dice = random.nextDouble();
      event.put("log.level", dice < 0.015 ? "ERROR" : dice < 0.1 ? "WARN" : "INFO");
      event.put(
          "message",
          dice < 0.015
              ? "request " + random.nextInt(100_000) + " rejected: field currency is not set"
              : dice < 0.1
                  ? "UserWarning: X does not have valid feature names"
                  : "served batch of "
                      + (1 + random.nextInt(32))
                      + " in "
                      + random.nextInt(90)
                      + " ms");
      events.add(event);
    }
    return events;
  }

  private List<Map<String, Object>> pipelineRuns() {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int day = 20; day >= 0; day--) {
      Instant midnight =
          now.minus(Duration.ofDays(day)).truncatedTo(java.time.temporal.ChronoUnit.DAYS);
      run(
          midnight.plus(Duration.ofHours(3)).plusSeconds(random.nextInt(600)),
          cast.id() + "-train",
          "training",
          200_000,
          1800,
          events);
      for (int hour = 0; hour < 24; hour += 6) {
        run(
            midnight.plus(Duration.ofHours(hour)).plusSeconds(random.nextInt(300)),
            cast.id() + "-features",
            "preprocessing",
            60_000,
            700,
            events);
      }
      if (day < 6) {
        for (int hour = 0; hour < 24; hour++) {
          run(
              midnight.plus(Duration.ofHours(hour)).plusSeconds(120 + random.nextInt(200)),
              "events-ingest",
              "ingest",
              12_000,
              200,
              events);
        }
      }
    }
    events.addAll(extra(Dataset.RUN));
    return events;
  }

  private void run(
      Instant at,
      String pipeline,
      String kind,
      double rowCount,
      double seconds,
      List<Map<String, Object>> into) {
    if (!at.isBefore(now)) {
      return;
    }
    Map<String, Object> event = event(at, "ml.run");
    event.put("service.name", "airflow");
    event.put("ml.pipeline.name", pipeline);
    event.put("ml.pipeline.kind", kind);
    event.put("ml.pipeline.run_id", "scheduled__" + at);
    event.put("event.outcome", "success");
    event.put("event.duration", (long) (seconds * 1e9 * (0.9 + 0.2 * random.nextDouble())));
    event.put(
        "ml.data.rows", (long) (rowCount * (0.92 + 0.16 * random.nextDouble()) * weekday(at)));
    event.put("ml.data.newest", at.minusSeconds(1200 + random.nextInt(600)).toString());
    event.put("ml.data.version", "d" + at.getEpochSecond() / 86_400);
    if (kind.equals("training")) {
      event.put("ml.model.name", cast.id());
      event.put("ml.model.version", version(at.plus(Duration.ofHours(3))));
      event.put("ml.code.revision", "4f2a9c" + at.getEpochSecond() / 86_400 % 10);
      event.put("ml.metrics.auc", usualScore + 0.02 + 0.004 * random.nextGaussian());
      event.put("ml.metrics.train_auc", usualScore + 0.04 + 0.004 * random.nextGaussian());
    }
    if (runs.stream().allMatch(keeps -> keeps.test(event))) {
      into.add(event);
    }
  }

  private List<Map<String, Object>> training() {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int day = 2; day >= 0; day--) {
      Instant served = now.minus(Duration.ofDays(day));
      for (int i = 0; i < 700; i++) {
        Map<String, Object> event = event(served.minus(Duration.ofHours(9)), "ml.training");
        event.put("ml.model.name", cast.id());
        event.put("ml.model.version", version(served));
        Map<String, Object> features = cast.features(random, 2 * random.nextDouble() - 1);
        event.put("ml.label", random.nextDouble() < cast.score(features, random) ? "1" : "0");
        rows.forEach(change -> change.accept(event, features));
        features.forEach((name, value) -> event.put("ml.features." + name, value));
        events.add(event);
      }
      if (!versionsDaily) {
        break;
      }
    }
    return events;
  }

  private List<Map<String, Object>> quality() {
    List<Map<String, Object>> events = new ArrayList<>();
    for (Instant at = now.minus(Duration.ofDays(DAYS));
        at.isBefore(now);
        at = at.plus(Duration.ofMinutes(30))) {
      Map<String, Object> event = event(at, "ml.quality");
      event.put("ml.quality.on", "production");
      evaluate(event, at, usualScore, "production", events);
    }
    for (int day = 8; day >= 0; day--) {
      Instant at =
          now.minus(Duration.ofDays(day))
              .truncatedTo(java.time.temporal.ChronoUnit.DAYS)
              .plus(Duration.ofHours(4));
      if (at.isBefore(now)) {
        Map<String, Object> event = event(at, "ml.quality");
        event.put("ml.quality.on", "validation");
        evaluate(event, at.plus(Duration.ofHours(2)), usualScore + 0.02, "validation", events);
      }
    }
    return events;
  }

  private void evaluate(
      Map<String, Object> event,
      Instant at,
      double level,
      String on,
      List<Map<String, Object>> into) {
    event.put("ml.model.name", cast.id());
    event.put("ml.model.version", version(at));
    event.put("ml.quality.rows", 900L);
    event.put("ml.quality.from", at.minus(Duration.ofHours(1)).toString());
    event.put("ml.quality.to", at.toString());
    event.put("ml.metrics.auc", level + 0.009 * random.nextGaussian());
    evaluations.forEach(change -> change.accept(event, on));
    into.add(event);
  }

  private List<Map<String, Object>> environment() {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int day = 8; day >= 0; day--) {
      Instant trained =
          now.minus(Duration.ofDays(day))
              .truncatedTo(java.time.temporal.ChronoUnit.DAYS)
              .plus(Duration.ofHours(3));
      started(trained, "training", "trainer", events);
      for (int i = 0; i < hosts; i++) {
        if (versionsDaily || day == 8) {
          started(trained.plus(Duration.ofHours(2)), "serving", host(i), events);
        }
      }
    }
    events.addAll(extra(Dataset.ENVIRONMENT));
    return events;
  }

  private void started(Instant at, String stage, String host, List<Map<String, Object>> into) {
    Map<String, Object> event = environmentOf(at, stage, host);
    if (at.isBefore(now) && environments.stream().allMatch(keeps -> keeps.test(event))) {
      into.add(event);
    }
  }

  Map<String, Object> environmentOf(Instant at, String stage, String host) {
    Map<String, Object> event = event(at, "ml.environment");
    event.put("ml.model.name", cast.id());
    event.put("ml.stage", stage);
    event.put("host.name", host);
    Map<String, Object> packages = new LinkedHashMap<>();
    packages.put("torch", "2.3.1");
    packages.put("numpy", "1.26.4");
    packages.put("scikit-learn", "1.4.2");
    packages.put("pandas", "2.2.2");
    packages.put("requests", stage.equals("training") ? "2.31.0" : "2.32.3");
    event.put("ml.environment.packages", packages);
    event.put("ml.environment.python", "3.11.9");
    event.put("ml.environment.cuda", "12.1");
    event.put("ml.environment.driver", "535.161.08");
    return event;
  }

  private List<Map<String, Object>> metrics() {
    List<Map<String, Object>> events = new ArrayList<>(extra(Dataset.METRICS));
    for (Instant at = now.minus(Duration.ofDays(DAYS));
        at.isBefore(now);
        at = at.plus(Duration.ofMinutes(Duration.between(at, now).toHours() < 12 ? 5 : 40))) {
      double load = 1 + 0.35 * rhythm(at);
      for (int i = 0; i < hosts; i++) {
        String host = host(i);
        sample(
            at,
            host,
            "DCGM_FI_DEV_FB_USED",
            9000 + 100 * random.nextDouble(),
            Map.of("gpu", "0"),
            events);
        sample(at, host, "DCGM_FI_DEV_FB_FREE", 7160, Map.of("gpu", "0"), events);
        sample(at, host, "DCGM_FI_DEV_XID_ERRORS", 0, Map.of("gpu", "0"), events);
        sample(
            at,
            host,
            "kube_pod_container_status_restarts_total",
            3,
            Map.of("pod", host, "container", "server"),
            events);
        sample(
            at,
            host,
            "container_memory_working_set_bytes",
            5e9 * (0.8 + 0.2 * load) * (1 + 0.03 * random.nextGaussian()),
            Map.of("pod", host, "container", "server"),
            events);
        sample(
            at,
            host,
            "container_spec_memory_limit_bytes",
            1.2e10,
            Map.of("pod", host, "container", "server"),
            events);
        double minutes = (double) Duration.between(now.minus(Duration.ofDays(9)), at).toMinutes();
        sample(
            at,
            host,
            "container_cpu_cfs_periods_total",
            600 * minutes,
            Map.of("pod", host, "container", "server"),
            events);
        sample(
            at,
            host,
            "container_cpu_cfs_throttled_periods_total",
            18 * minutes,
            Map.of("pod", host, "container", "server"),
            events);
        sample(
            at,
            host,
            "node_filesystem_size_bytes",
            1e11,
            Map.of("mountpoint", "/", "device", "sda1"),
            events);
        sample(
            at,
            host,
            "node_filesystem_avail_bytes",
            4e10 - 1e6 * minutes,
            Map.of("mountpoint", "/", "device", "sda1"),
            events);
      }
      sample(
          at,
          "kafka-exporter",
          "kafka_consumergroup_lag",
          Math.max(0, 120 * load + 60 * random.nextGaussian()),
          Map.of("consumergroup", cast.id() + "-features", "topic", "events-ingest"),
          events);
      sample(
          at,
          host(0),
          "nv_inference_pending_request_count",
          Math.max(0, Math.rint(2 * load + random.nextGaussian())),
          Map.of("model", cast.id()),
          events);
    }
    return events;
  }

  private void sample(
      Instant at,
      String host,
      String metric,
      double value,
      Map<String, String> labels,
      List<Map<String, Object>> into) {
    Map<String, Object> event = event(at, "metrics");
    event.put("host.name", host);
    event.put("metric.name", metric);
    event.put("metric.value", value);
    labels.forEach((name, label) -> event.put("labels." + name, label));
    samples.forEach(change -> change.accept(event, metric));
    into.add(event);
  }
}
