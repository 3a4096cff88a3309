package dev.samovar.statistics;

import java.util.Arrays;

/** Centre, spread and slope that a few wild values cannot move. NaN is no sample and left out. */
public final class RobustSpread {
  /** Makes the median absolute deviation of a normal distribution its standard deviation. */
  private static final double NORMAL_CONSISTENCY = 1.4826;

  /** Pairs looked at for a slope; beyond about 1,400 points an even subset of them is. */
  private static final long MOST_PAIRS = 1_000_000;

  private RobustSpread() {}

  /** The median; the mean of the middle two where their number is even; NaN without samples. */
  public static double median(double[] values) {
    double[] sorted =
        Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
  }

  /** The least value that at least three quarters do not exceed; NaN without samples. */
  public static double upperQuartile(double[] values) {
    double[] sorted =
        Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[(3 * sorted.length + 3) / 4 - 1];
  }

  /**
   * Median absolute deviation from the median, times 1.4826, so that it estimates the standard
   * deviation of normal data; 0 when more than half of the values are equal; NaN without samples.
   */
  public static double mad(double[] values) {
    double centre = median(values);
    return NORMAL_CONSISTENCY
        * median(Arrays.stream(values).map(value -> Math.abs(value - centre)).toArray());
  }

  /**
   * Theil–Sen: the median of the slopes of all pairs, per step of the index. Up to 29 % of wild
   * values do not move it. For long series an even, fixed subset of at most about a million pairs
   * is used. NaN with fewer than two samples.
   */
  public static double theilSenSlope(double[] values) {
    double[] x = new double[values.length];
    Arrays.setAll(x, i -> i);
    return theilSenSlope(x, values);
  }

  /** {@link #theilSenSlope(double[])} at given places; pairs at the same place are left out. */
  public static double theilSenSlope(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException("One value a place, not " + y.length + " for " + x.length);
    }
    int n = x.length;
    long pairs = (long) n * (n - 1) / 2;
    int stride = (int) Math.max(1, (pairs + MOST_PAIRS - 1) / MOST_PAIRS);
    double[] slopes = new double[(int) (pairs / stride) + n];
    int found = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1 + i % stride; j < n; j += stride) {
        double slope = (y[j] - y[i]) / (x[j] - x[i]);
        if (x[j] != x[i] && !Double.isNaN(slope)) {
          slopes[found++] = slope;
        }
      }
    }
    return median(Arrays.copyOf(slopes, found));
  }
}
