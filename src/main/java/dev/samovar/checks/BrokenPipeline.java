package dev.samovar.checks;

import dev.samovar.checks.Surroundings.Watched;
import dev.samovar.evidence.Attempt;
import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Window;
import dev.samovar.statistics.RobustSpread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a model reads must arrive: whole, in time, and alive. Judged by each pipeline's own rhythm
 * and volume, by the lag of the streams it reads, and by the features themselves, which freeze or
 * go missing when what computes them has stopped. The model's own retraining is another check's
 * matter.
 */
final class BrokenPipeline implements Check {
  private static final Duration MEMORY = Duration.ofDays(21);
  private static final int MOST_RUNS = 3000;
  private static final int FEWEST = 4;
  private static final double LATE = 1.5;
  private static final int SHOWN = 5;

  private static final List<String> FIELDS =
      List.of(
          Fields.PIPELINE,
          Fields.PIPELINE_KIND,
          Fields.OUTCOME,
          Fields.DURATION,
          Fields.ERROR_MESSAGE,
          Fields.DATA_ROWS,
          Fields.DATA_NEWEST,
          Fields.RUN_ID,
          Fields.EVENT_URL,
          Fields.MODEL);

  /** Burrow's own judgement of a consumer group; 1 is well. */
  private static final String BURROW = "burrow_kafka_consumer_status";

  private static final double BURROW_WARNING = 2;

  private static final List<String> STREAMS =
      List.of(
          "flink_jobmanager_job_numberOfFailedCheckpoints",
          "flink_jobmanager_job_numRestarts",
          "flink_jobmanager_job_lastCheckpointDuration",
          "flink_taskmanager_job_task_backPressuredTimeMsPerSecond",
          "airflow_ti_failures",
          "airflow_ti_failures_total",
          BURROW);

  @Override
  public CheckId id() {
    return CheckId.BROKEN_PIPELINE;
  }

  @Override
  public Set<CheckId> explains() {
    return Set.of(
        CheckId.STALE_MODEL,
        CheckId.TRAINING_SERVING_SKEW,
        CheckId.DATA_DRIFT,
        CheckId.VALIDATION_GAP,
        CheckId.ERROR_BURST,
        CheckId.PREDICTION_SHIFT,
        CheckId.MODEL_QUALITY,
        CheckId.LOGGING_GAP);
  }

  @Override
  public Outcome examine(Case subject, Evidence evidence) throws EvidenceException {
    List<Break> breaks = new ArrayList<>();
    List<Pipeline> pipelines = pipelines(subject, evidence);
    for (Pipeline pipeline : pipelines) {
      judge(subject, evidence, pipeline, breaks);
    }
    Attempt<List<Watched>> metrics =
        Surroundings.of(subject, evidence).tryWatch(lagsAndStreams(), Lags.LABELS);
    List<Watched> streams = metrics.answer();
    streams(streams, breaks);
    DeadFeatures features = DeadFeatures.read(subject, evidence);
    features.facts().forEach(dead -> breaks.add(dead));
    if (!breaks.isEmpty()) {
      return found(breaks).without(metrics);
    }
    metrics.orThrow();
    if (pipelines.isEmpty() && streams.isEmpty() && !features.looked()) {
      return features
          .blind()
          .orElseGet(
              () ->
                  Outcome.notSetUp(
                      "no run of a pipeline that the model reads, no lag and no features are"
                          + " logged",
                      "name what it reads under models[].upstream, and log each run as ml.run"
                          + " with ml.data.rows"));
    }
    return Outcome.clear(
        (pipelines.isEmpty()
                ? "no upstream pipeline is known"
                : Text.list(pipelines.stream().map(Pipeline::name).toList(), 3) + " ran as usual")
            + (streams.isEmpty() ? "" : "; no lag grows")
            + (features.looked() ? "; no feature is frozen or missing" : ""));
  }

  private static List<String> lagsAndStreams() {
    List<String> all = new ArrayList<>(Lags.ALL);
    all.addAll(STREAMS);
    return all;
  }

  /**
   * Something that broke.
   *
   * @param since when, where it is known exactly
   */
  record Break(
      double strength, String text, Fact fact, List<Signal> signals, Optional<Instant> since) {}

  private static List<Pipeline> pipelines(Case subject, Evidence evidence)
      throws EvidenceException {
    Model model = subject.model();
    Catalog catalog = evidence.events().catalog(model, Dataset.RUN);
    if (catalog.isEmpty()) {
      return List.of();
    }
    Set<String> names = new TreeSet<>(model.upstream());
    model.preprocessingPipeline().ifPresent(names::add);
    Condition training = Condition.is(Fields.PIPELINE_KIND, "training", "deploy", "evaluation");
    List<Condition> which = new ArrayList<>();
    which.add(Condition.is(Fields.MODEL, model.name()).and(training.negate()));
    if (!names.isEmpty()) {
      which.add(new Condition.Is(Fields.PIPELINE, List.copyOf(names)));
    }
    Map<String, List<Event>> byName = new TreeMap<>();
    for (Event run :
        evidence
            .events()
            .newest(
                Query.of(model, Dataset.RUN).and(new Condition.Any(which)),
                new Window(subject.now().minus(MEMORY), subject.now()),
                FIELDS,
                MOST_RUNS)) {
      String name = run.text(Fields.PIPELINE).orElse("");
      boolean isRetraining =
          model.retraining().filter(own -> own.pipeline().equals(name)).isPresent();
      if (!name.isEmpty() && !isRetraining) {
        byName.computeIfAbsent(name, unused -> new ArrayList<>()).add(run);
      }
    }
    return byName.entrySet().stream()
        .map(entry -> new Pipeline(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static void judge(
      Case subject, Evidence evidence, Pipeline pipeline, List<Break> breaks) {
    String link =
        evidence
            .events()
            .link(
                Query.of(subject.model(), Dataset.RUN)
                    .and(Condition.is(Fields.PIPELINE, pipeline.name())),
                new Window(subject.now().minus(Duration.ofDays(2)), subject.now()))
            .orElse(null);
    failing(subject, pipeline, link)
        .or(() -> late(subject, pipeline, link))
        .or(() -> thin(pipeline, link))
        .or(() -> oldData(pipeline, link))
        .or(() -> slow(pipeline, link))
        .ifPresent(breaks::add);
  }

  private static Optional<Break> failing(
      Case subject, Pipeline pipeline, @org.jspecify.annotations.Nullable String link) {
    List<Event> failures = pipeline.failuresSinceSuccess();
    if (failures.isEmpty()) {
      return Optional.empty();
    }
    Event newest = failures.get(0);
    Event first = failures.get(failures.size() - 1);
    // A pipeline that failed once long ago and was never run again is late, not failing.
    boolean isRecent =
        Duration.between(newest.time(), subject.now())
                .compareTo(pipeline.rhythm().orElse(Duration.ofDays(1)).multipliedBy(3))
            <= 0;
    if (!isRecent && !subject.window().contains(newest.time())) {
      return Optional.empty();
    }
    String text =
        pipeline.name()
            + " fails: "
            + Text.count(failures.size(), "run")
            + " since "
            + Text.time(first.time())
            + newest
                .text(Fields.ERROR_MESSAGE)
                .map(message -> ", the last with “" + LogLine.of(newest) + "”")
                .orElse("");
    return Optional.of(
        broken(
            Math.min(0.92, 0.75 + 0.05 * failures.size()),
            text,
            pipeline,
            failures.size(),
            0,
            "count",
            Optional.of(first.time()),
            newest.text(Fields.EVENT_URL).orElse(link)));
  }

  private static Optional<Break> late(
      Case subject, Pipeline pipeline, @org.jspecify.annotations.Nullable String link) {
    Optional<Duration> rhythm = pipeline.rhythm();
    if (rhythm.isEmpty()) {
      return Optional.empty();
    }
    Duration age = Duration.between(pipeline.lastGood(), subject.now());
    Duration usual = rhythm.get();
    Duration least =
        max(
            Duration.ofMillis((long) (usual.toMillis() * LATE)),
            pipeline.longestUsualGap().plus(Duration.ofMinutes(10)));
    if (age.compareTo(least) <= 0) {
      return Optional.empty();
    }
    double times = (double) age.toMillis() / usual.toMillis();
    return Optional.of(
        broken(
            Math.min(0.9, 0.6 + 0.08 * times),
            pipeline.name()
                + " is late: it last succeeded "
                + Text.duration(age)
                + " ago, and usually does every "
                + Text.duration(usual),
            pipeline,
            age.toMinutes() / 60.0,
            usual.toMinutes() / 60.0,
            "h",
            Optional.of(pipeline.lastGood().plus(usual)),
            link));
  }

  private static Optional<Break> thin(
      Pipeline pipeline, @org.jspecify.annotations.Nullable String link) {
    List<Event> successes = pipeline.successes();
    double[] before = pipeline.earlier(run -> run.number(Fields.DATA_ROWS).orElse(Double.NaN));
    if (successes.isEmpty() || before.length < FEWEST) {
      return Optional.empty();
    }
    double[] alike = pipeline.atTheSameTime(successes.get(0), Fields.DATA_ROWS);
    double[] normal = alike.length < FEWEST ? before : alike;
    double usual = RobustSpread.median(normal);
    double least = java.util.Arrays.stream(normal).min().orElse(0);
    // Several thin runs in a row are one break, which began with the first of them.
    Optional<Event> first = Optional.empty();
    double rows = Double.NaN;
    for (Event run : successes) {
      double delivered = run.number(Fields.DATA_ROWS).orElse(Double.NaN);
      if (!(delivered < 0.6 * usual)) {
        break;
      }
      rows = Double.isNaN(rows) ? delivered : rows;
      first = Optional.of(run);
    }
    boolean isUsual =
        java.util.Arrays.stream(normal).filter(value -> value < 0.65 * usual).count() * 5
            > normal.length;
    if (first.isEmpty() || isUsual || (rows >= least && first.get().equals(successes.get(0)))) {
      return Optional.empty();
    }
    boolean isEmpty = rows == 0;
    return Optional.of(
        broken(
            isEmpty ? 0.9 : Math.min(0.88, 0.6 + 0.4 * (1 - rows / usual)),
            pipeline.name()
                + (isEmpty
                    ? " succeeded without a single row"
                    : " delivered only " + Text.count(Math.round(rows)) + " rows")
                + ", usually "
                + Text.count(Math.round(usual))
                + ", since "
                + Text.time(first.get().time()),
            pipeline,
            rows,
            usual,
            "rows",
            first.map(Event::time),
            link));
  }

  private static Optional<Break> oldData(
      Pipeline pipeline, @org.jspecify.annotations.Nullable String link) {
    double[] before =
        pipeline.earlier(
            run ->
                Pipeline.dataAge(run)
                    .map(Duration::toSeconds)
                    .map(Long::doubleValue)
                    .orElse(Double.NaN));
    List<Event> successes = pipeline.successes();
    Optional<Duration> age =
        successes.isEmpty() ? Optional.empty() : Pipeline.dataAge(successes.get(0));
    if (age.isEmpty() || before.length < FEWEST) {
      return Optional.empty();
    }
    double usual = RobustSpread.median(before);
    double most = java.util.Arrays.stream(before).max().orElse(0);
    if (age.get().toSeconds() < Math.max(2.5 * usual, most + 1800)) {
      return Optional.empty();
    }
    return Optional.of(
        broken(
            0.8,
            pipeline.name()
                + " succeeds on old data: its newest row was "
                + Text.duration(age.get())
                + " old, usually "
                + Text.duration(Duration.ofSeconds((long) usual)),
            pipeline,
            age.get().toMinutes() / 60.0,
            usual / 3600,
            "h",
            Optional.of(successes.get(0).time()),
            link));
  }

  private static Optional<Break> slow(
      Pipeline pipeline, @org.jspecify.annotations.Nullable String link) {
    double[] before = pipeline.earlier(run -> run.number(Fields.DURATION).orElse(Double.NaN));
    List<Event> successes = pipeline.successes();
    if (successes.isEmpty() || before.length < FEWEST) {
      return Optional.empty();
    }
    double took = successes.get(0).number(Fields.DURATION).orElse(Double.NaN);
    double usual = RobustSpread.median(before);
    double most = java.util.Arrays.stream(before).max().orElse(0);
    if (!(took > 2.5 * usual && took > 1.3 * most && took - usual > 60e9)) {
      return Optional.empty();
    }
    return Optional.of(
        broken(
            Math.min(0.75, 0.45 + 0.05 * took / usual),
            pipeline.name()
                + " is slow: its last run took "
                + Text.duration(Duration.ofNanos((long) took))
                + ", usually "
                + Text.duration(Duration.ofNanos((long) usual)),
            pipeline,
            took / 60e9,
            usual / 60e9,
            "min",
            Optional.of(successes.get(0).time().minusNanos((long) took)),
            link));
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static Break broken(
      double strength,
      String text,
      Pipeline pipeline,
      double now,
      double before,
      String unit,
      Optional<Instant> since,
      @org.jspecify.annotations.Nullable String link) {
    return new Break(
        strength,
        text,
        Fact.of(text, pipeline.name(), now, before, unit).linked(link),
        List.of(),
        since);
  }

  private static void streams(List<Watched> lines, List<Break> breaks) {
    for (Watched line : lines) {
      if (line.recent().isEmpty()) {
        continue;
      }
      String metric = line.line().metric();
      if (metric.equals(BURROW)) {
        burrow(line).ifPresent(breaks::add);
      } else if (Lags.ALL.contains(metric)) {
        lag(line).ifPresent(breaks::add);
      } else if (metric.startsWith("airflow_ti_failures")) {
        double grown = line.increase();
        if (grown >= 2 && grown > 2 * line.mostIncreaseBefore()) {
          breaks.add(
              stream(
                  0.75,
                  line.where()
                      + ": "
                      + Text.count(Math.round(grown), "failed task")
                      + " of Airflow in the window, at most "
                      + Text.count(Math.round(line.mostIncreaseBefore()))
                      + " before",
                  line,
                  grown,
                  line.mostIncreaseBefore()));
        }
      } else if (metric.endsWith("numberOfFailedCheckpoints") || metric.endsWith("numRestarts")) {
        double grown = line.increase();
        if (grown >= 2 && grown > 2 * line.mostIncreaseBefore()) {
          breaks.add(
              stream(
                  0.75,
                  line.where()
                      + ": "
                      + Text.count(Math.round(grown))
                      + (metric.endsWith("Restarts") ? " restarts" : " failed checkpoints")
                      + " of the Flink job in the window, at most "
                      + Text.count(Math.round(line.mostIncreaseBefore()))
                      + " before",
                  line,
                  grown,
                  line.mostIncreaseBefore()));
        }
      } else if (metric.endsWith("backPressuredTimeMsPerSecond")
          && line.last() >= 500
          && line.usual() < 250) {
        breaks.add(
            stream(
                0.7,
                line.where()
                    + " is back-pressured "
                    + Text.percent(line.last() / 1000)
                    + " of the time, usually "
                    + Text.percent(line.usual() / 1000),
                line,
                line.last() / 1000,
                line.usual() / 1000));
      } else if (metric.endsWith("lastCheckpointDuration")
          && line.last() > 60_000
          && line.last() > 3 * line.highestBefore()) {
        breaks.add(
            stream(
                0.65,
                line.where()
                    + ": a Flink checkpoint took "
                    + Text.duration(Duration.ofMillis((long) line.last()))
                    + ", at most "
                    + Text.duration(Duration.ofMillis((long) line.highestBefore()))
                    + " before",
                line,
                line.last(),
                line.highestBefore()));
      }
    }
  }

  private static Optional<Break> lag(Watched line) {
    boolean isAge = Lags.isAge(line.line().metric());
    double now = line.last();
    double most = line.highestBefore();
    double usual = line.usual();
    // Messages queue up with the traffic: a peak of three times as many is no break.
    double times = isAge ? 3 : 5;
    if (!(now > Math.max(times * usual, times / 2 * most)) || now < (isAge ? 600 : 100)) {
      // A lag that grew before the window shows against what is usual alone.
      boolean grewEarlier =
          now > 10 * usual && now > 1000 && !isAge && !line.hasComeDownFrom(now / 2);
      if (!grewEarlier) {
        return Optional.empty();
      }
    }
    return Optional.of(
        stream(
            Math.min(0.9, 0.7 + 0.02 * now / Math.max(1, most)),
            line.where()
                + (isAge ? ": features are " : " lags ")
                + (isAge
                    ? Text.duration(Duration.ofSeconds((long) now)) + " old"
                    : Text.count(Math.round(now)) + " messages behind")
                + ", usually "
                + (isAge
                    ? Text.duration(Duration.ofSeconds((long) usual))
                    : Text.count(Math.round(usual))),
            line,
            now,
            usual));
  }

  private static Optional<Break> burrow(Watched line) {
    double now = line.last();
    if (now < BURROW_WARNING || line.usual() >= BURROW_WARNING) {
      return Optional.empty();
    }
    return Optional.of(
        stream(
            now > BURROW_WARNING ? 0.85 : 0.65,
            line.where()
                + (now > BURROW_WARNING
                    ? ": Burrow finds that it stopped or stalled on a partition"
                    : ": Burrow finds that it falls behind"),
            line,
            now,
            line.usual()));
  }

  private static Break stream(
      double strength, String text, Watched line, double now, double before) {
    return new Break(
        strength,
        text,
        line.fact(text, line.line().metric(), now, before, "count"),
        List.of(line.signal(line.line().metric())),
        Optional.empty());
  }

  private static Outcome.Found found(List<Break> breaks) {
    breaks.sort(Comparator.comparingDouble(Break::strength).reversed().thenComparing(Break::text));
    Break worst = breaks.get(0);
    return new Outcome.Found(
        worst.strength() >= 0.8 ? Severity.CRITICAL : Severity.WARNING,
        Math.min(0.95, worst.strength() + 0.03 * (breaks.size() - 1)),
        Character.toUpperCase(worst.text().charAt(0))
            + worst.text().substring(1)
            + (breaks.size() > 1 ? "; " + Text.count(breaks.size() - 1, "other sign") : ""),
        breaks.stream().limit(SHOWN).map(Break::fact).toList(),
        breaks.stream().limit(SHOWN).flatMap(broken -> broken.signals().stream()).toList(),
        worst.since());
  }
}
