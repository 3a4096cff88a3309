package dev.samovar.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Corrects p-values for having asked many questions: of the findings below q, about a share of q is
 * by chance (Benjamini and Hochberg, 1995, the step-up procedure).
 */
public final class BenjaminiHochberg {
  private BenjaminiHochberg() {}

  /**
   * The adjusted p-values, in the order of the input: for the i-th smallest of m, the least of p(j)
   * · m / j over all j ≥ i. Never below the input, never above 1, and in the same order of size.
   *
   * @throws IllegalArgumentException if a p-value is not within 0 and 1
   */
  public static double[] adjust(double[] pValues) {
    if (Arrays.stream(pValues).anyMatch(p -> !(p >= 0 && p <= 1))) {
      throw new IllegalArgumentException("A p-value is within 0 and 1");
    }
    int[] largestFirst =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer index) -> pValues[index]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[pValues.length];
    double least = 1;
    for (int i = 0; i < largestFirst.length; i++) {
      int rank = pValues.length - i;
      double p = pValues[largestFirst[i]];
      // Multiplying first would not give back p exactly at the last rank.
      least = Math.min(least, p * ((double) pValues.length / rank));
      adjusted[largestFirst[i]] = least;
    }
    return adjusted;
  }
}
