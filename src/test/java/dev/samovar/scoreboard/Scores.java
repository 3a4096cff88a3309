package dev.samovar.scoreboard;

import dev.samovar.checks.CheckId;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** What was said about the incidents, counted. */
final class Scores {
  private static final double[] CONFIDENCES = {0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01};

  private final List<Scored> all = new ArrayList<>();

  /** One incident and its report. */
  record Scored(
      Kind kind, long seed, Instant onset, Report report, ScoreboardTest.Guesses guesses) {

    boolean isRight() {
      if (!kind.verdicts().contains(report.verdict())) {
        return false;
      }
      if (kind.isHarmless()) {
        return true;
      }
      if (!kind.isCause()) {
        return kind.first().stream()
            .anyMatch(check -> report.row(check).state() == Report.State.FOUND);
      }
      return !report.causes().isEmpty()
          && kind.first().contains(report.causes().get(0).check())
          && named(report.causes().size()).containsAll(kind.also());
    }

    /** Whether the first cause that was named is the one. */
    boolean isFirstRight() {
      return !report.causes().isEmpty() && kind.first().contains(report.causes().get(0).check());
    }

    boolean isAmongThree() {
      return kind.isCause()
          ? named(3).stream().anyMatch(kind.first()::contains)
              && named(report.causes().size()).containsAll(kind.also())
          : isRight();
    }

    private List<CheckId> named(int most) {
      return report.causes().stream().limit(most).map(Report.Cause::check).toList();
    }

    /** NaN where there is none to compare. */
    double onsetErrorMinutes() {
      return !kind.isAbrupt() || report.onset().isEmpty()
          ? Double.NaN
          : Math.abs(Duration.between(onset, report.onset().get().at()).toSeconds()) / 60.0;
    }

    double confidence() {
      return report.causes().isEmpty() ? Double.NaN : report.causes().get(0).confidence();
    }

    String complaint() {
      StringBuilder text = new StringBuilder();
      text.append(
          String.format(
              Locale.ROOT,
              "WRONG %s %d (%s): wanted %s %s, got %s; onset %s, said %s%n",
              kind.name(),
              seed,
              report.model(),
              kind.verdicts(),
              kind.first(),
              report.verdict(),
              onset,
              report.onset().map(said -> said.at() + " by " + said.signal()).orElse("none")));
      report
          .causes()
          .forEach(
              cause ->
                  text.append(
                      String.format(
                          Locale.ROOT,
                          "    %.2f %s: %s%n",
                          cause.confidence(),
                          cause.check(),
                          cause.summary())));
      report.rows().stream()
          .filter(row -> row.state() == Report.State.FOUND || row.state() == Report.State.FAILED)
          .filter(row -> report.causes().stream().noneMatch(cause -> cause.check() == row.check()))
          .forEach(row -> text.append("    " + row.check() + ": " + row.summary() + "\n"));
      if (report.causes().isEmpty() || !isAmongThree()) {
        kind.first()
            .forEach(
                check -> text.append("    ! " + check + ": " + report.row(check).summary() + "\n"));
      }
      return text.toString();
    }
  }

  void add(Scored scored) {
    all.add(scored);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  List<String> wrong() {
    return all.stream().filter(scored -> !scored.isRight()).map(Scored::complaint).toList();
  }

  String table() {
    List<Scored> faults = all.stream().filter(scored -> !scored.kind().isHarmless()).toList();
    List<Scored> causes = faults.stream().filter(scored -> scored.kind().isCause()).toList();
    List<Scored> healthy = all.stream().filter(scored -> scored.kind().isHarmless()).toList();
    StringBuilder text = new StringBuilder();
    text.append(
        "| | Samovar | chance | the last change | the loudest error |\n|---|---|---|---|---|\n");
    text.append(
        String.format(
            Locale.ROOT,
            "| first answer right (%d faults) | %s | %s | %s | %s |%n",
            faults.size(),
            share(faults, Scored::isRight),
            share(causes, scored -> scored.kind().first().contains(scored.guesses().random())),
            share(causes, scored -> scored.kind().first().contains(scored.guesses().change())),
            share(causes, scored -> scored.kind().first().contains(scored.guesses().loudest()))));
    row(text, "right among the first three", share(faults, Scored::isAmongThree));
    row(
        text,
        "cause named where nothing is wrong (" + healthy.size() + ")",
        share(healthy, scored -> scored.report().verdict() == Verdict.CAUSE_FOUND));
    row(text, "all clear where nothing is wrong", share(healthy, Scored::isRight));
    row(
        text,
        "missed (all clear in a fault)",
        share(faults, scored -> scored.report().verdict() == Verdict.ALL_CLEAR));
    double[] errors =
        faults.stream()
            .mapToDouble(Scored::onsetErrorMinutes)
            .filter(error -> !Double.isNaN(error))
            .sorted()
            .toArray();
    row(text, "onset error of abrupt faults, median", minutes(errors, 0.5));
    row(text, "… nine of ten", minutes(errors, 0.9));
    row(text, "expected calibration error", String.format(Locale.ROOT, "%.3f", calibration()));
    double[] took =
        all.stream().mapToDouble(scored -> scored.report().tookMillis()).sorted().toArray();
    row(
        text,
        "time of a triage, median",
        took.length == 0 ? "–" : Math.round(took[took.length / 2]) + " ms");
    text.append(
        "\nConfidence, and how often the first cause was right:\n\n| confidence | answers | mean confidence | right |\n|---|---|---|---|\n");
    for (int i = 0; i + 1 < CONFIDENCES.length; i++) {
      List<Scored> within = within(i);
      if (!within.isEmpty()) {
        text.append(
            String.format(
                Locale.ROOT,
                "| %.1f – %.1f | %d | %.2f | %s |%n",
                CONFIDENCES[i],
                Math.min(1, CONFIDENCES[i + 1]),
                within.size(),
                within.stream().mapToDouble(Scored::confidence).average().orElse(0),
                share(within, Scored::isFirstRight)));
      }
    }
    text.append("\n| kind | incidents | right |\n|---|---|---|\n");
    Map<String, List<Scored>> byKind = new LinkedHashMap<>();
    all.forEach(
        scored ->
            byKind.computeIfAbsent(scored.kind().name(), unused -> new ArrayList<>()).add(scored));
    byKind.forEach(
        (kind, scored) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %d | %d |%n",
                    kind,
                    scored.size(),
                    scored.stream().filter(Scored::isRight).count())));
    return text.toString();
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("| ").append(name).append(" | ").append(value).append(" | | | |\n");
  }

  private static String share(List<Scored> of, Predicate<Scored> which) {
    return of.isEmpty()
        ? "–"
        : String.format(
            Locale.ROOT, "%.3f", (double) of.stream().filter(which).count() / of.size());
  }

  private static String minutes(double[] sorted, double quantile) {
    return sorted.length == 0
        ? "–"
        : String.format(
            Locale.ROOT,
            "%.1f min",
            sorted[(int) Math.min(sorted.length - 1, quantile * sorted.length)]);
  }

  private List<Scored> within(int bin) {
    return all.stream()
        .filter(scored -> !Double.isNaN(scored.confidence()))
        .filter(
            scored ->
                scored.confidence() >= CONFIDENCES[bin]
                    && scored.confidence() < CONFIDENCES[bin + 1])
        .toList();
  }

  private double calibration() {
    double error = 0;
    long answers = all.stream().filter(scored -> !Double.isNaN(scored.confidence())).count();
    for (int i = 0; i + 1 < CONFIDENCES.length; i++) {
      List<Scored> within = within(i);
      double said = within.stream().mapToDouble(Scored::confidence).average().orElse(0);
      double right = (double) within.stream().filter(Scored::isFirstRight).count();
      error += within.isEmpty() ? 0 : Math.abs(said - right / within.size()) * within.size();
    }
    return answers == 0 ? 0 : error / answers;
  }
}
