package dev.samovar.understanding;

import dev.samovar.evidence.Model;
import java.util.List;
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
import org.openjdk.jmh.infra.Blackhole;

/** Messages a second on one core: reports, chatter and alerts as a channel has them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class UnderstandingBench {
  private static final int MESSAGES = 10;

  private static final List<String> TEXTS =
      List.of(
          "ranker p95 is at 4 s since 14:30 UTC, search is unusable",
          "anyone up for lunch at noon?",
          "[FIRING:1] HighErrorRate model=ranker severity=page started: 2026-11-24 02:10 UTC",
          "rolled back, watching",
          "the churn job has not produced a row since friday, can somebody please look",
          "> is the ranker down?\nit was, for 2 min, fine now",
          "could we retrain churn weekly instead of daily? opinions welcome",
          "Airflow: churn_daily succeeded",
          "customers in Porto write that the first search result is always the same chair",
          "next sprint: migrate the feature store, the review of the design doc is on tuesday");

  private final Understanding understanding =
      new Understanding(List.of(Model.named("search-ranker"), Model.named("churn-predictor")));

  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public void read(Blackhole into) {
    for (String text : TEXTS) {
      into.consume(understanding.read(text));
    }
  }
}
