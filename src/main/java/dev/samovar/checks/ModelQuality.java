package dev.samovar.checks;

import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Metrics;
import dev.samovar.evidence.Numbers;
import dev.samovar.evidence.Query;
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
 * Whether the model is still right, by the figures that its own evaluation in production reports.
 * Labels come late: where no evaluation reaches into the time in question, the quality is unknown,
 * which is not the same as fine.
 */
final class ModelQuality implements Check {
  private static final int FEWEST_BEFORE = 4;

  /** A worse figure counts from this many of its own usual deviations on. */
  private static final double DEVIATIONS = 4;

  /** … and from this share of its usual value on, or a gain in rows would make noise a finding. */
  private static final double SMALLEST = 0.03;

  private static final int NEWEST = 3;

  /** How much worse a single evaluation must be than several together. */
  private static final double ALONE = 1.5;

  private static final int SHOWN = 4;

  @Override
  public CheckId id() {
    return CheckId.MODEL_QUALITY;
  }

  @Override
  public Set<CheckId> explains() {
    return Set.of();
  }

  @Override
  public Outcome examine(Case subject, Evidence evidence) throws EvidenceException {
    Catalog catalog = evidence.events().catalog(subject.model(), Dataset.QUALITY);
    String remedy =
        "log each evaluation on labelled production data as ml.quality (ml.quality.on: production,"
            + " ml.metrics.<name>, ml.quality.rows, ml.quality.to)";
    if (catalog.isEmpty()) {
      return Outcome.notSetUp("no evaluations: " + catalog.absence(), remedy);
    }
    List<Evaluation> production =
        Evaluation.read(subject, evidence).stream()
            .filter(evaluation -> evaluation.split() == Evaluation.Split.PRODUCTION)
            .toList();
    if (production.isEmpty()) {
      return Outcome.notSetUp("no evaluation on production data was logged in 60 days", remedy);
    }
    Set<String> names = new TreeSet<>();
    production.forEach(evaluation -> names.addAll(evaluation.metrics().keySet()));
    List<Drop> drops = new ArrayList<>();
    int judged = 0;
    for (String name : names) {
      Figures figures = Figures.of(name, production, subject.window());
      if (figures.before().size() >= FEWEST_BEFORE && !figures.recent().isEmpty()) {
        judged++;
        figures.drop().ifPresent(drops::add);
      }
    }
    Evaluation newest = production.get(production.size() - 1);
    if (!drops.isEmpty()) {
      return found(subject, evidence, drops, newest);
    }
    if (judged == 0) {
      return Outcome.notSetUp(
          "not enough data: "
              + Text.count(production.size(), "evaluation")
              + " on production data, and "
              + FEWEST_BEFORE
              + " before the newest are needed to know what is usual",
          "wait for more evaluations");
    }
    if (newest.until().isBefore(subject.window().from())) {
      return Outcome.notSetUp(
          "labels are late: the newest evaluation covers the time until "
              + Text.time(newest.until())
              + ", and was as usual; the quality since then is unknown",
          "look again when the labels of this time are in, or evaluate on a faster proxy label");
    }
    return Outcome.clear(
        Text.count(judged, "figure")
            + " of quality in production "
            + (judged == 1 ? "is" : "are")
            + " as usual, the newest of "
            + Text.time(newest.at()));
  }

  /** One figure over time, oldest first. */
  private record Figures(
      String name, List<Metrics.Point> before, List<Metrics.Point> recent, long rows) {

    static Figures of(String name, List<Evaluation> production, Window window) {
      List<Evaluation> having =
          production.stream().filter(evaluation -> evaluation.metrics().containsKey(name)).toList();
      Instant from = from(having, window);
      List<Metrics.Point> before = new ArrayList<>();
      List<Metrics.Point> recent = new ArrayList<>();
      long rows = 0;
      for (Evaluation evaluation : having) {
        Metrics.Point point =
            new Metrics.Point(evaluation.at(), evaluation.metrics().getOrDefault(name, 0.0));
        if (evaluation.at().isBefore(from)) {
          before.add(point);
        } else {
          recent.add(point);
          rows = evaluation.rows();
        }
      }
      return new Figures(name, before, recent, rows);
    }

    /** Where now begins: the newest one speaks even before the window, if it is not long past. */
    private static Instant from(List<Evaluation> having, Window window) {
      if (having.isEmpty()) {
        return window.from();
      }
      Instant last = having.get(having.size() - 1).at();
      boolean isRecent = Duration.between(last, window.from()).compareTo(usualGap(having)) <= 0;
      return last.isBefore(window.from()) && isRecent ? last : window.from();
    }

    private static Duration usualGap(List<Evaluation> having) {
      double[] gaps = new double[Math.max(0, having.size() - 1)];
      for (int i = 0; i < gaps.length; i++) {
        gaps[i] = Duration.between(having.get(i).at(), having.get(i + 1).at()).toSeconds();
      }
      double median = RobustSpread.median(gaps);
      return Double.isNaN(median) ? Duration.ZERO : Duration.ofSeconds((long) (2 * median));
    }

    /** Of the newest few together; else of the newest alone, where it is far worse. */
    Optional<Drop> drop() {
      return drop(NEWEST, 1).or(() -> drop(1, ALONE));
    }

    private Optional<Drop> drop(int newest, double caution) {
      // The last day before the window may already be part of the trouble.
      Instant dayBefore = recent.get(0).time().minus(Duration.ofHours(24));
      List<Metrics.Point> settled =
          before.stream().filter(point -> point.time().isBefore(dayBefore)).toList();
      double[] usual = values(settled.size() >= FEWEST_BEFORE ? settled : before);
      double[] now = values(recent.subList(Math.max(0, recent.size() - newest), recent.size()));
      double level = RobustSpread.median(usual);
      double spread = RobustSpread.mad(usual);
      double value = RobustSpread.median(now);
      Goodness goodness = Goodness.of(name);
      double worse = goodness.worsening(value, level);
      double sampling = isShare(level) && rows > 0 ? Math.sqrt(level * (1 - level) / rows) : 0;
      double deviation = Math.max(spread, sampling);
      boolean isWorse =
          worse > caution * DEVIATIONS * deviation
              && worse > caution * SMALLEST * Math.max(Math.abs(level), 1e-9)
              && (goodness != Goodness.HIGHER || worse > 0.01);
      // What has been as bad before, more than once, is this model's way.
      long asBad =
          before.stream()
              .filter(point -> goodness.worsening(point.value(), level) >= 0.8 * worse)
              .count();
      return isWorse && asBad * 20 <= before.size()
          ? Optional.of(new Drop(this, value, level, deviation, worse, goodness))
          : Optional.empty();
    }

    private static boolean isShare(double value) {
      return value > 0 && value < 1;
    }

    private static double[] values(List<Metrics.Point> points) {
      return points.stream().mapToDouble(Metrics.Point::value).toArray();
    }
  }

  private record Drop(
      Figures figures,
      double now,
      double before,
      double deviation,
      double worse,
      Goodness goodness) {
    double relative() {
      return worse / Math.max(1e-9, Math.abs(before));
    }

    String sentence() {
      String word =
          switch (goodness) {
            case HIGHER -> " fell from ";
            case LOWER -> " rose from ";
            case UNKNOWN -> " went from ";
          };
      int dot = figures.name().indexOf('.');
      String name =
          dot < 0
              ? figures.name()
              : figures.name().substring(0, dot)
                  + " of segment "
                  + figures.name().substring(dot + 1);
      return name + word + figure(before) + " to " + figure(now);
    }

    private static String figure(double value) {
      return Numbers.text(Double.parseDouble(String.format(java.util.Locale.ROOT, "%.4g", value)));
    }

    Fact fact() {
      return Fact.of(
          sentence()
              + (deviation > 0 ? " (usually within ± " + figure(2 * deviation) + ")" : "")
              + (figures.rows() > 0 ? ", on " + Text.count(figures.rows(), "row") : ""),
          "ml.metrics." + figures.name(),
          now,
          before,
          "figure");
    }
  }

  private static Outcome found(
      Case subject, Evidence evidence, List<Drop> drops, Evaluation newest) {
    drops.sort(
        Comparator.comparingDouble(Drop::relative)
            .reversed()
            .thenComparing(drop -> drop.figures().name()));
    List<Fact> facts = new ArrayList<>();
    List<Signal> signals = new ArrayList<>();
    String link =
        evidence
            .events()
            .link(Query.of(subject.model(), Dataset.QUALITY), subject.horizon())
            .orElse(null);
    for (Drop drop : drops.subList(0, Math.min(SHOWN, drops.size()))) {
      facts.add(drop.fact().linked(link));
      List<Metrics.Point> points = new ArrayList<>(drop.figures().before());
      points.addAll(drop.figures().recent());
      signals.add(new Signal.Level(drop.figures().name() + " in production", points));
    }
    double most = drops.get(0).relative();
    return new Outcome.Found(
        most >= 0.15 ? Severity.CRITICAL : Severity.WARNING,
        Math.min(0.95, 0.65 + most),
        "Quality in production is worse: "
            + drops.get(0).sentence()
            + (drops.size() > 1
                ? "; also "
                    + Text.list(
                        drops.subList(1, drops.size()).stream()
                            .map(drop -> drop.figures().name())
                            .toList(),
                        3)
                : "")
            + (newest.until().isBefore(subject.window().from())
                ? " (the newest evaluation covers the time until " + Text.time(newest.until()) + ")"
                : ""),
        facts,
        signals,
        Optional.empty());
  }
}
