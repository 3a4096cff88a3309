package dev.samovar.statistics;

import java.util.Arrays;

/** How much the values of a series follow one another, whatever changes it has. */
final class Dependence {
  /** Robust deviations beyond which a difference is one of level. */
  private static final double OUTLYING = 3;

  private static final int SHORTEST_BLOCK = 3;

  private Dependence() {}

  /**
   * The first autocorrelation of residuals, from 0 to 0.98, raised by what fitting a level and a
   * change to so few values takes from it (after Marriott and Pope, 1954).
   */
  static double firstOrder(double[] residuals) {
    double products = 0;
    double squares = 0;
    for (int i = 0; i < residuals.length; i++) {
      squares += residuals[i] * residuals[i];
      products += i == 0 ? 0 : residuals[i] * residuals[i - 1];
    }
    double plain = products / squares;
    double unbiased = plain + (2 + 4 * plain) / residuals.length;
    return squares == 0 ? 0 : Math.max(0, Math.min(0.98, unbiased));
  }

  /**
   * An upper bound of the autocorrelation that steps do not move: in an autoregressive series the
   * squares of differences over two values are 1 + φ times those over one, and a level shift is an
   * outlier among either (Chakar and others, 2017). Other changes than the one looked at would else
   * pass for autocorrelation.
   */
  static double mostFirstOrder(double[] values) {
    double ratio = spreadOfDifferences(values, 2) / spreadOfDifferences(values, 1);
    double most = ratio * ratio - 1 + 3 / Math.sqrt(values.length);
    return Double.isNaN(most) ? 1 : Math.max(0, most);
  }

  private static double spreadOfDifferences(double[] values, int apart) {
    double[] differences = new double[values.length - apart];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = values[i + apart] - values[i];
    }
    return Math.sqrt(Arrays.stream(clipped(differences)).map(d -> d * d).average().orElse(0));
  }

  /** Values beyond three robust deviations from zero are set to there. */
  static double[] clipped(double[] values) {
    double most = OUTLYING * RobustSpread.mad(values);
    return Arrays.stream(values).map(e -> Math.max(-most, Math.min(most, e))).toArray();
  }

  /**
   * How many times more the means of blocks vary than those of independent values would, by their
   * median difference from one block to the next, so that a few changes do not count; at least 1.
   * Slow wandering under noise shows there and not in the first autocorrelation. Fewer blocks show
   * slower wandering, more blocks bear more changes.
   */
  static double inflation(double[] residuals, int blocks) {
    int block = residuals.length / blocks;
    double squares = Arrays.stream(residuals).map(e -> e * e).average().orElse(0);
    if (block < SHORTEST_BLOCK || squares == 0) {
      return 1;
    }
    double[] sums = new double[residuals.length + 1];
    for (int i = 0; i < residuals.length; i++) {
      sums[i + 1] = sums[i] + residuals[i];
    }
    double[] differences = new double[residuals.length - 2 * block + 1];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = Math.abs(sums[i + 2 * block] - 2 * sums[i + block] + sums[i]) / block;
    }
    double spread = 1.4826 * RobustSpread.median(differences);
    return Math.max(1, spread * spread * block / 2 / squares);
  }
}
