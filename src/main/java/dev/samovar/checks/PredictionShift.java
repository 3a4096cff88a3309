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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What users see of a model are its answers. A distribution of scores that has moved, one value for
 * everybody, or no value at all shows that something is wrong, not what. Failed requests have no
 * prediction and are left out: they are the error burst's matter.
 */
final class PredictionShift implements Check {
  private static final double FROZEN_SHARE = 0.2;

  @Override
  public CheckId id() {
    return CheckId.PREDICTION_SHIFT;
  }

  @Override
  public Set<CheckId> explains() {
    return Set.of(CheckId.MODEL_QUALITY);
  }

  @Override
  public Outcome examine(Case subject, Evidence evidence) throws EvidenceException {
    Catalog catalog = evidence.events().catalog(subject.model(), Dataset.INFERENCE);
    if (catalog.isEmpty()) {
      return Outcome.blind(
          catalog.absence(),
          "log predictions there, or name the index under models[].indices.inference");
    }
    List<String> fields = Distributions.countable(catalog, List.of(Fields.SCORE, Fields.LABEL));
    if (fields.isEmpty()) {
      return noPredictions(catalog);
    }
    Query query =
        Query.of(subject.model(), Dataset.INFERENCE)
            .and(Condition.is(Fields.OUTCOME, "failure").negate());
    Distributions distributions = Distributions.read(subject, evidence, query, fields);
    Optional<Outcome.NotChecked> tooLittle = distributions.tooLittle(subject);
    if (tooLittle.isPresent()) {
      return tooLittle.get();
    }
    if (distributions.used().isEmpty()) {
      return noPredictions(catalog);
    }
    List<Shift> shifts = Comparison.of(subject).shifts(distributions);
    Optional<Frozen> frozen =
        fields.contains(Fields.SCORE) && distinctBefore(distributions) > 20
            ? frozen(subject, evidence, query)
            : Optional.empty();
    if (shifts.isEmpty() && frozen.isEmpty()) {
      return Outcome.clear(
          Text.count(distributions.eventsNow(), "prediction")
              + " spread as usual ("
              + subject.referenceKind()
              + ")");
    }
    return found(subject, evidence, query, shifts, frozen)
        .showing(shifts.isEmpty() ? List.of() : distributions.figure(shifts.get(0), "before"));
  }

  private static Outcome noPredictions(Catalog catalog) {
    return Outcome.notSetUp(
        "no prediction is logged in " + catalog.expression(),
        "log ml.prediction.score or ml.prediction.label, or name the field under"
            + " models[].fields.prediction");
  }

  private static long distinctBefore(Distributions distributions) {
    return distributions.profiles().stream()
        .filter(profile -> profile.field().equals(Fields.SCORE))
        .mapToLong(profile -> profile.distinct())
        .findFirst()
        .orElse(0);
  }

  /**
   * One value for many inputs that did not have it before.
   *
   * @param shown as it may be told
   */
  private record Frozen(String value, String shown, double now, double before) {}

  private static Optional<Frozen> frozen(Case subject, Evidence evidence, Query query)
      throws EvidenceException {
    List<ValueCount> top =
        evidence.events().values(query, Fields.SCORE, Optional.of(subject.window()), 1);
    if (top.isEmpty()) {
      return Optional.empty();
    }
    String value = top.get(0).value();
    List<Tally> tallies = new ArrayList<>();
    tallies.addAll(
        evidence
            .events()
            .tally(
                query,
                List.of(subject.window()),
                Map.of("same", Condition.is(Fields.SCORE, value))));
    tallies.addAll(
        evidence
            .events()
            .tally(query, subject.reference(), Map.of("same", Condition.is(Fields.SCORE, value))));
    double now = tallies.get(0).share("same");
    long same = 0;
    long all = 0;
    for (Tally tally : tallies.subList(1, tallies.size())) {
      same += tally.of("same");
      all += tally.total();
    }
    double before = all == 0 ? 0 : (double) same / all;
    return now >= FROZEN_SHARE && now >= 3 * before && now - before >= 0.1
        ? Optional.of(
            new Frozen(
                value, Shown.value(Fields.SCORE, value, tallies.get(0).of("same")), now, before))
        : Optional.empty();
  }

  private static Outcome.Found found(
      Case subject, Evidence evidence, Query query, List<Shift> shifts, Optional<Frozen> frozen) {
    List<Fact> facts = new ArrayList<>();
    List<Signal> signals = new ArrayList<>();
    String summary = "";
    if (frozen.isPresent()) {
      Frozen value = frozen.get();
      Condition same = Condition.is(Fields.SCORE, value.value());
      summary =
          "Predictions are frozen: "
              + Text.percent(value.now())
              + " of them are exactly "
              + value.shown()
              + ", "
              + Text.percent(value.before())
              + " before";
      facts.add(
          Fact.of(
                  summary,
                  subject.model().fieldName(Fields.SCORE),
                  value.now(),
                  value.before(),
                  "share")
              .linked(evidence.events().link(query.and(same), subject.window()).orElse(null)));
      signals.add(new Signal.Share("share of score = " + value.shown(), query, same));
    }
    for (Shift shift : shifts) {
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
    double effect = shifts.isEmpty() ? frozen.map(Frozen::now).orElse(0.0) : shifts.get(0).effect();
    return new Outcome.Found(
        effect >= 0.3 ? Severity.CRITICAL : Severity.WARNING,
        Math.min(0.95, 0.5 + effect),
        summary.isEmpty()
            ? "Predictions have moved: "
                + shifts.get(0).moved()
                + " went from "
                + Text.percent(shifts.get(0).before())
                + " to "
                + Text.percent(shifts.get(0).now())
            : summary,
        facts,
        signals,
        Optional.empty());
  }
}
