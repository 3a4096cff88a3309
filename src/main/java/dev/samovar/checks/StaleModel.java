package dev.samovar.checks;

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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A model that is not trained anew answers for a world that has gone. The schedule comes from the
 * configuration, else from the rhythm of its own runs; a run that is a little late is not stale,
 * and a run that succeeded on last month's data is.
 */
final class StaleModel implements Check {
  private static final Duration MEMORY = Duration.ofDays(90);
  private static final int MOST_RUNS = 300;

  /** How far beyond the schedule a run may be before it counts as missed. */
  static final double GRACE = 1.25;

  private static final List<String> FIELDS =
      List.of(
          Fields.OUTCOME,
          Fields.ERROR_MESSAGE,
          Fields.DATA_NEWEST,
          Fields.MODEL_VERSION,
          Fields.RUN_ID,
          Fields.PIPELINE);

  @Override
  public CheckId id() {
    return CheckId.STALE_MODEL;
  }

  @Override
  public Set<CheckId> explains() {
    return Set.of(CheckId.PREDICTION_SHIFT, CheckId.MODEL_QUALITY);
  }

  @Override
  public Outcome examine(Case subject, Evidence evidence) throws EvidenceException {
    Model model = subject.model();
    Catalog catalog = evidence.events().catalog(model, Dataset.RUN);
    String remedy =
        "log each run of the retraining pipeline as ml.run, and name it under"
            + " models[].retraining: { pipeline: …, every: 24h }";
    if (catalog.isEmpty()) {
      return Outcome.notSetUp("no pipeline runs: " + catalog.absence(), remedy);
    }
    Query query = query(model);
    List<Event> all = runs(model, subject.now(), evidence);
    Pipeline runs =
        new Pipeline(
            model
                .retraining()
                .map(Model.Retraining::pipeline)
                .or(() -> all.stream().findFirst().flatMap(run -> run.text(Fields.PIPELINE)))
                .orElse("its retraining"),
            all);
    if (all.isEmpty()) {
      return Outcome.notSetUp(
          model
                  .retraining()
                  .map(retraining -> "no run of " + retraining.pipeline())
                  .orElse("no training run of " + model.name())
              + " was logged in the last 90 d",
          remedy);
    }
    Optional<Duration> every = model.retraining().map(Model.Retraining::every).or(runs::rhythm);
    if (every.isEmpty()) {
      return Outcome.notSetUp(
          "no retraining schedule is configured, and "
              + Text.count(runs.successes().size(), "successful run")
              + " show no rhythm",
          remedy);
    }
    return judge(subject, evidence, query, runs, every.get());
  }

  /** The runs that train the model. */
  private static Query query(Model model) {
    return Query.of(model, Dataset.RUN)
        .and(
            model
                .retraining()
                .map(retraining -> Condition.is(Fields.PIPELINE, retraining.pipeline()))
                .orElse(
                    Condition.is(Fields.MODEL, model.name())
                        .and(Condition.is(Fields.PIPELINE_KIND, "training"))));
  }

  /** Newest first. */
  static List<Event> runs(Model model, Instant now, Evidence evidence) throws EvidenceException {
    return evidence
        .events()
        .newest(query(model), new Window(now.minus(MEMORY), now), FIELDS, MOST_RUNS);
  }

  private static Outcome judge(
      Case subject, Evidence evidence, Query query, Pipeline runs, Duration every)
      throws EvidenceException {
    String pipeline = runs.name();
    List<Event> successes = runs.successes();
    List<Event> failures = runs.failuresSinceSuccess();
    Instant last = runs.lastGood();
    Duration age = Duration.between(last, subject.now());
    String link =
        evidence.events().link(query, new Window(last.minus(every), subject.now())).orElse(null);
    if (exceeds(age, every, GRACE)) {
      return missed(subject, failures, every, pipeline, last, age, successes.isEmpty(), link);
    }
    if (!successes.isEmpty()) {
      Optional<Outcome> old = onOldData(subject, successes, every, pipeline, link);
      if (old.isPresent()) {
        return old.get();
      }
      Optional<Outcome> unserved = Unserved.read(subject, evidence, runs, every, link);
      if (unserved.isPresent()) {
        return unserved.get();
      }
    }
    return Outcome.clear(
        pipeline
            + " last succeeded "
            + Text.duration(age)
            + " ago, and is due every "
            + Text.duration(every)
            + (failures.isEmpty()
                ? ""
                : "; " + Text.count(failures.size(), "run") + " failed since"));
  }

  private static boolean exceeds(Duration age, Duration every, double times) {
    return age.toMillis() > every.toMillis() * times;
  }

  private static Outcome missed(
      Case subject,
      List<Event> failures,
      Duration every,
      String pipeline,
      Instant last,
      Duration age,
      boolean neverSucceeded,
      @org.jspecify.annotations.Nullable String link) {
    double late = (double) age.toMillis() / every.toMillis();
    List<Fact> facts = new ArrayList<>();
    facts.add(
        Fact.of(
                (neverSucceeded
                        ? pipeline + " has not succeeded since at least "
                        : "Last success of " + pipeline + ": ")
                    + Text.time(last)
                    + ", "
                    + Text.duration(age)
                    + " ago; due every "
                    + Text.duration(every),
                pipeline,
                age.toMinutes() / 60.0,
                every.toMinutes() / 60.0,
                "h")
            .linked(link));
    if (!failures.isEmpty()) {
      facts.add(
          Fact.of(
              Text.count(failures.size(), "run")
                  + " failed since, the last at "
                  + Text.time(failures.get(0).time())
                  + failures
                      .get(0)
                      .text(Fields.ERROR_MESSAGE)
                      .map(message -> ": " + message)
                      .orElse(""),
              pipeline,
              failures.size(),
              0,
              "count"));
    }
    return new Outcome.Found(
        late >= 3 ? Severity.CRITICAL : Severity.WARNING,
        Math.min(0.92, 0.55 + 0.1 * late),
        subject.model().name()
            + " is stale: "
            + pipeline
            + (neverSucceeded ? " has not succeeded for " : " last succeeded ")
            + Text.duration(age)
            + (neverSucceeded ? "" : " ago")
            + " and is due every "
            + Text.duration(every)
            + (failures.isEmpty()
                ? ", and no run was even tried since"
                : "; " + Text.count(failures.size(), "run") + " failed since"),
        facts,
        List.of(),
        Optional.of(last.plus(every)));
  }

  /** A success that read data much older than such runs usually read. */
  private static Optional<Outcome> onOldData(
      Case subject,
      List<Event> successes,
      Duration every,
      String pipeline,
      @org.jspecify.annotations.Nullable String link) {
    Event newest = successes.get(0);
    Optional<Duration> lag = Pipeline.dataAge(newest);
    if (lag.isEmpty()) {
      return Optional.empty();
    }
    double[] usual =
        successes.stream()
            .skip(1)
            .flatMap(run -> Pipeline.dataAge(run).stream())
            .mapToDouble(Duration::toSeconds)
            .toArray();
    double normal = usual.length == 0 ? 0 : RobustSpread.median(usual);
    if (lag.get().toSeconds() <= Math.max(every.toSeconds() * 2.0, normal * 2)) {
      return Optional.empty();
    }
    return Optional.of(
        new Outcome.Found(
            Severity.WARNING,
            0.75,
            subject.model().name()
                + " was trained on old data: the newest row that "
                + pipeline
                + " read was "
                + Text.duration(lag.get())
                + " old",
            List.of(
                Fact.of(
                        "Newest training data of the run at "
                            + Text.time(newest.time())
                            + ": "
                            + Text.duration(lag.get())
                            + " old; usually "
                            + (usual.length == 0
                                ? "unknown"
                                : Text.duration(Duration.ofSeconds((long) normal))),
                        pipeline,
                        lag.get().toMinutes() / 60.0,
                        usual.length == 0 ? Double.NaN : normal / 3600,
                        "h")
                    .linked(link)),
            List.of(),
            Optional.of(newest.time())));
  }
}
