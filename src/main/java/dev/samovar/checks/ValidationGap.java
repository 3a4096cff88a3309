package dev.samovar.checks;

import dev.samovar.evidence.Binning;
import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Histogram;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Rules;
import dev.samovar.evidence.Tally;
import dev.samovar.evidence.Window;
import dev.samovar.statistics.Proportions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The edge case that no validation rule thought of, once it is a large share of traffic: the slice
 * of up to three predicates, among the rows that no rule rejected, that has grown most. A slice
 * that grew and does no harm, of values that are well known, is a shift of the mix, which is
 * another check's matter.
 */
final class ValidationGap implements Check {
  private static final double COVERAGE = 0.1;
  private static final double LIFT = 1.5;
  private static final double SIGNIFICANT = 0.05;

  /** A further predicate must make the slice tell this much more. */
  private static final double WORTH_A_PREDICATE = 0.05;

  /** From this lift on the slice was hardly there before. */
  private static final double RARE_BEFORE = 4;

  /** What nearly all rows are is no edge case but another way to write them. */
  private static final double NEARLY_ALL = 0.9;

  private static final int CANDIDATES = 14;
  private static final int A_FIELD = 3;

  @Override
  public CheckId id() {
    return CheckId.VALIDATION_GAP;
  }

  @Override
  public Set<CheckId> explains() {
    return Set.of(
        CheckId.DATA_DRIFT,
        CheckId.TRAINING_SERVING_SKEW,
        CheckId.ERROR_BURST,
        CheckId.SERVING_HEALTH,
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
    List<String> features = Distributions.countable(catalog, catalog.features());
    Rules rules = evidence.ruleBooks().of(subject.model());
    boolean isLogged = catalog.has(Fields.VALIDATION_OUTCOME);
    if ((!isLogged && rules.isEmpty()) || features.isEmpty()) {
      return Outcome.notSetUp(
          features.isEmpty()
              ? "no features are logged in " + catalog.expression()
              : "no validation outcome is logged in " + catalog.expression(),
          "log ml.validation.outcome (pass, fail, skipped), ml.validation.failed and ml.features.*"
              + " with each prediction; the rules that you have can be named under"
              + " models[].validation.rules");
    }
    Query all = Query.of(subject.model(), Dataset.INFERENCE);
    Query rows = isLogged ? all.and(Condition.is(Fields.VALIDATION_OUTCOME, "fail").negate()) : all;
    Distributions distributions = Distributions.read(subject, evidence, rows, features);
    Optional<Outcome.NotChecked> tooLittle = distributions.tooLittle(subject);
    if (tooLittle.isPresent()) {
      return tooLittle.get();
    }
    List<Slice> singles = singles(distributions);
    Search search = new Search(subject, evidence, rows, singles);
    Optional<Slice> best = search.best();
    Optional<Harm> harm =
        best.isEmpty() ? Optional.empty() : Optional.of(harm(subject, evidence, rows, best.get()));
    if (best.isPresent() && isGap(best.get(), harm.get())) {
      return found(subject, evidence, rows, best.get(), harm.get(), isLogged);
    }
    return Outcome.clear(
        "no slice of the "
            + Text.count(distributions.eventsNow(), "row")
            + (isLogged ? " that no rule rejected" : "")
            + " has become large and harmful"
            + best.map(
                    slice ->
                        " (most grew "
                            + slice.text()
                            + ", from "
                            + Text.percent(slice.coverageBefore())
                            + " to "
                            + Text.percent(slice.coverage())
                            + ")")
                .orElse("")
            + known(rules));
  }

  /** What is known of the team's own rules, where any are named. */
  private static String known(Rules rules) {
    return rules.isEmpty()
        ? ""
        : "; "
            + Text.count(rules.rules().size(), "rule")
            + " in "
            + Text.count(rules.files(), "file")
            + " understood, "
            + Text.count(rules.unread().size())
            + " not";
  }

  /** One predicate each: every bin that grew, and every run of neighbouring bins that grew. */
  private static List<Slice> singles(Distributions distributions) {
    List<Slice> all = new ArrayList<>();
    for (int i = 0; i < distributions.window().size(); i++) {
      int field = i;
      Histogram now = distributions.window().get(i);
      long[] counts = Bins.counts(now);
      long[] before =
          Bins.sum(
              distributions.reference().stream()
                  .map(histograms -> Bins.counts(histograms.get(field)))
                  .toList());
      List<Slice> ofField = new ArrayList<>();
      for (int bin = 0; bin < counts.length; bin++) {
        ofField.add(slice(now, counts, before, bin, bin));
        int last = bin;
        while (now.binning() instanceof Binning.Edges
            && last + 1 < now.binning().size()
            && grew(counts, before, bin)
            && grew(counts, before, last + 1)) {
          last++;
        }
        if (last > bin && (bin == 0 || !grew(counts, before, bin - 1))) {
          ofField.add(slice(now, counts, before, bin, last));
        }
      }
      ofField.removeIf(slice -> slice.coverage() < COVERAGE || slice.lift() < 1.05);
      ofField.sort(byWorth());
      all.addAll(ofField.subList(0, Math.min(A_FIELD, ofField.size())));
    }
    all.sort(byWorth());
    return all.subList(0, Math.min(CANDIDATES, all.size()));
  }

  private static Comparator<Slice> byWorth() {
    return Comparator.comparingDouble((Slice slice) -> slice.coverage() - slice.coverageBefore())
        .reversed()
        .thenComparing(Slice::text);
  }

  private static boolean grew(long[] now, long[] before, int bin) {
    double share = (double) now[bin] / Math.max(1, Bins.total(now));
    double earlier = (double) before[bin] / Math.max(1, Bins.total(before));
    return share > 1.3 * earlier && share > 0.01;
  }

  private static Slice slice(Histogram histogram, long[] now, long[] before, int first, int last) {
    Binning binning = histogram.binning();
    String name = Fields.shortName(binning.field());
    long inNow = 0;
    long inBefore = 0;
    List<Condition> conditions = new ArrayList<>();
    for (int bin = first; bin <= last; bin++) {
      inNow += now[bin];
      inBefore += before[bin];
      conditions.add(Bins.condition(binning, bin));
    }
    String text =
        first == last
            ? Bins.describe(histogram, name, first, Math.max(inNow, inBefore))
            : Bins.range((Binning.Edges) binning, name, first, last);
    return new Slice(
        List.of(
            new Slice.Predicate(
                binning.field(),
                text,
                conditions.size() == 1 ? conditions.get(0) : new Condition.Any(conditions),
                first >= binning.size(),
                Bins.isUnseen(binning, first),
                value(histogram, first))),
        inNow,
        Bins.total(now),
        inBefore,
        Bins.total(before));
  }

  private static String value(Histogram histogram, int bin) {
    if (!(histogram.binning() instanceof Binning.Values values)) {
      return "";
    }
    return bin < values.size()
        ? values.values().get(bin)
        : Bins.isUnseen(values, bin) ? histogram.unseenValue() : "";
  }

  /** Looks for the slice that tells most, with as few predicates as will do. */
  private record Search(Case subject, Evidence evidence, Query rows, List<Slice> singles) {

    Optional<Slice> best() throws EvidenceException {
      Optional<Slice> best = strongest(singles, singles.size());
      List<Slice> pairs = extended(singles, true);
      Optional<Slice> pair = strongest(pairs, singles.size() * singles.size() / 2);
      best = better(best, pair);
      if (pair.isPresent() && best.equals(pair)) {
        List<Slice> triples = extended(List.of(pair.get()), false);
        best = better(best, strongest(triples, singles.size()));
      }
      return best;
    }

    private static Optional<Slice> better(Optional<Slice> simple, Optional<Slice> further) {
      if (simple.isEmpty() || further.isEmpty()) {
        return simple.isPresent() ? simple : further;
      }
      return further.get().f1() >= simple.get().f1() + WORTH_A_PREDICATE ? further : simple;
    }

    private static Optional<Slice> strongest(List<Slice> slices, int tried) {
      return slices.stream()
          .filter(slice -> slice.coverage() >= COVERAGE && slice.lift() >= LIFT)
          .filter(
              slice ->
                  Proportions.twoProportions(
                                  slice.before(), slice.allBefore(), slice.now(), slice.all())
                              .p()
                          * Math.max(1, tried)
                      < SIGNIFICANT)
          .max(
              Comparator.comparingDouble(Slice::f1)
                  .thenComparing(Comparator.comparing(Slice::text).reversed()));
    }

    private List<Slice> extended(List<Slice> bases, boolean once) throws EvidenceException {
      Map<String, Slice> asked = new TreeMap<>();
      Map<String, Condition> conditions = new TreeMap<>();
      for (int i = 0; i < bases.size(); i++) {
        for (int j = once ? i + 1 : 0; j < singles.size(); j++) {
          Slice.Predicate further = singles.get(j).predicates().get(0);
          if (!bases.get(i).isOn(further.field())) {
            Slice both = bases.get(i).with(further, 0, 0);
            String name = String.format("%03d-%03d", i, j);
            asked.put(name, both);
            conditions.put(name, both.condition());
          }
        }
      }
      if (asked.isEmpty()) {
        return List.of();
      }
      List<Window> windows = new ArrayList<>();
      windows.add(subject.window());
      windows.addAll(subject.reference());
      List<Tally> tallies = evidence.events().tally(rows, windows, conditions);
      List<Slice> slices = new ArrayList<>();
      asked.forEach(
          (name, slice) -> {
            long before = tallies.stream().skip(1).mapToLong(tally -> tally.of(name)).sum();
            slices.add(
                new Slice(
                    slice.predicates(),
                    tallies.get(0).of(name),
                    slice.all(),
                    before,
                    slice.allBefore()));
          });
      return slices;
    }
  }

  /**
   * What goes wrong within a slice, and outside of it.
   *
   * @param what in words: {@code fail}
   * @param within share of the slice's rows
   * @param outside share of the others
   * @param covered share of all such rows that lie in the slice
   */
  private record Harm(String what, double within, double outside, double covered) {
    boolean isConcentrated() {
      return within >= 0.05 && within >= 2 * outside && covered >= 0.3;
    }
  }

  private static Harm harm(Case subject, Evidence evidence, Query rows, Slice slice)
      throws EvidenceException {
    Harm failing =
        harm(subject, evidence, rows, slice, "fail", Condition.is(Fields.OUTCOME, "failure"));
    if (failing.isConcentrated()) {
      return failing;
    }
    Catalog catalog = evidence.events().catalog(subject.model(), Dataset.INFERENCE);
    List<String> scores = Distributions.countable(catalog, List.of(Fields.SCORE, Fields.LABEL));
    Query answered =
        Query.of(subject.model(), Dataset.INFERENCE)
            .and(Condition.is(Fields.OUTCOME, "failure").negate());
    if (scores.isEmpty()) {
      return failing;
    }
    Distributions predictions = Distributions.read(subject, evidence, answered, scores);
    List<Shift> shifts = Comparison.of(subject).shifts(predictions);
    if (shifts.isEmpty()) {
      return failing;
    }
    return harm(subject, evidence, rows, slice, "get odd answers", shifts.get(0).gained());
  }

  private static Harm harm(
      Case subject, Evidence evidence, Query rows, Slice slice, String what, Condition wrong)
      throws EvidenceException {
    Tally tally =
        evidence
            .events()
            .tally(
                rows,
                List.of(subject.window()),
                Map.of(
                    "in", slice.condition(),
                    "wrong", wrong,
                    "both", slice.condition().and(wrong)))
            .get(0);
    double outside = tally.total() - (double) tally.of("in");
    return new Harm(
        what,
        tally.of("in") == 0 ? 0 : (double) tally.of("both") / tally.of("in"),
        outside == 0 ? 0 : (tally.of("wrong") - (double) tally.of("both")) / outside,
        tally.of("wrong") == 0 ? 0 : (double) tally.of("both") / tally.of("wrong"));
  }

  private static boolean isGap(Slice slice, Harm harm) {
    boolean isOdd = slice.predicates().stream().anyMatch(Slice.Predicate::isOdd);
    return harm.isConcentrated() || (isOdd && slice.lift() >= RARE_BEFORE);
  }

  private static Outcome found(
      Case subject, Evidence evidence, Query rows, Slice slice, Harm harm, boolean isLogged)
      throws EvidenceException {
    boolean fails = harm.what().equals("fail");
    // Values that nobody had seen are an edge case by themselves, unless all have become such.
    boolean isNew =
        slice.lift() >= RARE_BEFORE
            && slice.coverage() < NEARLY_ALL
            && slice.predicates().stream().anyMatch(Slice.Predicate::isUnseen);
    double strength = isNew ? 0.76 : 0.5;
    if (harm.isConcentrated()) {
      // Rows that fail are wrong beyond doubt; odd answers may be right for odd rows.
      strength += fails ? 0.38 : 0.12;
    }
    if (slice.predicates().size() > 1) {
      strength += 0.08;
    }
    if (slice.lift() >= RARE_BEFORE) {
      strength += 0.06;
    }
    String share =
        slice.text()
            + ": "
            + Text.percent(slice.coverage())
            + (isLogged ? " of the rows that no rule rejected, " : " of the rows, ")
            + Text.percent(slice.coverageBefore())
            + " before";
    List<Fact> facts = new ArrayList<>();
    facts.add(
        Fact.of(
                share,
                subject.model().fieldName(slice.predicates().get(0).field()),
                slice.coverage(),
                slice.coverageBefore(),
                "share")
            .linked(
                evidence
                    .events()
                    .link(rows.and(slice.condition()), subject.window())
                    .orElse(null)));
    if (harm.isConcentrated()) {
      facts.add(
          Fact.of(
              Text.percent(harm.within())
                  + " of them "
                  + harm.what()
                  + ", "
                  + Text.percent(harm.outside())
                  + " of the others; they are "
                  + Text.percent(harm.covered())
                  + " of all that do",
              subject.model().fieldName(fails ? Fields.OUTCOME : Fields.SCORE),
              harm.within(),
              harm.outside(),
              "share"));
    }
    Optional<RuleCover> cover = RuleCover.of(subject, evidence, rows, slice);
    cover.ifPresent(known -> facts.addAll(known.facts(subject, isLogged)));
    facts.add(
        Fact.of(
            cover.filter(RuleCover::isCovered).isPresent()
                ? "What would have caught it: the rule that is there, run on every row that is"
                    + " served, its verdict logged as ml.validation.outcome"
                : "A rule that would have caught it: fail, or at least warn, when "
                    + slice.text()
                    + " in more than "
                    + Text.percent(Math.max(0.01, Math.min(0.5, 2 * slice.coverageBefore())))
                    + " of an hour's rows",
            subject.model().fieldName(Fields.VALIDATION_OUTCOME)));
    return new Outcome.Found(
        slice.coverage() >= 0.3 || fails ? Severity.CRITICAL : Severity.WARNING,
        Math.min(0.94, strength),
        "Validation lets an edge case through: "
            + share
            + (harm.isConcentrated()
                ? "; " + Text.percent(harm.within()) + " of them " + harm.what()
                : "")
            + cover.map(known -> "; " + known.summary()).orElse(""),
        facts,
        List.of(new Signal.Share("share of " + slice.text(), rows, slice.condition())),
        Optional.empty());
  }
}
