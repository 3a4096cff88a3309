package dev.samovar.charts;

import dev.samovar.checks.CheckId;
import dev.samovar.checks.Figure;
import dev.samovar.evidence.Window;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Milliseconds a picture, on one core: a course with its band, and a distribution. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class PicturesBench {
  private static final Instant TO = Instant.parse("2026-05-20T15:00:00Z");

  private final Gallery gallery = Gallery.inUtc();
  private final Report report = report();

  private static Report report() {
    List<Long> at = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    List<Double> low = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    List<Figure.Bin> bins = new ArrayList<>();
    for (int i = 0; i < 96; i++) {
      at.add(TO.minusSeconds(28_800 - i * 300L).getEpochSecond());
      values.add((i < 84 ? 0.02 : 0.16) + 0.004 * Math.sin(i));
      low.add(0.01 + 0.003 * Math.cos(i));
      high.add(0.03 + 0.004 * Math.sin(2 * i));
      if (i < 12) {
        bins.add(new Figure.Bin(i + " to " + (i + 1), i > 9, 1000 + i, 900L - 50 * i));
      }
    }
    Figure course =
        new Figure.Course(
            "share of x",
            Figure.Unit.SHARE,
            new Figure.Line(at, values),
            Optional.of(new Figure.Band("usual: same time, 3 earlier days", low, high)),
            Optional.empty());
    return new Report(
        "id",
        "fraud-scorer",
        "",
        new Window(TO.minusSeconds(7200), TO),
        "same time on 7 earlier days",
        List.of(),
        Verdict.SYMPTOMS_ONLY,
        "x moved",
        Optional.of(
            new Report.Onset(TO.minusSeconds(3600), TO.minusSeconds(3700), TO, "share of x")),
        List.of(),
        List.of(),
        List.of(),
        true,
        1,
        List.of(
            new Report.Exhibit(CheckId.DATA_DRIFT, true, course),
            new Report.Exhibit(
                CheckId.DATA_DRIFT, false, new Figure.Distribution("x", "before", bins))));
  }

  @Benchmark
  @OperationsPerInvocation(2)
  public List<Picture> draw() {
    return gallery.pictures(report);
  }
}
