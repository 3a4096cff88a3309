package dev.samovar.checks;

import dev.samovar.evidence.Numbers;
import dev.samovar.evidence.Profile;
import java.util.List;
import java.util.Optional;

/** The traces that rounding and clipping leave in numbers. */
final class Grain {
  private static final List<Double> GRAINS =
      List.of(1000.0, 500.0, 100.0, 50.0, 10.0, 5.0, 1.0, 0.5, 0.1, 0.01);
  private static final int FEWEST = 20;

  /** With fewer, it is frozen and not clipped. */
  private static final int FEW_VALUES = 5;

  private Grain() {}

  /** Whether values that were finer are all multiples of one step now. */
  static Optional<String> rounded(List<Double> now, List<Double> before) {
    if (now.size() < FEWEST || before.size() < FEWEST) {
      return Optional.empty();
    }
    double grain = grain(now);
    boolean varies = now.stream().distinct().count() > 2;
    return varies && grain > 0 && grain >= 4 * Math.max(grain(before), 0.001)
        ? Optional.of("rounded to multiples of " + Numbers.text(grain))
        : Optional.empty();
  }

  /** The coarsest step of which all values are multiples; 0 where there is none. */
  private static double grain(List<Double> values) {
    for (double grain : GRAINS) {
      if (values.stream()
          .allMatch(
              value ->
                  Math.abs(value / grain - Math.rint(value / grain))
                      < 1e-6 * Math.max(1, Math.abs(value / grain)))) {
        return grain;
      }
    }
    return 0;
  }

  /**
   * Whether the values are as before but for a limit at which they now end: the deciles below it
   * are the same, and those that were beyond are the limit itself.
   */
  static Optional<String> clipped(Profile now, Profile before) {
    int size = now.deciles().size();
    if (size < 9 || before.deciles().size() != size || now.distinct() <= FEW_VALUES) {
      return Optional.empty();
    }
    double spread = before.deciles().get(size - 1) - before.deciles().get(0);
    double tolerance = 0.12 * Math.abs(spread);
    if (now.max() < before.deciles().get(size - 1) - 0.02 * spread
        && asIf(now, before, value -> Math.min(value, now.max()), tolerance)) {
      return Optional.of("clipped: nothing is above " + Numbers.text(now.max()) + " any more");
    }
    if (now.min() > before.deciles().get(0) + 0.02 * spread
        && asIf(now, before, value -> Math.max(value, now.min()), tolerance)) {
      return Optional.of("clipped: nothing is below " + Numbers.text(now.min()) + " any more");
    }
    return Optional.empty();
  }

  private static boolean asIf(
      Profile now,
      Profile before,
      java.util.function.DoubleUnaryOperator change,
      double tolerance) {
    int atLimit = 0;
    for (int i = 0; i < now.deciles().size(); i++) {
      double expected = change.applyAsDouble(before.deciles().get(i));
      if (Math.abs(now.deciles().get(i) - expected) > tolerance) {
        return false;
      }
      atLimit +=
          expected == change.applyAsDouble(expected) && expected != before.deciles().get(i) ? 1 : 0;
    }
    return atLimit >= 1;
  }
}
