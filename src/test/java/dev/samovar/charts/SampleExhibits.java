package dev.samovar.charts;

import dev.samovar.checks.Change;
import dev.samovar.checks.CheckId;
import dev.samovar.checks.Figure;
import dev.samovar.evidence.Window;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Reports with something to draw. */
final class SampleExhibits {
  static final Instant TO = Instant.parse("2026-05-20T15:00:00Z");
  static final Instant ONSET = TO.minusSeconds(3600);

  private SampleExhibits() {}

  static Report report(List<Report.Cause> causes, List<Report.Exhibit> exhibits) {
    return new Report(
        "abc123",
        "fraud-scorer",
        "the fraud model's acting weird",
        new Window(TO.minusSeconds(7200), TO),
        "same time on 7 earlier days",
        List.of(),
        Verdict.CAUSE_FOUND,
        "fraud-scorer: the preprocessing changed",
        Optional.of(
            new Report.Onset(
                ONSET,
                ONSET.minusSeconds(240),
                ONSET.plusSeconds(120),
                "share of passenger_count = 0")),
        causes,
        List.of(),
        List.of(
            change(ONSET.minusSeconds(300), "preprocessing", "fraud-features", "v1.8.2", "v1.9.0"),
            change(TO.minusSeconds(20_000), "config", "gateway-timeouts", "250ms", "400ms")),
        true,
        1234,
        exhibits);
  }

  static Report.Cause cause(CheckId check) {
    return new Report.Cause(
        check,
        0.86,
        "it changed",
        Optional.of(ONSET),
        List.of(),
        List.of(),
        "runbooks/" + check.id() + ".md");
  }

  static Change change(Instant at, String kind, String component, String from, String to) {
    return new Change(at, kind, component, from, to, "mira", "", "", false);
  }

  /** From nothing to a sixth of all events within the hour before the end; with its usual band. */
  static Figure.Course share() {
    Random random = new Random(1);
    List<Long> at = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    List<Double> low = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    for (int i = 0; i < 96; i++) {
      Instant time = TO.minusSeconds(28_800 - i * 300L);
      at.add(time.getEpochSecond());
      double noise = 0.004 * random.nextGaussian();
      values.add(Math.max(0, (time.isBefore(ONSET) ? 0.012 : 0.158) + noise));
      low.add(0.006 + 0.002 * random.nextDouble());
      high.add(0.018 + 0.004 * random.nextDouble());
    }
    return new Figure.Course(
        "share of passenger_count = 0",
        Figure.Unit.SHARE,
        new Figure.Line(at, values),
        Optional.of(new Figure.Band("usual: same time, 3 earlier days", low, high)),
        Optional.empty());
  }

  static Figure.Course gpu() {
    List<Long> at = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 96; i++) {
      at.add(TO.minusSeconds(28_800 - i * 300L).getEpochSecond());
      values.add(i < 40 ? 9_800.0 + 40 * (i % 3) : Math.min(16_300, 9_800 + 130.0 * (i - 40)));
    }
    return Figure.Course.of(
            "GPU memory in use on gpu-3 GPU 0", Figure.Unit.MEBIBYTES, new Figure.Line(at, values))
        .below(new Figure.Limit(16_384, "16,384 MiB on the card"));
  }

  static Figure.Course lag() {
    List<Long> at = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 96; i++) {
      at.add(TO.minusSeconds(28_800 - i * 300L).getEpochSecond());
      values.add(
          i >= 30 && i < 34
              ? Double.NaN
              : i < 84 ? 120.0 + 30 * (i % 4) : 120 + 4_300.0 * (i - 84));
    }
    return Figure.Course.of(
            "lag of orders-ingest (kafka_consumergroup_lag, topic orders)",
            Figure.Unit.COUNT,
            new Figure.Line(at, values))
        .within(Figure.Band.level("usual over 8 days", 90, 900, 96));
  }

  static Figure.Distribution deciles() {
    return new Figure.Distribution(
        "amount",
        "before",
        List.of(
            new Figure.Bin("0.5 to 3.2", false, 1200, 60),
            new Figure.Bin("3.2 to 5.1", false, 1210, 75),
            new Figure.Bin("5.1 to 7.4", false, 1190, 66),
            new Figure.Bin("7.4 to 10.0", false, 1205, 80),
            new Figure.Bin("10.0 to 12.6", false, 1222, 71),
            new Figure.Bin("12.6 to 16.3", false, 1180, 64),
            new Figure.Bin("16.3 to 21.9", false, 1203, 71),
            new Figure.Bin("21.9 to 30.0", false, 1201, 78),
            new Figure.Bin("30.0 to 45.5", false, 1199, 70),
            new Figure.Bin("45.5 to 130", false, 1201, 66),
            new Figure.Bin("missing", true, 12, 3),
            new Figure.Bin("invalid", true, 0, 0),
            new Figure.Bin("below 0.5", true, 1, 1),
            new Figure.Bin("above 130", true, 2, 410)));
  }

  static Figure.Distribution values() {
    List<Figure.Bin> bins = new ArrayList<>();
    for (int i = 0; i < 18; i++) {
      bins.add(
          new Figure.Bin(
              i == 3 ? "credit_card_with_a_rather_long_name" : "merchant-" + i,
              false,
              4000 / (i + 1),
              i == 2 ? 20 : 900 / (i + 1)));
    }
    bins.add(new Figure.Bin("missing", true, 0, 0));
    bins.add(new Figure.Bin("never seen, most often “ΑΘΗΝΑ”", true, 0, 700));
    return new Figure.Distribution("payment_type", "in training", bins);
  }

  static Report.Exhibit of(CheckId check, Figure figure) {
    return new Report.Exhibit(check, false, figure);
  }
}
