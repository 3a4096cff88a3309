package dev.samovar.checks;

import dev.samovar.evidence.Binning;
import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Histogram;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.TrainingProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What serving is compared with.
 *
 * @param rows one histogram a feature
 * @param count of the training rows
 * @param remark what is not compared, and why; empty or a sentence's end
 */
record Trained(
    List<Histogram> rows, long count, String sentence, boolean isProfile, String remark) {

  static Trained ofRows(Evidence evidence, Query query, List<String> features, String sentence)
      throws EvidenceException {
    List<Binning> binnings =
        evidence.events().profiles(query, features, List.of()).stream().map(Binning::of).toList();
    List<Histogram> rows = evidence.events().histograms(query, binnings, List.of()).get(0);
    return new Trained(rows, rows.isEmpty() ? 0 : rows.get(0).total(), sentence, false, "");
  }

  /** The features that serving logs as the same kind: the bins of numbers fit no words. */
  static Trained ofProfile(TrainingProfile profile, Catalog serving) {
    List<Histogram> alike = new ArrayList<>();
    List<String> unlike = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (TrainingProfile.Feature feature : profile.features()) {
      Optional<Catalog.Field> field = serving.field(feature.field());
      if (field.isEmpty()) {
        unknown.add(Fields.shortName(feature.field()));
      } else if (field.get().kind() == feature.kind()) {
        alike.add(feature.histogram());
      } else {
        unlike.add(Fields.shortName(feature.field()));
      }
    }
    return new Trained(
        alike,
        profile.rows(),
        "the training profile of version " + profile.version(),
        true,
        left(unknown, "not logged by serving")
            + left(unlike, "of another type in the log than in training"));
  }

  private static String left(List<String> names, String why) {
    return names.isEmpty() ? "" : "; " + why + ": " + Text.list(names, 3);
  }

  List<Binning> binnings() {
    return rows.stream().map(Histogram::binning).toList();
  }

  /** Without those that serving never has a value of: a label, or another model's feature. */
  Trained logged(List<List<Histogram>> serving) {
    List<Histogram> logged = new ArrayList<>();
    List<String> unused = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      int place = i;
      if (serving.stream().anyMatch(all -> all.get(place).total() > all.get(place).missing())) {
        logged.add(rows.get(i));
      } else {
        unused.add(Fields.shortName(rows.get(i).binning().field()));
      }
    }
    return new Trained(
        logged, count, sentence, isProfile, remark + left(unused, "without values in serving"));
  }

  /** Where this one's features are among all. */
  List<Integer> places(Trained all) {
    List<Binning> known = all.binnings();
    return binnings().stream().map(known::indexOf).toList();
  }
}
