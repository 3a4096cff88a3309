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
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Tally;
import dev.samovar.evidence.ValueCount;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What runs should be what was released, and be told by a version: not {@code latest}, not a dirty
 * checkout, not a version that nobody trained, not several at once. Versions that have served side
 * by side for days are an experiment, no mistake.
 */
final class UnversionedArtifacts implements Check {
  private static final Duration MEMORY = Duration.ofDays(30);
  private static final int RUNS = 500;
  private static final double SHARE = 0.05;

  /** Share of each of several versions from which on they serve side by side. */
  private static final double SIDE_BY_SIDE = 0.1;

  /** How long a rollout may take, and how long after it versions must still serve together. */
  private static final Duration ROLLOUT = Duration.ofMinutes(10);

  private static final Duration SOON = Duration.ofMinutes(5);

  private static final Pattern NAMELESS =
      Pattern.compile(
          "(?i)(latest|unknown|none|null|nil|undefined|n/?a|dev|development|test|local|snapshot"
              + "|nightly|head|main|master|trunk|untagged|unversioned|tbd|default|stable|prod"
              + "|production|staging|champion|current|0|0\\.0\\.0|\\?|-|)"
              + "|.*[-_.+:](latest|snapshot|dirty|dev|local|wip|unknown)");

  private static final Pattern DIRTY =
      Pattern.compile(
          "(?i).*([-_.+]dirty|[-_.+]modified|\\+\\d*local.*)|(dirty|unknown|none|null)");

  @Override
  public CheckId id() {
    return CheckId.UNVERSIONED_ARTIFACTS;
  }

  @Override
  public Set<CheckId> explains() {
    return Set.of(CheckId.PREDICTION_SHIFT, CheckId.MODEL_QUALITY, CheckId.ERROR_BURST);
  }

  @Override
  public Outcome examine(Case subject, Evidence evidence) throws EvidenceException {
    Attempt<List<Watched>> images =
        new Surroundings(subject, evidence, Set.of())
            .tryWatch(RunningImages.METRICS, RunningImages.LABELS);
    List<Flaw> flaws = new ArrayList<>();
    for (RunningImages.Moved moved :
        RunningImages.moved(subject.model(), images.answer(), subject.now())) {
      flaws.add(new Flaw(0.8, moved.text(), moved.image(), moved.since(), moved.share(), false));
    }
    Catalog catalog = evidence.events().catalog(subject.model(), Dataset.INFERENCE);
    if (catalog.isEmpty() && flaws.isEmpty()) {
      return Outcome.blind(
          catalog.absence(),
          "log predictions there, or name the index under models[].indices.inference");
    }
    Query query = Query.of(subject.model(), Dataset.INFERENCE);
    Window memory = new Window(subject.now().minus(MEMORY), subject.now());
    List<ValueCount> serving =
        evidence.events().values(query, Fields.MODEL_VERSION, Optional.of(subject.window()), 20);
    List<ValueCount> known =
        evidence.events().values(query, Fields.MODEL_VERSION, Optional.of(memory), 100);
    List<ValueCount> code =
        evidence.events().values(query, Fields.SERVICE_VERSION, Optional.of(subject.window()), 20);
    List<ValueCount> knownCode =
        evidence.events().values(query, Fields.SERVICE_VERSION, Optional.of(memory), 100);
    Trained trained = Trained.read(subject, evidence);
    if (known.isEmpty() && knownCode.isEmpty() && trained.runs().isEmpty() && flaws.isEmpty()) {
      return Outcome.notSetUp(
          "no versions are logged in " + catalog.expression(),
          "log ml.model.version and service.version with each prediction, and ml.model.version,"
              + " ml.code.revision and ml.data.version with each training run");
    }
    nameless("model version", Fields.MODEL_VERSION, serving, known, flaws);
    nameless("service version", Fields.SERVICE_VERSION, code, knownCode, flaws);
    lost(subject, evidence, query, known, flaws);
    for (ValueCount version : large(serving, SHARE)) {
      trained.flaws(version.value(), first(known, version), flaws);
    }
    sideBySide(subject, evidence, query, known, flaws);
    Outcome outcome = judge(subject, evidence, query, flaws, serving);
    if (outcome instanceof Outcome.Found found) {
      return found.without(images);
    }
    images.orThrow();
    return outcome;
  }

  /**
   * @param since when it came to production
   * @param isStanding whether it has always been so
   */
  private record Flaw(
      double strength,
      String text,
      String subject,
      Instant since,
      double share,
      boolean isStanding) {}

  private static List<ValueCount> large(List<ValueCount> values, double share) {
    long all = values.stream().mapToLong(ValueCount::count).sum();
    return values.stream().filter(value -> value.count() >= share * all).toList();
  }

  private static Instant first(List<ValueCount> known, ValueCount value) {
    return known.stream()
        .filter(other -> other.value().equals(value.value()))
        .map(ValueCount::first)
        .findFirst()
        .orElse(value.first());
  }

  private static void nameless(
      String what, String field, List<ValueCount> now, List<ValueCount> known, List<Flaw> flaws) {
    long all = now.stream().mapToLong(ValueCount::count).sum();
    for (ValueCount value : large(now, SHARE)) {
      if (NAMELESS.matcher(value.value()).matches()) {
        Instant since = first(known, value);
        boolean always = known.stream().noneMatch(other -> other.first().isBefore(since));
        flaws.add(
            new Flaw(
                always ? 0.5 : 0.85,
                what
                    + " “"
                    + value.value()
                    + "” is serving"
                    + (always
                        ? ", as it has always been: what it stands for can't be traced"
                        : " since "
                            + Text.time(since)
                            + ", which names nothing that could be traced or rolled back to"),
                field,
                since,
                (double) value.count() / all,
                always));
      }
    }
  }

  /** Predictions that carried a version and no longer do. */
  private static void lost(
      Case subject, Evidence evidence, Query query, List<ValueCount> known, List<Flaw> flaws)
      throws EvidenceException {
    if (known.isEmpty()) {
      return;
    }
    List<Window> windows = new ArrayList<>();
    windows.add(subject.window());
    windows.addAll(subject.reference());
    List<Tally> tallies =
        evidence
            .events()
            .tally(
                query, windows, Map.of("versioned", new Condition.Present(Fields.MODEL_VERSION)));
    Tally now = tallies.get(0);
    boolean always =
        tallies.subList(1, tallies.size()).stream()
            .filter(tally -> tally.total() > 0)
            .allMatch(tally -> tally.share("versioned") >= 0.95);
    if (now.total() >= 20 && always && now.share("versioned") < 0.9) {
      flaws.add(
          new Flaw(
              0.8,
              Text.percent(1 - now.share("versioned")) + " of predictions carry no model version",
              Fields.MODEL_VERSION,
              subject.window().from(),
              1 - now.share("versioned"),
              false));
    }
  }

  /** The training runs that are known, newest first. */
  private record Trained(List<Event> runs, Set<String> versions) {

    static Trained read(Case subject, Evidence evidence) throws EvidenceException {
      Set<String> versions = new TreeSet<>();
      List<Event> runs = new ArrayList<>();
      if (!evidence.events().catalog(subject.model(), Dataset.RUN).isEmpty()) {
        Condition mine =
            subject
                .model()
                .retraining()
                .<Condition>map(
                    retraining ->
                        new Condition.Any(
                            List.of(
                                Condition.is(Fields.MODEL, subject.model().name()),
                                Condition.is(Fields.PIPELINE, retraining.pipeline()))))
                .orElse(Condition.is(Fields.MODEL, subject.model().name()));
        runs.addAll(
            evidence
                .events()
                .newest(
                    Query.of(subject.model(), Dataset.RUN)
                        .and(mine)
                        .and(Condition.is(Fields.OUTCOME, "failure").negate())
                        .and(new Condition.Present(Fields.MODEL_VERSION)),
                    new Window(subject.now().minus(Duration.ofDays(90)), subject.now()),
                    List.of(
                        Fields.MODEL_VERSION,
                        Fields.CODE_REVISION,
                        Fields.DATA_VERSION,
                        Fields.PIPELINE_KIND,
                        Fields.RUN_ID),
                    RUNS));
      }
      runs.forEach(run -> run.text(Fields.MODEL_VERSION).ifPresent(versions::add));
      for (Dataset dataset : List.of(Dataset.TRAINING, Dataset.QUALITY)) {
        if (evidence.events().catalog(subject.model(), dataset).has(Fields.MODEL_VERSION)) {
          evidence
              .events()
              .values(
                  Query.of(subject.model(), dataset), Fields.MODEL_VERSION, Optional.empty(), 100)
              .forEach(value -> versions.add(value.value()));
        }
      }
      return new Trained(runs, versions);
    }

    void flaws(String version, Instant since, List<Flaw> flaws) {
      if (NAMELESS.matcher(version).matches()) {
        return;
      }
      if (!versions.isEmpty() && !versions.contains(version)) {
        flaws.add(
            new Flaw(
                0.75,
                "version "
                    + version
                    + " is serving since "
                    + Text.time(since)
                    + ", and no training run, training row or evaluation knows it (known: "
                    + Text.list(newestFirst(), 3)
                    + ")",
                Fields.MODEL_VERSION,
                since,
                1,
                false));
      }
      Optional<Event> training =
          runs.stream()
              .filter(run -> run.text(Fields.MODEL_VERSION).filter(version::equals).isPresent())
              .filter(
                  run ->
                      run.text(Fields.PIPELINE_KIND)
                          .filter(kind -> !kind.equals("training"))
                          .isEmpty())
              .findFirst();
      training.ifPresent(run -> untraceable(run, version, since, flaws));
    }

    private List<String> newestFirst() {
      List<String> sorted = new ArrayList<>(versions);
      sorted.sort(Comparator.reverseOrder());
      return sorted;
    }

    private void untraceable(Event run, String version, Instant since, List<Flaw> flaws) {
      revision(run, Fields.CODE_REVISION, "code", version, since, flaws);
      revision(run, Fields.DATA_VERSION, "data", version, since, flaws);
    }

    private void revision(
        Event run, String field, String what, String version, Instant since, List<Flaw> flaws) {
      String value = run.text(field).orElse("");
      boolean othersHave =
          runs.stream()
              .filter(other -> !other.equals(run))
              .anyMatch(other -> other.text(field).filter(Trained::isClean).isPresent());
      boolean bad = value.isEmpty() ? othersHave : !isClean(value);
      if (bad) {
        flaws.add(
            new Flaw(
                othersHave ? 0.7 : 0.45,
                "version "
                    + version
                    + " was trained from "
                    + (value.isEmpty()
                        ? what + " without a version"
                        : what
                            + " “"
                            + value
                            + "”, which "
                            + (value.toLowerCase(Locale.ROOT).contains("dirty")
                                ? "is no state that anybody committed"
                                : "names nothing that could be traced")),
                field,
                since,
                1,
                !othersHave));
      }
    }

    private static boolean isClean(String value) {
      return !DIRTY.matcher(value).matches() && !NAMELESS.matcher(value).matches();
    }
  }

  private static void sideBySide(
      Case subject, Evidence evidence, Query query, List<ValueCount> known, List<Flaw> flaws)
      throws EvidenceException {
    // The last quarter: a rollout that went through in the window is over by then.
    Instant quarter = subject.now().minus(subject.window().length().dividedBy(4));
    List<ValueCount> before = serving(subject, evidence, query, quarter);
    if (before.size() < 2) {
      return;
    }
    Instant since = first(known, newest(known, before));
    // What the newest replaced is still seen until it came, and while it rolled out.
    Instant settled = since.plus(ROLLOUT);
    if (since.isBefore(subject.window().from().minus(Duration.ofDays(2)))
        || Duration.between(settled, subject.now()).compareTo(SOON) < 0) {
      return;
    }
    List<ValueCount> together =
        settled.isAfter(quarter) ? serving(subject, evidence, query, settled) : before;
    if (together.size() < 2) {
      return;
    }
    ValueCount newest = newest(known, together);
    flaws.add(
        new Flaw(
            0.7,
            Text.count(together.size(), "version")
                + " serve at once since "
                + Text.time(since)
                + ": "
                + Text.list(
                    together.stream()
                        .map(value -> value.value() + " (" + Text.count(value.count()) + ")")
                        .sorted()
                        .toList(),
                    4)
                + "; which one answers is chance",
            Fields.MODEL_VERSION,
            since,
            (double) newest.count() / together.stream().mapToLong(ValueCount::count).sum(),
            false));
  }

  private static List<ValueCount> serving(
      Case subject, Evidence evidence, Query query, Instant from) throws EvidenceException {
    return large(
        evidence
            .events()
            .values(query, Fields.MODEL_VERSION, Optional.of(new Window(from, subject.now())), 20),
        SIDE_BY_SIDE);
  }

  private static ValueCount newest(List<ValueCount> known, List<ValueCount> together) {
    return together.stream().max(Comparator.comparing(value -> first(known, value))).orElseThrow();
  }

  private static Outcome judge(
      Case subject, Evidence evidence, Query query, List<Flaw> flaws, List<ValueCount> serving) {
    List<Flaw> fresh = flaws.stream().filter(flaw -> !flaw.isStanding()).toList();
    if (fresh.isEmpty()) {
      return Outcome.clear(
          serving.isEmpty()
              ? "what runs can be traced to a version"
              : "what serves (version "
                  + Text.list(serving.stream().map(ValueCount::value).toList(), 3)
                  + ") can be traced"
                  + (flaws.isEmpty() ? "" : ", but for this: " + flaws.get(0).text()));
    }
    List<Flaw> sorted = new ArrayList<>(fresh);
    sorted.sort(Comparator.comparingDouble(Flaw::strength).reversed().thenComparing(Flaw::text));
    List<Fact> facts =
        sorted.stream()
            .limit(5)
            .map(
                flaw ->
                    Fact.of(
                            flaw.text(),
                            subject.model().fieldName(flaw.subject()),
                            flaw.share(),
                            Double.NaN,
                            "share")
                        .linked(evidence.events().link(query, subject.window()).orElse(null)))
            .toList();
    Flaw worst = sorted.get(0);
    return new Outcome.Found(
        Severity.WARNING,
        worst.strength(),
        Character.toUpperCase(worst.text().charAt(0)) + worst.text().substring(1),
        facts,
        List.of(),
        Optional.of(worst.since()));
  }
}
