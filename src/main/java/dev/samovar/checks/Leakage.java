package dev.samovar.checks;

import dev.samovar.evidence.Binning;
import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Histogram;
import dev.samovar.evidence.Profile;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.ValueCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether one feature of the training rows alone tells their label.
 *
 * @param looked whether there were rows with labels of a few classes
 */
record Leakage(boolean looked, Optional<Fact> suspect) {
  private static final int MOST_CLASSES = 6;

  /** Share of the label's uncertainty that knowing the feature's bin removes (Theil's U). */
  private static final double TELLS = 0.9;

  static Leakage read(Case subject, Evidence evidence, String version) throws EvidenceException {
    Catalog catalog = evidence.events().catalog(subject.model(), Dataset.TRAINING);
    List<String> features = Distributions.countable(catalog, catalog.features());
    if (catalog.isEmpty() || !catalog.has(Fields.TRAINING_LABEL) || features.isEmpty()) {
      return new Leakage(false, Optional.empty());
    }
    Query rows = Query.of(subject.model(), Dataset.TRAINING);
    if (catalog.has(Fields.MODEL_VERSION) && !version.isEmpty()) {
      rows = rows.and(Condition.is(Fields.MODEL_VERSION, version));
    }
    List<ValueCount> classes =
        evidence.events().values(rows, Fields.TRAINING_LABEL, Optional.empty(), MOST_CLASSES + 1);
    long labelled = classes.stream().mapToLong(ValueCount::count).sum();
    if (classes.size() < 2 || classes.size() > MOST_CLASSES || labelled < Comparison.ENOUGH) {
      return new Leakage(false, Optional.empty());
    }
    List<Binning> binnings =
        evidence.events().profiles(rows, features, List.of()).stream().map(Binning::of).toList();
    List<List<long[]>> counts = new ArrayList<>();
    List<List<Profile>> shapes = new ArrayList<>();
    for (ValueCount label : classes) {
      Query ofClass = rows.and(Condition.is(Fields.TRAINING_LABEL, label.value()));
      List<Histogram> histograms =
          evidence.events().histograms(ofClass, binnings, List.of()).get(0);
      counts.add(histograms.stream().map(Bins::counts).toList());
      shapes.add(evidence.events().profiles(ofClass, features, List.of()));
    }
    for (int i = 0; i < binnings.size(); i++) {
      int feature = i;
      double told = told(counts.stream().map(perClass -> perClass.get(feature)).toList());
      boolean apart = areApart(shapes.stream().map(perClass -> perClass.get(feature)).toList());
      if (told >= TELLS || (apart && told >= 0.5)) {
        String name = Fields.shortName(binnings.get(i).field());
        return new Leakage(
            true,
            Optional.of(
                Fact.of(
                    name
                        + " alone tells the label in the training rows of version "
                        + version
                        + (apart
                            ? ": its values for one class do not meet those for another"
                            : ": knowing it leaves "
                                + Text.percent(1 - told)
                                + " of the label's uncertainty"),
                    subject.model().fieldName(binnings.get(i).field()),
                    told,
                    Double.NaN,
                    "share")));
      }
    }
    return new Leakage(true, Optional.empty());
  }

  /** Theil's uncertainty coefficient U(label | bin): 0 (tells nothing) to 1 (tells all). */
  private static double told(List<long[]> classes) {
    double total = classes.stream().mapToDouble(Bins::total).sum();
    double labels = 0;
    for (long[] counts : classes) {
      labels -= plogp(Bins.total(counts) / total);
    }
    double given = 0;
    for (int bin = 0; bin < classes.get(0).length; bin++) {
      double inBin = 0;
      for (long[] counts : classes) {
        inBin += counts[bin];
      }
      for (long[] counts : classes) {
        given -= inBin == 0 ? 0 : inBin / total * plogp(counts[bin] / inBin);
      }
    }
    return labels == 0 ? 0 : 1 - given / labels;
  }

  private static double plogp(double p) {
    return p <= 0 ? 0 : p * Math.log(p);
  }

  /** Whether the middle four fifths of two classes' values lie apart from one another. */
  private static boolean areApart(List<Profile> classes) {
    if (classes.size() != 2 || classes.stream().anyMatch(shape -> shape.deciles().size() < 9)) {
      return false;
    }
    List<Double> a = classes.get(0).deciles();
    List<Double> b = classes.get(1).deciles();
    return a.get(8) < b.get(0) || b.get(8) < a.get(0);
  }
}
