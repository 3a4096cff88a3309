package dev.samovar.checks;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Numbers;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.ValueCount;
import dev.samovar.evidence.Window;
import dev.samovar.statistics.RobustSpread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A model that leaked shows splendid figures until it meets the world. Judged for the version that
 * is serving: figures that cannot be, a jump beyond all earlier versions, training equal to test,
 * one feature that alone tells the label, and a validation far above production. A model that has
 * always been this good is not suspicious.
 */
final class TooGoodToBeTrue implements Check {
  private static final Duration MEMORY = Duration.ofDays(30);
  private static final double PERFECT = 0.995;
  private static final double ALWAYS_GOOD = 0.985;
  private static final double GAP = 0.08;

  @Override
  public CheckId id() {
    return CheckId.TOO_GOOD_TO_BE_TRUE;
  }

  @Override
  public Set<CheckId> explains() {
    // What leaks into training is often not there, or not so, when the model serves.
    return Set.of(CheckId.TRAINING_SERVING_SKEW, CheckId.MODEL_QUALITY, CheckId.PREDICTION_SHIFT);
  }

  @Override
  public Outcome examine(Case subject, Evidence evidence) throws EvidenceException {
    List<Evaluation> all = Evaluation.read(subject, evidence);
    Optional<ValueCount> serving = serving(subject, evidence);
    String version = serving.map(ValueCount::value).or(() -> newestVersion(all)).orElse("");
    List<Evaluation> own =
        all.stream().filter(evaluation -> evaluation.version().equals(version)).toList();
    List<Doubt> doubts = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    own.forEach(evaluation -> names.addAll(evaluation.metrics().keySet()));
    for (String name : names) {
      if (Goodness.of(name) != Goodness.UNKNOWN) {
        new Figure(name, version, all).doubt().ifPresent(doubts::add);
      }
    }
    Leakage leakage = Leakage.read(subject, evidence, version);
    leakage.suspect().ifPresent(suspect -> doubts.add(new Doubt(0.85, suspect)));
    if (!doubts.isEmpty()) {
      return found(version, doubts, serving.map(ValueCount::first));
    }
    if (names.isEmpty() && !leakage.looked()) {
      return Outcome.notSetUp(
          "no evaluation figures of "
              + (version.isEmpty() ? subject.model().name() : "version " + version)
              + " were logged",
          "log ml.metrics.* with each training run (ml.run) or evaluation (ml.quality), with"
              + " ml.model.version");
    }
    return Outcome.clear(
        names.isEmpty()
            ? "no feature alone tells the label in the training rows"
            : "the figures of version "
                + version
                + " ("
                + Text.list(List.copyOf(names), 3)
                + ") are in line with earlier versions and with production");
  }

  /** The version that answers most requests now, and since when it does. */
  static Optional<ValueCount> serving(Case subject, Evidence evidence) throws EvidenceException {
    Query query = Query.of(subject.model(), Dataset.INFERENCE);
    List<ValueCount> now =
        evidence.events().values(query, Fields.MODEL_VERSION, Optional.of(subject.window()), 20);
    if (now.isEmpty()) {
      return Optional.empty();
    }
    Window memory = new Window(subject.now().minus(MEMORY), subject.now());
    // Of several versions, the one that came last is what somebody released.
    List<ValueCount> known =
        evidence.events().values(query, Fields.MODEL_VERSION, Optional.of(memory), 50);
    long events = now.stream().mapToLong(ValueCount::count).sum();
    return known.stream()
        .filter(
            value ->
                now.stream()
                    .anyMatch(
                        other ->
                            other.value().equals(value.value()) && other.count() * 10 >= events))
        .max(Comparator.comparing(ValueCount::first).thenComparing(ValueCount::value));
  }

  private static Optional<String> newestVersion(List<Evaluation> all) {
    return all.stream()
        .filter(evaluation -> !evaluation.version().isEmpty())
        .max(Comparator.comparing(Evaluation::at))
        .map(Evaluation::version);
  }

  private record Doubt(double strength, Fact fact) {}

  /** All that is known of one figure. */
  private record Figure(String name, String version, List<Evaluation> all) {

    private Goodness goodness() {
      return Goodness.of(name);
    }

    private List<Double> of(Evaluation.Split split, String ofVersion) {
      return all.stream()
          .filter(evaluation -> evaluation.split() == split)
          .filter(evaluation -> evaluation.version().equals(ofVersion))
          .flatMap(evaluation -> Optional.ofNullable(evaluation.metrics().get(name)).stream())
          .toList();
    }

    private Optional<Double> latest(Evaluation.Split split, String ofVersion) {
      List<Double> values = of(split, ofVersion);
      return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    private List<String> earlier() {
      return all.stream()
          .map(Evaluation::version)
          .filter(other -> !other.equals(version))
          .distinct()
          .toList();
    }

    private double[] earlierValues() {
      return earlier().stream()
          .flatMap(other -> latest(Evaluation.Split.VALIDATION, other).stream())
          .mapToDouble(Double::doubleValue)
          .toArray();
    }

    Optional<Doubt> doubt() {
      Optional<Double> validated = latest(Evaluation.Split.VALIDATION, version);
      if (validated.isEmpty()) {
        return Optional.empty();
      }
      double value = validated.get();
      return impossible(value)
          .or(() -> jump(value))
          .or(() -> perfect(value))
          .or(() -> sameAsTraining(value))
          .or(() -> aboveProduction(value));
    }

    private Optional<Doubt> impossible(double value) {
      boolean mayBeNegative =
          name.matches("(?i).*(r2|mcc|kappa|corr|spearman|pearson|gini|bias).*");
      boolean isShare = name.matches("(?i).*(auc|acc|f1|precision|recall|ndcg|iou|dice).*");
      boolean cannotBe =
          Double.isNaN(value)
              || (value < 0 && !mayBeNegative)
              || (isShare && value > 1 && value <= 1.5);
      return cannotBe
          ? doubt(
              0.85, " of " + text(value) + " cannot be: it is outside its range", value, Double.NaN)
          : Optional.empty();
    }

    private Optional<Doubt> jump(double value) {
      double[] before = earlierValues();
      if (before.length == 0) {
        return Optional.empty();
      }
      double usual = RobustSpread.median(before);
      double spread = RobustSpread.mad(before);
      double best = usual;
      for (double other : before) {
        best = goodness().worsening(other, best) < 0 ? other : best;
      }
      boolean halves =
          goodness() == Goodness.HIGHER
              ? 1 - value < 0.5 * (1 - best) && best < 1
              : value < 0.5 * best;
      boolean beyond = -goodness().worsening(value, best) > 4 * spread;
      if (!halves || !beyond) {
        return Optional.empty();
      }
      boolean splendid = goodness() == Goodness.LOWER || value >= 0.97;
      return doubt(
          before.length < 2 ? 0.65 : splendid ? 0.85 : 0.7,
          " jumped from "
              + text(usual)
              + " to "
              + text(value)
              + ", far beyond the best of "
              + Text.count(before.length, "earlier version"),
          value,
          usual);
    }

    private Optional<Doubt> perfect(double value) {
      double usual = RobustSpread.median(earlierValues());
      boolean isPerfect =
          goodness() == Goodness.HIGHER ? value >= PERFECT && value <= 1 : value <= 1e-4;
      boolean alwaysWas = goodness() == Goodness.HIGHER ? usual >= ALWAYS_GOOD : usual <= 1e-3;
      return isPerfect && !alwaysWas
          ? doubt(
              0.8,
              " of " + text(value) + " is close to perfect, which real data rarely allow",
              value,
              usual)
          : Optional.empty();
    }

    private Optional<Doubt> sameAsTraining(double value) {
      Optional<Double> trained = latest(Evaluation.Split.TRAINING, version);
      boolean same =
          trained.isPresent()
              && Math.abs(trained.get() - value) <= 1e-6 * Math.max(1, Math.abs(value));
      boolean usually =
          earlier().stream()
              .anyMatch(
                  other ->
                      latest(Evaluation.Split.TRAINING, other).isPresent()
                          && latest(Evaluation.Split.TRAINING, other)
                              .equals(latest(Evaluation.Split.VALIDATION, other)));
      return same && !usually && value != 0 && value != 1
          ? doubt(
              0.75,
              " is "
                  + text(value)
                  + " on training and on test data alike: were they the same rows?",
              value,
              value)
          : Optional.empty();
    }

    private Optional<Doubt> aboveProduction(double value) {
      Optional<Double> gap = gap(version);
      if (gap.isEmpty()) {
        return Optional.empty();
      }
      double usual =
          earlier().stream()
              .flatMap(other -> gap(other).stream())
              .mapToDouble(g -> g)
              .max()
              .orElse(0);
      double least =
          goodness() == Goodness.HIGHER
              ? Math.max(GAP, 0.1 * Math.abs(value))
              : 0.5 * Math.abs(value);
      if (gap.get() < least || gap.get() < 2 * usual) {
        return Optional.empty();
      }
      double produced = goodness() == Goodness.HIGHER ? value - gap.get() : value + gap.get();
      return doubt(
          0.75,
          " was "
              + text(value)
              + " in validation and never better than "
              + text(produced)
              + " in production",
          value,
          produced);
    }

    /** How far its validation was above the best that production ever showed of the version. */
    private Optional<Double> gap(String ofVersion) {
      List<Double> produced = of(Evaluation.Split.PRODUCTION, ofVersion);
      Optional<Double> validated = latest(Evaluation.Split.VALIDATION, ofVersion);
      if (produced.isEmpty() || validated.isEmpty()) {
        return Optional.empty();
      }
      double best = produced.get(0);
      for (double other : produced) {
        best = goodness().worsening(other, best) < 0 ? other : best;
      }
      return Optional.of(goodness().worsening(best, validated.get()));
    }

    private Optional<Doubt> doubt(double strength, String says, double now, double before) {
      return Optional.of(
          new Doubt(strength, Fact.of(name + says, "ml.metrics." + name, now, before, "figure")));
    }

    private static String text(double value) {
      return Numbers.text(Double.parseDouble(String.format(java.util.Locale.ROOT, "%.4g", value)));
    }
  }

  private static Outcome found(String version, List<Doubt> doubts, Optional<Instant> since) {
    doubts.sort(
        Comparator.comparingDouble(Doubt::strength)
            .reversed()
            .thenComparing(doubt -> doubt.fact().text()));
    return new Outcome.Found(
        Severity.WARNING,
        Math.min(0.92, doubts.get(0).strength() + 0.03 * (doubts.size() - 1)),
        "Version "
            + version
            + " was released on suspicious figures: "
            + doubts.get(0).fact().text()
            + (doubts.size() > 1
                ? "; " + Text.count(doubts.size() - 1, "other doubt") + " like it"
                : ""),
        doubts.stream().limit(5).map(Doubt::fact).toList(),
        List.of(),
        since);
  }
}
