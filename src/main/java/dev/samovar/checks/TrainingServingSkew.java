package dev.samovar.checks;

import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Histogram;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Series;
import dev.samovar.evidence.TrainingProfile;
import dev.samovar.evidence.TrainingProfiles;
import dev.samovar.evidence.ValueCount;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A feature that is computed one way in training and another in serving makes a good model wrong.
 * What would fool this check is the time of day: two hours of serving never look like months of
 * training. So a skew counts when the window is further from the training rows than this model's
 * own earlier windows are, or when a whole week of serving differs by as much. Where both sides log
 * the same request, it needs no such care ({@link PairedRequests}).
 */
final class TrainingServingSkew implements Check {
  private static final int SHOWN = 5;
  private static final Duration LONG = Duration.ofDays(7);

  /** A week never matches months exactly; from here on it is no longer the season. */
  private static final double STANDING = 0.2;

  private static final int MOST_HOURS = 18;

  @Override
  public CheckId id() {
    return CheckId.TRAINING_SERVING_SKEW;
  }

  @Override
  public Set<CheckId> explains() {
    return Set.of(CheckId.PREDICTION_SHIFT, CheckId.MODEL_QUALITY);
  }

  @Override
  public Outcome examine(Case subject, Evidence evidence) throws EvidenceException {
    Model model = subject.model();
    Catalog training = evidence.events().catalog(model, Dataset.TRAINING);
    Catalog serving = evidence.events().catalog(model, Dataset.INFERENCE);
    List<String> stored =
        evidence.profiles().versions(model.name()).stream()
            .map(TrainingProfiles.Version::version)
            .toList();
    List<String> features =
        Distributions.countable(training, training.features()).stream()
            .filter(field -> !isDate(serving, field))
            .toList();
    Version version = version(subject, evidence, training, serving, stored);
    if (training.isEmpty() && stored.isEmpty()) {
      return Outcome.notSetUp(
          "no training profile, and no training rows: " + training.absence(),
          version.remedy(model, training));
    }
    if (serving.isEmpty()) {
      return Outcome.blind(
          serving.absence(),
          "log predictions there, or name the index under models[].indices.inference");
    }
    PairedRequests paired = PairedRequests.read(subject, evidence, training, serving);
    if (!paired.differing().isEmpty()) {
      return paired.found(subject);
    }
    Optional<Trained> rows =
        version.hasRows() && !features.isEmpty()
            ? Optional.of(Trained.ofRows(evidence, version.rows(), features, version.sentence()))
            : Optional.empty();
    if (rows.filter(trained -> trained.count() >= Comparison.ENOUGH).isPresent()) {
      return compare(subject, evidence, rows.get(), version);
    }
    Optional<TrainingProfile> profile =
        stored.contains(version.wanted())
            ? evidence.profiles().of(model.name(), version.wanted())
            : Optional.empty();
    if (profile.isPresent()) {
      return compare(subject, evidence, Trained.ofProfile(profile.get(), serving), version);
    }
    if (rows.isPresent()) {
      return compare(subject, evidence, rows.get(), version);
    }
    return Outcome.notSetUp(
        version.hasRows()
            ? "no features are kept in " + training.expression()
            : version.lack(stored),
        version.remedy(model, training));
  }

  private static boolean isDate(Catalog serving, String field) {
    return serving
        .field(field)
        .filter(
            known ->
                known.kind() == Catalog.Kind.DATE
                    || known.kind() == Catalog.Kind.TEXT
                    || known.kind() == Catalog.Kind.CONFLICT)
        .isPresent();
  }

  /**
   * Which version's training to compare with.
   *
   * @param wanted empty where nobody logs versions
   * @param trained the versions that training rows are kept of
   * @param hasRows whether there are training rows to compare with, which are these
   * @param only the version whose predictions are compared, where others serve beside it
   */
  private record Version(
      String wanted, List<String> trained, boolean hasRows, Query rows, Optional<String> only) {
    String sentence() {
      return trained.isEmpty() ? "the training rows" : "the training rows of version " + wanted;
    }

    /** What is missing; what there is of others helps whoever mistyped a version. */
    String lack(List<String> stored) {
      return "no training rows"
          + (stored.isEmpty() ? "" : " and no training profile")
          + (wanted.isEmpty() ? "" : " of version " + wanted + ", which is serving")
          + (trained.isEmpty() ? "" : "; there are rows of " + Text.list(trained, 3))
          + (stored.isEmpty() ? "" : "; profiles are stored of " + Text.list(stored, 3));
    }

    String remedy(Model model, Catalog training) {
      return "`samovar baseline "
          + model.name()
          + " --file train.csv --version "
          + (wanted.isEmpty() ? "VERSION" : wanted)
          + "` adds a training profile; or log a sample of the training rows to "
          + training.expression()
          + " (ml.model.name, ml.model.version, ml.features.*)";
    }
  }

  private static Version version(
      Case subject, Evidence evidence, Catalog training, Catalog serving, List<String> stored)
      throws EvidenceException {
    Model model = subject.model();
    Query all = Query.of(model, Dataset.TRAINING);
    List<ValueCount> trained =
        training.has(Fields.MODEL_VERSION)
            ? evidence.events().values(all, Fields.MODEL_VERSION, Optional.empty(), 50)
            : List.of();
    List<String> versions = trained.stream().map(ValueCount::value).toList();
    List<ValueCount> served =
        serving.has(Fields.MODEL_VERSION)
            ? evidence
                .events()
                .values(
                    Query.of(model, Dataset.INFERENCE),
                    Fields.MODEL_VERSION,
                    Optional.of(subject.window()),
                    20)
            : List.of();
    Set<String> known = new HashSet<>(versions);
    known.addAll(stored);
    String wanted =
        served.isEmpty()
            ? trained.stream()
                .max(Comparator.comparing(ValueCount::last).thenComparing(ValueCount::value))
                .map(ValueCount::value)
                .orElse(stored.isEmpty() ? "" : stored.get(0))
            : newest(subject, evidence, known, served);
    if (!training.isEmpty() && versions.isEmpty() && !stored.contains(wanted)) {
      // Rows that do not say of which version are those of whatever serves.
      return new Version(wanted, versions, true, all, Optional.empty());
    }
    return new Version(
        wanted,
        versions,
        versions.contains(wanted),
        all.and(Condition.is(Fields.MODEL_VERSION, wanted)),
        served.size() > 1 ? Optional.of(wanted) : Optional.empty());
  }

  /**
   * Of several versions that serve at once, the one that came last and whose training data are
   * known: others would hide its skew.
   */
  private static String newest(
      Case subject, Evidence evidence, Set<String> known, List<ValueCount> served)
      throws EvidenceException {
    String newest =
        TooGoodToBeTrue.serving(subject, evidence)
            .map(ValueCount::value)
            .orElse(served.get(0).value());
    return Stream.concat(Stream.of(newest), served.stream().map(ValueCount::value))
        .filter(known::contains)
        .filter(version -> isEnough(served, version))
        .findFirst()
        .orElse(served.get(0).value());
  }

  private static boolean isEnough(List<ValueCount> served, String version) {
    return served.stream()
        .anyMatch(value -> value.value().equals(version) && value.count() >= Comparison.FEWEST);
  }

  private static Outcome compare(Case subject, Evidence evidence, Trained all, Version version)
      throws EvidenceException {
    if (all.count() < Comparison.ENOUGH) {
      return Outcome.notSetUp(
          "not enough data: "
              + Text.count(all.count(), "training row")
              + (all.isProfile() ? " in " + all.sentence() : "")
              + ", "
              + Comparison.ENOUGH
              + " are needed",
          all.isProfile()
              ? "compute the profile from more rows (`samovar baseline`)"
              : "log a larger sample of the training rows");
    }
    Query served = Query.of(subject.model(), Dataset.INFERENCE);
    List<Window> windows = new ArrayList<>();
    windows.add(new Window(subject.window().to().minus(LONG), subject.window().to()));
    windows.addAll(subject.reference());
    Query own =
        version
            .only()
            .map(only -> served.and(Condition.is(Fields.MODEL_VERSION, only)))
            .orElse(served);
    List<List<Histogram>> everything =
        evidence.events().histograms(served, all.binnings(), windows);
    Trained trained = all.isProfile() ? all.logged(everything) : all;
    if (trained.rows().isEmpty()) {
      return Outcome.notSetUp(
          "nothing of " + trained.sentence() + " can be compared" + trained.remark(),
          "log the features with the predictions, under the names they have in training");
    }
    List<Integer> places = trained.places(all);
    List<List<Histogram>> serving =
        everything.stream()
            .map(histograms -> places.stream().map(histograms::get).toList())
            .toList();
    List<Histogram> window =
        evidence.events().histograms(own, trained.binnings(), List.of(subject.window())).get(0);
    List<Histogram> rows = trained.rows();
    Distributions enough =
        new Distributions(List.of(), window, window, List.of(rows), List.of(rows));
    Optional<Outcome.NotChecked> tooLittle = enough.tooLittle(subject);
    if (tooLittle.isPresent()) {
      return tooLittle.get();
    }
    List<Shift> shifts =
        new Skew(
                rows,
                serving.get(0),
                serving.subList(1, serving.size()),
                coversTheDay(evidence, served, windows.get(0)),
                Comparison.sameWeekday(subject))
            .shifts(window);
    if (shifts.isEmpty()) {
      long compared = rows.stream().filter(histogram -> histogram.filled() > 0).count();
      return Outcome.clear(
          Text.count(compared, "feature")
              + (compared == 1 ? " looks" : " look")
              + " as in "
              + trained.sentence()
              + " ("
              + Text.count(trained.count())
              + " rows)"
              + trained.remark());
    }
    return found(subject, evidence, own, shifts, trained)
        .showing(enough.figure(shifts.get(0), "in training"));
  }

  /**
   * Whether the week's log has most hours of the day; where it does not, only values that training
   * never saw tell a standing skew from a time of day.
   */
  private static boolean coversTheDay(Evidence evidence, Query served, Window week)
      throws EvidenceException {
    Series hours =
        evidence
            .events()
            .series(served, List.of(Condition.everything()), week, Duration.ofHours(1))
            .get(0);
    boolean[] logged = new boolean[24];
    for (int i = 0; i < hours.totals().size(); i++) {
      logged[i % 24] |= hours.totals().get(i) > 0;
    }
    int known = 0;
    for (boolean hour : logged) {
      known += hour ? 1 : 0;
    }
    return known >= MOST_HOURS;
  }

  /** What is further from the training rows than this model's serving usually is. */
  private record Skew(
      List<Histogram> rows,
      List<Histogram> week,
      List<List<Histogram>> reference,
      boolean coversTheDay,
      OptionalInt sameWeekday) {

    List<Shift> shifts(List<Histogram> window) {
      List<Shift> shifts =
          new Comparison(Comparison.LARGE, OptionalInt.empty()).shifts(window, List.of(rows));
      List<Shift> skewed = new ArrayList<>();
      for (Shift shift : shifts) {
        int field = index(window, shift.field());
        double usual = usual(field);
        boolean isNew =
            shift.effect() > usual + Math.max(0.05, usual / 2)
                && shift.effect() > 1.25 * lastWeek(field);
        boolean isStanding =
            shift.effect() >= STANDING
                && (coversTheDay || shift.isUnseen())
                && Comparison.distance(rows.get(field), week.get(field)) >= STANDING;
        if (isNew || isStanding) {
          skewed.add(shift);
        }
      }
      return skewed;
    }

    private static int index(List<Histogram> window, String field) {
      for (int i = 0; i < window.size(); i++) {
        if (window.get(i).binning().field().equals(field)) {
          return i;
        }
      }
      throw new IllegalArgumentException("No histogram of " + field);
    }

    /** The distance of the same weekday: what comes every week is no news. */
    private double lastWeek(int field) {
      return sameWeekday.isPresent()
          ? Comparison.distance(rows.get(field), reference.get(sameWeekday.getAsInt()).get(field))
          : 0;
    }

    /** The distance that the reference windows have from the training rows. */
    private double usual(int field) {
      double[] distances =
          reference.stream()
              .map(histograms -> histograms.get(field))
              .filter(histogram -> histogram.total() >= Comparison.FEWEST)
              .mapToDouble(histogram -> Comparison.distance(rows.get(field), histogram))
              .toArray();
      return distances.length == 0
          ? 0
          : dev.samovar.statistics.RobustSpread.median(distances)
              + 3 * dev.samovar.statistics.RobustSpread.mad(distances);
    }
  }

  private static Outcome.Found found(
      Case subject, Evidence evidence, Query served, List<Shift> shifts, Trained trained) {
    List<Fact> facts = new ArrayList<>();
    List<Signal> signals = new ArrayList<>();
    for (Shift shift : shifts.subList(0, Math.min(SHOWN, shifts.size()))) {
      facts.add(
          shift
              .fact(subject, "in training")
              .linked(
                  evidence
                      .events()
                      .link(served.and(shift.gained()), subject.window())
                      .orElse(null)));
      signals.add(new Signal.Share("share of " + shift.moved(), served, shift.gained()));
    }
    double effect = shifts.get(0).effect();
    return new Outcome.Found(
        effect >= 0.4 ? Severity.CRITICAL : Severity.WARNING,
        Math.min(0.9, 0.45 + effect),
        "Serving differs from "
            + trained.sentence()
            + ": "
            + shifts.get(0).moved()
            + " is "
            + Text.percent(shifts.get(0).now())
            + " of predictions, "
            + Text.percent(shifts.get(0).before())
            + " in training"
            + (shifts.size() > 1
                ? "; also "
                    + Text.list(
                        shifts.subList(1, shifts.size()).stream().map(Shift::name).toList(), 3)
                : ""),
        facts,
        signals,
        Optional.empty());
  }
}
