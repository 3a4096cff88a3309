package dev.samovar.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;

/** Whether more events came than should have, for counts over time or over requests. */
public final class Rates {
  private Rates() {}

  /**
   * One-sided Poisson test against a rate that is known: P(X ≥ count) at {@code rate · exposure}
   * expected events. Exact; small when there are more events than expected.
   *
   * @param rate events per unit of exposure, not negative
   * @param exposure requests, seconds or whatever the rate is per, not negative
   */
  public static double poissonExcess(long count, double rate, double exposure) {
    double expected = rate * exposure;
    if (count < 0 || !(rate >= 0) || !(exposure >= 0) || Double.isInfinite(expected)) {
      throw new IllegalArgumentException(
          "No such rate: " + count + " events at " + rate + " over " + exposure);
    }
    if (count == 0) {
      return 1;
    }
    if (expected == 0) {
      return 0;
    }
    return PoissonDistribution.of(expected).survivalProbability(clampedInt(count - 1));
  }

  /**
   * One-sided test of two Poisson rates, the earlier one being counted too and not taken as known:
   * given all events, those that fall into the present are binomial with its part of the exposure
   * (Przyborowski and Wilenski, 1940). Exact; 1 when there are no events or one side has no
   * exposure.
   */
  public static double rateIncrease(
      long referenceCount, double referenceExposure, long currentCount, double currentExposure) {
    if (referenceCount < 0
        || currentCount < 0
        || !(referenceExposure >= 0)
        || !(currentExposure >= 0)
        || Double.isInfinite(referenceExposure + currentExposure)) {
      throw new IllegalArgumentException("Counts and exposures are finite and not negative");
    }
    if (currentCount == 0 || referenceExposure == 0 || currentExposure == 0) {
      return 1;
    }
    double part = currentExposure / (referenceExposure + currentExposure);
    return BinomialDistribution.of(clampedInt(referenceCount + currentCount), part)
        .survivalProbability(clampedInt(currentCount - 1));
  }

  private static int clampedInt(long count) {
    if (count > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("Too many events to test exactly: " + count);
    }
    return (int) count;
  }
}
