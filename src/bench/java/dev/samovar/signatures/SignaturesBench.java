package dev.samovar.signatures;

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
import org.openjdk.jmh.infra.Blackhole;

/** Log lines a second on one core: one known error in ten, as in a log on a bad day. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SignaturesBench {
  private static final int LINES = 4_000;

  private final Signatures signatures = Signatures.load();
  private final List<String> lines = lines();

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<Signature> all = signatures.all();
    for (int i = 0; i < LINES; i++) {
      lines.add(
          i % 10 == 0
              ? all.get(i / 10 % all.size()).example()
              : "2026-11-24 12:00:0" + i % 10 + ",123 INFO  [worker-" + i % 16 + "] dev.shop.Ranker:"
                  + " scored " + i + " items for request 5f2c-" + Integer.toHexString(31 * i)
                  + " in " + i % 90 + " ms; cache hit rate 0.93");
    }
    return lines;
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public void match(Blackhole into) {
    for (String line : lines) {
      Optional<Signatures.Match> match = signatures.match(line);
      into.consume(match);
    }
  }
}
