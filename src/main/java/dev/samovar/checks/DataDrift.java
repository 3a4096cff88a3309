package dev.samovar.checks;

import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A model answers well only where it was trained; when the world sends other inputs, its answers
 * drift with them. What would fool this check is a time of day, a weekday or a small sample: hence
 * the reference of the same hours, the same weekday's veto, and the least number of events.
 */
final class DataDrift implements Check {
  private static final int SHOWN = 5;

  @Override
  public CheckId id() {
    return CheckId.DATA_DRIFT;
  }

  @Override
  public Set<CheckId> explains() {
    return Set.of(
        CheckId.TRAINING_SERVING_SKEW,
        CheckId.PREDICTION_SHIFT,
        CheckId.MODEL_QUALITY,
        CheckId.VALIDATION_GAP);
  }

  @Override
  public Outcome examine(Case subject, Evidence evidence) throws EvidenceException {
    Catalog catalog = evidence.events().catalog(subject.model(), Dataset.INFERENCE);
    if (catalog.isEmpty()) {
      return Outcome.blind(
          catalog.absence(),
          "log predictions there, or name the index under models[].indices.inference");
    }
    List<String> mapped = Distributions.countable(catalog, catalog.features());
    if (mapped.isEmpty()) {
      return noFeatures(catalog);
    }
    Query query = Query.of(subject.model(), Dataset.INFERENCE);
    Distributions distributions = Distributions.read(subject, evidence, query, mapped);
    Optional<Outcome.NotChecked> tooLittle = distributions.tooLittle(subject);
    if (tooLittle.isPresent()) {
      return tooLittle.get();
    }
    List<String> features = distributions.used();
    if (features.isEmpty()) {
      return noFeatures(catalog);
    }
    List<Shift> shifts = Comparison.of(subject).shifts(distributions);
    if (shifts.isEmpty()) {
      return Outcome.clear(
          Text.count(features.size(), "feature")
              + " of "
              + Text.count(distributions.eventsNow(), "prediction")
              + (features.size() == 1 ? " looks" : " look")
              + " as usual ("
              + subject.referenceKind()
              + ")"
              + (distributions.eventsNow() < Comparison.ENOUGH
                  ? "; among so few only a large shift would show"
                  : "")
              + uncounted(catalog));
    }
    return found(subject, evidence, query, shifts, features.size())
        .showing(distributions.figure(shifts.get(0), "before"));
  }

  private static Outcome noFeatures(Catalog catalog) {
    return Outcome.notSetUp(
        "no features are logged in " + catalog.expression(),
        "log each prediction's features as ml.features.<name>, or name their parent under"
            + " models[].fields.features");
  }

  private static Outcome.Found found(
      Case subject, Evidence evidence, Query query, List<Shift> shifts, int features) {
    List<Fact> facts = new ArrayList<>();
    List<Signal> signals = new ArrayList<>();
    for (Shift shift : shifts.subList(0, Math.min(SHOWN, shifts.size()))) {
      facts.add(
          shift
              .fact(subject, "before")
              .linked(
                  evidence
                      .events()
                      .link(query.and(shift.gained()), subject.window())
                      .orElse(null)));
      signals.add(new Signal.Share("share of " + shift.moved(), query, shift.gained()));
    }
    double effect = shifts.get(0).effect();
    return new Outcome.Found(
        effect >= 0.3 ? Severity.CRITICAL : Severity.WARNING,
        Math.min(isEdgeCase(shifts.get(0)) ? 0.75 : 0.95, 0.5 + effect),
        "The input has moved: "
            + Text.list(shifts.stream().map(Shift::name).toList(), 3)
            + (shifts.size() == 1 ? " is" : " are")
            + " not what "
            + (shifts.size() == 1 ? "it was" : "they were")
            + " ("
            + shifts.size()
            + " of "
            + Text.count(features, "feature")
            + "); "
            + shifts.get(0).moved()
            + " went from "
            + Text.percent(shifts.get(0).before())
            + " to "
            + Text.percent(shifts.get(0).now()),
        facts,
        signals,
        Optional.empty());
  }

  /** Values that nobody had seen, in a part of the events: something new, more than a drift. */
  private static boolean isEdgeCase(Shift shift) {
    return shift.isUnseen() && shift.now() < 0.9;
  }

  private static String uncounted(Catalog catalog) {
    List<String> notes =
        catalog.features().stream()
            .flatMap(feature -> catalog.field(feature).stream())
            .map(Catalog.Field::note)
            .filter(note -> !note.isEmpty())
            .toList();
    return notes.isEmpty() ? "" : "; not compared: " + Text.list(notes, 2);
  }
}
