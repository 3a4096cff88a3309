package dev.samovar.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The earth mover's distance between two weighted samples of numbers. */
public final class Wasserstein {
  private Wasserstein() {}

  /**
   * Wasserstein distance of order 1, ∫ |F(x) − G(x)| dx, where F and G are the empirical
   * distribution functions: how far the average unit of weight moved, in the units of the values.
   * In [0, ∞]; symmetric; unlike the distances over bins it depends on the scale of the field.
   *
   * @throws IllegalArgumentException if values and weights differ in number, a value is NaN, or the
   *     weights of a side sum to nothing
   */
  public static double distance(
      double[] referenceValues,
      double[] referenceWeights,
      double[] currentValues,
      double[] currentWeights) {
    double totalReference = totalOf(referenceValues, referenceWeights);
    double totalCurrent = totalOf(currentValues, currentWeights);
    int[] reference = orderOf(referenceValues);
    int[] current = orderOf(currentValues);
    double moved = 0;
    double ahead = 0;
    double previous = Double.NaN;
    int i = 0;
    int j = 0;
    while (i < reference.length || j < current.length) {
      boolean takeReference =
          j == current.length
              || (i < reference.length
                  && referenceValues[reference[i]] <= currentValues[current[j]]);
      double value = takeReference ? referenceValues[reference[i]] : currentValues[current[j]];
      // Equal values are no way apart, also where both are infinite and their difference is NaN.
      // What rounding leaves of a closed gap must not meet an infinite way.
      if (value > previous && Math.abs(ahead) > 1e-12) {
        moved += Math.abs(ahead) * (value - previous);
      }
      previous = value;
      ahead +=
          takeReference
              ? referenceWeights[reference[i++]] / totalReference
              : -currentWeights[current[j++]] / totalCurrent;
    }
    return moved;
  }

  private static int[] orderOf(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(index -> values[index]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double totalOf(double[] values, double[] weights) {
    if (values.length != weights.length) {
      throw new IllegalArgumentException(
          "One weight a value, not " + weights.length + " for " + values.length);
    }
    if (Arrays.stream(values).anyMatch(Double::isNaN)) {
      throw new IllegalArgumentException("A value is not a number");
    }
    if (Arrays.stream(weights).anyMatch(weight -> !(weight >= 0 && weight < Double.MAX_VALUE))) {
      throw new IllegalArgumentException("A weight is finite and not negative");
    }
    double total = Arrays.stream(weights).sum();
    if (total == 0) {
      throw new IllegalArgumentException("Nothing was counted on one side");
    }
    return total;
  }
}
