package dev.samovar.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A short run of every target, the same each time; {@code -Dfuzz.inputs=1000000 -Dfuzz.seed=…} for
 * a long one.
 */
class FuzzTest {
  private static final int INPUTS = Integer.getInteger("fuzz.inputs", 400);

  /** So long nothing takes that ends, also where eight others want the processor. */
  private static final long HANG_NANOS = 10_000_000_000L;

  @ParameterizedTest
  @EnumSource(Fuzz.class)
  void whatever_comes_is_taken_or_refused(Fuzz target) {
    List<String> seeds = target.seeds();
    Mutations mutations = new Mutations(Long.getLong("fuzz.seed", 20261125L), seeds);
    long slowest = 0;
    for (String seed : seeds) {
      target.eat(seed.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = mutations.next();
      long begun = System.nanoTime();
      try {
        target.eat(input);
      } catch (RuntimeException | Error e) {
        throw new AssertionError(target + " broke on " + HexFormat.of().formatHex(input), e);
      }
      slowest = Math.max(slowest, System.nanoTime() - begun);
    }
    System.out.println(
        target + ": " + INPUTS + " inputs, the slowest took " + slowest / 1_000_000 + " ms");
    assertThat(slowest).isLessThan(HANG_NANOS);
  }
}
