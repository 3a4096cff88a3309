package dev.samovar.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** What can be said about a share from the events it was counted over. */
public final class Proportions {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private Proportions() {}

  /**
   * Wilson's score interval of a share: honest for few events and for shares near 0 and 1, where
   * the textbook interval is not. Without events it is [0, 1].
   *
   * @param confidence two-sided, in (0, 1): 0.95
   */
  public static Interval wilson(long matching, long total, double confidence) {
    requireShare(matching, total);
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("Confidence is within 0 and 1, not " + confidence);
    }
    if (total == 0) {
      return new Interval(0, 1);
    }
    double z = NORMAL.inverseSurvivalProbability((1 - confidence) / 2);
    double n = total;
    double share = matching / n;
    double shrink = 1 + z * z / n;
    double centre = (share + z * z / (2 * n)) / shrink;
    double half = z / shrink * Math.sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    // Exact at the ends, where rounding would leave a hair.
    return new Interval(
        matching == 0 ? 0 : Math.max(0, centre - half),
        matching == total ? 1 : Math.min(1, centre + half));
  }

  /**
   * Two-sided z-test of two shares with the pooled variance; its square is Pearson's χ² of the 2 ×
   * 2 table, without Yates' correction. The statistic is positive when the share rose. p is 1 when
   * a side has no events, or all events are alike.
   */
  public static Significance twoProportions(
      long referenceMatching, long referenceTotal, long currentMatching, long currentTotal) {
    requireShare(referenceMatching, referenceTotal);
    requireShare(currentMatching, currentTotal);
    double total = (double) referenceTotal + currentTotal;
    double pooled = ((double) referenceMatching + currentMatching) / total;
    if (referenceTotal == 0 || currentTotal == 0 || pooled == 0 || pooled == 1) {
      return new Significance(0, 0, 1);
    }
    double error = Math.sqrt(pooled * (1 - pooled) * (1.0 / referenceTotal + 1.0 / currentTotal));
    double z =
        ((double) currentMatching / currentTotal - (double) referenceMatching / referenceTotal)
            / error;
    return new Significance(z, 1, Math.min(1, 2 * NORMAL.survivalProbability(Math.abs(z))));
  }

  private static void requireShare(long matching, long total) {
    if (matching < 0 || matching > total) {
      throw new IllegalArgumentException(matching + " of " + total + " is not a share");
    }
  }
}
