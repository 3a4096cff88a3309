package dev.samovar.checks;

import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * “Slightly modified” preprocessing feeds the model numbers it was never trained on, and nothing
 * fails. Seen in the version or hash that predictions carry, or, where neither changed, in the
 * trace that a wrong unit leaves in a feature. A new version under which everything looks as before
 * is no cause.
 */
final class PreprocessingChange implements Check {
  private static final Duration MEMORY = Duration.ofDays(8);
  private static final double SMALLEST_SHARE = 0.05;
  private static final int SHOWN = 5;
  private static final long FEWEST_OF_A_NEW_VERSION = 15;

  @Override
  public CheckId id() {
    return CheckId.PREPROCESSING_CHANGE;
  }

  @Override
  public Set<CheckId> explains() {
    return Set.of(
        CheckId.TRAINING_SERVING_SKEW,
        CheckId.DATA_DRIFT,
        CheckId.VALIDATION_GAP,
        CheckId.ERROR_BURST,
        CheckId.PREDICTION_SHIFT,
        CheckId.MODEL_QUALITY);
  }

  @Override
  public Outcome examine(Case subject, Evidence evidence) throws EvidenceException {
    Catalog catalog = evidence.events().catalog(subject.model(), Dataset.INFERENCE);
    if (catalog.isEmpty()) {
      return Outcome.blind(
          catalog.absence(),
          "log predictions there, or name the index under models[].indices.inference");
    }
    List<String> versions =
        Distributions.countable(
            catalog, List.of(Fields.PREPROCESSING_VERSION, Fields.PREPROCESSING_HASH));
    List<String> features =
        Distributions.countable(
            catalog,
            java.util.stream.Stream.concat(
                    catalog.features().stream(), java.util.stream.Stream.of(Fields.SCORE))
                .toList());
    if (versions.isEmpty() && features.isEmpty()) {
      return Outcome.notSetUp(
          "neither a preprocessing version nor features are logged in " + catalog.expression(),
          "log ml.preprocessing.version (or .hash) and ml.features.* with each prediction");
    }
    Optional<Switch> changed = Optional.empty();
    Query all = Query.of(subject.model(), Dataset.INFERENCE);
    List<String> logged = new ArrayList<>();
    for (String field : versions) {
      if (!evidence.events().values(all, field, Optional.of(subject.window()), 1).isEmpty()) {
        logged.add(field);
      }
    }
    for (String field : logged) {
      Optional<Switch> found = change(subject, evidence, field);
      if (found.isPresent() && changed.isEmpty()) {
        changed = found;
      }
    }
    Query now = changed.map(found -> all.and(found.isNew())).orElse(all);
    Query before = changed.map(found -> all.and(found.isNew().negate())).orElse(all);
    Distributions distributions =
        changed.isPresent()
            ? sideBySide(subject, evidence, now, before, features, changed.get().at())
            : Distributions.read(subject, evidence, all, features);
    Optional<Outcome.NotChecked> tooLittle = distributions.tooLittle(subject);
    boolean isNew = changed.isPresent() && distributions.eventsNow() >= FEWEST_OF_A_NEW_VERSION;
    if (tooLittle.isPresent()
        && (!isNew || distributions.eventsBefore() < Comparison.FEWEST_BEFORE)) {
      return changed
          .<Outcome>map(found -> unproven(found, tooLittle.get()))
          .orElse(tooLittle.get());
    }
    Comparison comparison = Comparison.of(subject);
    List<Shift> shifts =
        (isNew ? comparison.from(FEWEST_OF_A_NEW_VERSION) : comparison).shifts(distributions);
    List<Trace> traces = new Traces(subject, evidence, now, distributions).of(shifts);
    if (changed.isPresent()) {
      return shifts.isEmpty()
          ? harmless(changed.get(), distributions.used().size())
          : found(subject, evidence, changed.get(), shifts, traces)
              .showing(distributions.figure(shifts.get(0), "under the old version"));
    }
    return traces.isEmpty()
        ? clear(logged, distributions.used())
        : silent(subject, all, shifts, traces).showing(traced(distributions, shifts, traces));
  }

  /**
   * The new version since it came, against the old one at the same time of earlier days: what it
   * did not see of the window would else look like its doing.
   */
  private static Distributions sideBySide(
      Case subject, Evidence evidence, Query now, Query before, List<String> features, Instant came)
      throws EvidenceException {
    if (came.isAfter(subject.window().from())) {
      Distributions since =
          Distributions.read(
              evidence,
              now,
              before,
              features,
              new Window(came, subject.window().to()),
              Distributions.since(came, subject));
      if (since.eventsBefore() >= Comparison.FEWEST_BEFORE) {
        return since;
      }
    }
    return Distributions.read(
        evidence, now, before, features, subject.window(), subject.reference());
  }

  /**
   * A version or hash that took over.
   *
   * @param share of the window's events
   */
  private record Switch(String field, String from, String to, Instant at, double share) {
    Condition isNew() {
      return Condition.is(field, to);
    }

    String describe() {
      String what = field.equals(Fields.PREPROCESSING_HASH) ? "hash" : "version";
      return "preprocessing "
          + what
          + (from.isEmpty() ? " became " + to : " changed from " + from + " to " + to)
          + " at "
          + Text.time(at)
          + (share < 0.995 ? " (" + Text.percent(share) + " of predictions)" : "");
    }

    Fact fact(Case subject) {
      return Fact.of(
          Character.toUpperCase(describe().charAt(0)) + describe().substring(1),
          subject.model().fieldName(field),
          share,
          0,
          "share");
    }
  }

  private static Optional<Switch> change(Case subject, Evidence evidence, String field)
      throws EvidenceException {
    Query all = Query.of(subject.model(), Dataset.INFERENCE);
    List<ValueCount> present =
        evidence.events().values(all, field, Optional.of(subject.window()), 10);
    if (present.isEmpty()) {
      return Optional.empty();
    }
    Window memory = new Window(subject.now().minus(MEMORY), subject.now());
    List<ValueCount> remembered = evidence.events().values(all, field, Optional.of(memory), 50);
    long events = present.stream().mapToLong(ValueCount::count).sum();
    for (ValueCount value : present) {
      double now = (double) value.count() / events;
      Optional<ValueCount> known =
          remembered.stream().filter(other -> other.value().equals(value.value())).findFirst();
      Instant first = known.map(ValueCount::first).orElse(value.first());
      Optional<ValueCount> predecessor =
          remembered.stream()
              .filter(other -> other.first().isBefore(first))
              .max(Comparator.comparing(ValueCount::last).thenComparing(ValueCount::value));
      if (now >= SMALLEST_SHARE
          && predecessor.isPresent()
          && before(subject, evidence, field, value.value()) < now / 2) {
        return Optional.of(new Switch(field, predecessor.get().value(), value.value(), first, now));
      }
    }
    return Optional.empty();
  }

  /** The value's share in the reference. */
  private static double before(Case subject, Evidence evidence, String field, String value)
      throws EvidenceException {
    long same = 0;
    long all = 0;
    for (Tally tally :
        evidence
            .events()
            .tally(
                Query.of(subject.model(), Dataset.INFERENCE),
                subject.reference(),
                Map.of("same", Condition.is(field, value)))) {
      same += tally.of("same");
      all += tally.total();
    }
    return all == 0 ? 0 : (double) same / all;
  }

  private static Outcome.Found found(
      Case subject, Evidence evidence, Switch changed, List<Shift> shifts, List<Trace> traces) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        changed
            .fact(subject)
            .linked(
                evidence
                    .events()
                    .link(
                        Query.of(subject.model(), Dataset.INFERENCE).and(changed.isNew()),
                        subject.window())
                    .orElse(null)));
    traces.forEach(trace -> facts.add(Fact.of(trace.sentence(), trace.field())));
    shifts.stream()
        .limit(SHOWN)
        .forEach(shift -> facts.add(shift.fact(subject, "under the old one")));
    return new Outcome.Found(
        Severity.CRITICAL,
        Math.min(0.97, 0.88 + (traces.isEmpty() ? 0 : 0.05) + shifts.get(0).effect() / 10),
        "The "
            + changed.describe()
            + ", and with it "
            + (traces.isEmpty()
                ? Text.list(shifts.stream().map(Shift::name).toList(), 3)
                    + (shifts.size() == 1 ? " looks" : " look")
                    + " different"
                : traces.get(0).sentence()),
        facts,
        List.of(
            new Signal.Share(
                "share of " + Fields.shortName(changed.field()) + " = " + changed.to(),
                Query.of(subject.model(), Dataset.INFERENCE),
                changed.isNew())),
        Optional.of(changed.at()));
  }

  private static Outcome unproven(Switch changed, Outcome.NotChecked tooLittle) {
    return new Outcome.NotChecked(
        "the "
            + changed.describe()
            + "; what it did to the features can't be seen yet: "
            + tooLittle.reason(),
        tooLittle.remedy(),
        tooLittle.blindness());
  }

  private static Outcome harmless(Switch changed, int features) {
    return Outcome.clear(
        "the "
            + changed.describe()
            + ", and all "
            + Text.count(features, "compared field")
            + " look as they did before");
  }

  /** The field of the first trace that shifted. */
  private static List<Figure.Distribution> traced(
      Distributions distributions, List<Shift> shifts, List<Trace> traces) {
    return traces.stream()
        .flatMap(trace -> shifts.stream().filter(shift -> shift.field().equals(trace.field())))
        .limit(1)
        .flatMap(shift -> distributions.figure(shift, "before").stream())
        .toList();
  }

  private static Outcome.Found silent(
      Case subject, Query all, List<Shift> shifts, List<Trace> traces) {
    List<Fact> facts = new ArrayList<>();
    List<Signal> signals = new ArrayList<>();
    for (Trace trace : traces) {
      facts.add(Fact.of(trace.sentence(), subject.model().fieldName(trace.field())));
      shifts.stream()
          .filter(shift -> shift.field().equals(trace.field()))
          .forEach(
              shift -> {
                facts.add(shift.fact(subject, "before"));
                signals.add(new Signal.Share("share of " + shift.moved(), all, shift.gained()));
              });
    }
    return new Outcome.Found(
        Severity.CRITICAL,
        0.9,
        "No new preprocessing version shows, but "
            + Text.list(traces.stream().map(Trace::sentence).toList(), 1),
        facts,
        signals,
        Optional.empty());
  }

  private static Outcome clear(List<String> versions, List<String> features) {
    return Outcome.clear(
        versions.isEmpty()
            ? "no unit, sign, rounding or spelling has changed in "
                + Text.count(features.size(), "field")
                + " (log ml.preprocessing.version to see changes that leave no such trace)"
            : "the preprocessing version is the same as before");
  }
}
