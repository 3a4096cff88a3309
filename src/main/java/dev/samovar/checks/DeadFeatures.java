package dev.samovar.checks;

import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Histogram;
import dev.samovar.evidence.Profile;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Tally;
import dev.samovar.evidence.ValueCount;
import dev.samovar.evidence.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Features that went missing or took one value for everybody, as they do when what computes them
 * has stopped: the share of missing values has a test of its own, and a value counts as frozen only
 * where the feature used to have many.
 *
 * @param looked whether there were features and events enough to look at
 * @param blind why not, where events should be there
 */
record DeadFeatures(
    boolean looked, Optional<Outcome.NotChecked> blind, List<BrokenPipeline.Break> facts) {
  private static final double FROZEN = 0.85;
  private static final long FEWEST = 30;

  static DeadFeatures read(Case subject, Evidence evidence) throws EvidenceException {
    Catalog catalog = evidence.events().catalog(subject.model(), Dataset.INFERENCE);
    List<String> features = Distributions.countable(catalog, catalog.features());
    if (catalog.isEmpty() || features.isEmpty()) {
      return new DeadFeatures(false, Optional.empty(), List.of());
    }
    Query query = Query.of(subject.model(), Dataset.INFERENCE);
    Distributions distributions = Distributions.read(subject, evidence, query, features);
    Optional<Outcome.NotChecked> tooLittle = distributions.tooLittle(subject);
    if (tooLittle.isPresent()) {
      return new DeadFeatures(false, tooLittle, List.of());
    }
    List<BrokenPipeline.Break> breaks = new ArrayList<>();
    List<Shift> shifts = Comparison.of(subject).shifts(distributions);
    for (Shift shift : shifts) {
      int index = index(distributions, shift.field());
      Histogram now = distributions.window().get(index);
      List<Histogram> before =
          distributions.reference().stream().map(histograms -> histograms.get(index)).toList();
      Optional<BrokenPipeline.Break> missing = missing(subject, evidence, query, now, before);
      if (missing.isPresent()) {
        breaks.add(missing.get());
      } else {
        frozen(subject, evidence, query, shift, distributions.profiles().get(index))
            .ifPresent(breaks::add);
      }
    }
    return new DeadFeatures(true, Optional.empty(), breaks);
  }

  private static int index(Distributions distributions, String field) {
    for (int i = 0; i < distributions.window().size(); i++) {
      if (distributions.window().get(i).binning().field().equals(field)) {
        return i;
      }
    }
    throw new IllegalArgumentException("No histogram of " + field);
  }

  private static double missingShare(List<Histogram> histograms) {
    long missing = histograms.stream().mapToLong(Histogram::missing).sum();
    long total = histograms.stream().mapToLong(Histogram::total).sum();
    return total == 0 ? 0 : (double) missing / total;
  }

  private static Optional<BrokenPipeline.Break> missing(
      Case subject, Evidence evidence, Query query, Histogram now, List<Histogram> before) {
    double share = missingShare(List.of(now));
    double usual = missingShare(before);
    double most =
        before.stream().mapToDouble(histogram -> missingShare(List.of(histogram))).max().orElse(0);
    if (share - usual < 0.02 || share < 1.5 * usual || share < 1.25 * most) {
      return Optional.empty();
    }
    String field = now.binning().field();
    Condition gone = Condition.missing(field);
    String text =
        "feature "
            + Fields.shortName(field)
            + " is missing in "
            + Text.percent(share)
            + " of predictions, "
            + Text.percent(usual)
            + " before";
    return Optional.of(
        new BrokenPipeline.Break(
            Math.min(0.85, 0.6 + 0.4 * share),
            text,
            Fact.of(text, subject.model().fieldName(field), share, usual, "share")
                .linked(evidence.events().link(query.and(gone), subject.window()).orElse(null)),
            List.of(new Signal.Share("share of missing " + Fields.shortName(field), query, gone)),
            Optional.empty()));
  }

  /** One value for many events, of a feature that had many values and not this one so often. */
  private static Optional<BrokenPipeline.Break> frozen(
      Case subject, Evidence evidence, Query query, Shift shift, Profile usual)
      throws EvidenceException {
    String field = usual.field();
    boolean hadMany =
        usual.distinct() > 20 || (usual.values().size() >= 3 && usual.distinct() >= 3);
    if (!hadMany) {
      return Optional.empty();
    }
    Window since = Segment.of(subject, evidence, query, List.of(shift.gained()));
    List<ValueCount> top = evidence.events().values(query, field, Optional.of(since), 1);
    if (top.isEmpty()) {
      return Optional.empty();
    }
    String value = top.get(0).value();
    Condition same = Condition.is(field, value);
    List<Window> windows = new ArrayList<>();
    windows.add(since);
    windows.addAll(Distributions.since(since.from(), subject));
    List<Tally> tallies = evidence.events().tally(query, windows, Map.of("same", same));
    double share = tallies.get(0).share("same");
    long sameBefore = tallies.stream().skip(1).mapToLong(tally -> tally.of("same")).sum();
    long allBefore = tallies.stream().skip(1).mapToLong(Tally::total).sum();
    double shareBefore = allBefore == 0 ? 0 : (double) sameBefore / allBefore;
    boolean isNew = share >= 1.5 * shareBefore && share - shareBefore >= 0.3;
    if (tallies.get(0).total() < FEWEST || share < FROZEN || !isNew) {
      return Optional.empty();
    }
    String shown = Shown.value(field, value, tallies.get(0).of("same"));
    String text =
        "feature "
            + Fields.shortName(field)
            + " is frozen: "
            + shown
            + " in "
            + Text.percent(share)
            + " of predictions, "
            + Text.percent(shareBefore)
            + " before";
    return Optional.of(
        new BrokenPipeline.Break(
            Math.min(0.9, 0.65 + 0.3 * share),
            text,
            Fact.of(text, subject.model().fieldName(field), share, shareBefore, "share")
                .linked(evidence.events().link(query.and(same), subject.window()).orElse(null)),
            List.of(
                new Signal.Share(
                    "share of " + Fields.shortName(field) + " = " + shown, query, same)),
            Optional.empty()));
  }
}
