package dev.samovar.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Whether counts over the same bins can come from one distribution. All p-values are asymptotic:
 * below about five expected events a bin they are rough.
 */
public final class FrequencyTests {
  private FrequencyTests() {}

  /**
   * Two-sample G-test of homogeneity on a table of 2 × k: G = 2 Σ observed ln(observed / expected),
   * with what each margin leads one to expect. Unlike the one-sample test it knows that the
   * reference is a sample too. Degrees of freedom: bins that either side has, less one. A side
   * without events tells nothing: p is 1.
   */
  public static Significance gTest(long[] reference, long[] current) {
    requireCounts(reference, current);
    double totalReference = Arrays.stream(reference).sum();
    double totalCurrent = Arrays.stream(current).sum();
    double total = totalReference + totalCurrent;
    double half = 0;
    int bins = 0;
    for (int i = 0; i < reference.length; i++) {
      double both = (double) reference[i] + current[i];
      if (both > 0) {
        bins++;
        half += entropyTerm((double) reference[i], both * totalReference / total);
        half += entropyTerm((double) current[i], both * totalCurrent / total);
      }
    }
    return ofChiSquare(2 * half, bins - 1);
  }

  /**
   * One-sample G-test: what is seen against a reference that is taken as exactly known, scaled to
   * the same total. Infinite, and p 0, when a bin is seen that the reference does not have.
   */
  public static Significance gGoodnessOfFit(long[] reference, long[] current) {
    return goodnessOfFit(reference, current, (seen, expected) -> 2 * entropyTerm(seen, expected));
  }

  /**
   * One-sample Pearson test: Σ (seen − expected)² / expected, the reference scaled to the same
   * total and taken as exactly known, so it is too sure of itself where the reference is small.
   * Infinite, and p 0, when a bin is seen that the reference does not have. No bins are merged.
   */
  public static Significance chiSquareGoodnessOfFit(long[] reference, long[] current) {
    return goodnessOfFit(
        reference,
        current,
        (seen, expected) ->
            seen == expected ? 0 : (seen - expected) * (seen - expected) / expected);
  }

  @FunctionalInterface
  private interface Term {
    double of(double seen, double expected);
  }

  private static Significance goodnessOfFit(long[] reference, long[] current, Term term) {
    requireCounts(reference, current);
    double totalReference = Arrays.stream(reference).sum();
    double totalCurrent = Arrays.stream(current).sum();
    if (totalReference == 0) {
      throw new IllegalArgumentException("A reference without events expects nothing");
    }
    double statistic = 0;
    int bins = 0;
    for (int i = 0; i < reference.length; i++) {
      if (reference[i] > 0 || current[i] > 0) {
        bins++;
        statistic += term.of((double) current[i], reference[i] * totalCurrent / totalReference);
      }
    }
    return ofChiSquare(statistic, bins - 1);
  }

  private static double entropyTerm(double seen, double expected) {
    return seen == 0 ? 0 : seen * Math.log(seen / expected);
  }

  private static Significance ofChiSquare(double statistic, int degreesOfFreedom) {
    if (degreesOfFreedom < 1) {
      return new Significance(0, 0, 1);
    }
    // Rounding can leave an exact match a hair below zero.
    double atLeastZero = Math.max(0, statistic);
    return new Significance(
        atLeastZero,
        degreesOfFreedom,
        ChiSquaredDistribution.of(degreesOfFreedom).survivalProbability(atLeastZero));
  }

  private static void requireCounts(long[] reference, long[] current) {
    if (reference.length != current.length) {
      throw new IllegalArgumentException(
          "Both sides have the same bins, not " + reference.length + " and " + current.length);
    }
    if (Arrays.stream(reference).anyMatch(count -> count < 0)
        || Arrays.stream(current).anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException("A count is not negative");
    }
  }
}
