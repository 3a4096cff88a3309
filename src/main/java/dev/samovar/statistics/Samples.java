package dev.samovar.statistics;

import java.util.Arrays;

/** A series made fit to be searched: without gaps and outliers, and not too long. */
final class Samples {
  /** Robust deviations from its neighbours' median at which a single value is an outlier. */
  private static final double OUTLIER = 5;

  private Samples() {}

  /** Missing values lie on the line between their neighbours. */
  static double[] withoutGaps(double[] values) {
    double[] filled = values.clone();
    int last = -1;
    for (int i = 0; i <= filled.length; i++) {
      if (i < filled.length && !Double.isFinite(values[i])) {
        continue;
      }
      for (int gap = last + 1; gap < i; gap++) {
        double left = last < 0 ? Double.NaN : values[last];
        double right = i == values.length ? Double.NaN : values[i];
        filled[gap] =
            Double.isNaN(left)
                ? (Double.isNaN(right) ? 0 : right)
                : Double.isNaN(right) ? left : left + (right - left) * (gap - last) / (i - last);
      }
      last = i;
    }
    return filled;
  }

  /** Single values far from their neighbours on both sides are set to the neighbours' median. */
  static double[] withoutOutliers(double[] values) {
    double[] kept = values.clone();
    double[] steps = new double[Math.max(1, values.length - 1)];
    for (int i = 1; i < values.length; i++) {
      steps[i - 1] = values[i] - values[i - 1];
    }
    double spread = RobustSpread.mad(steps) / Math.sqrt(2);
    for (int i = 0; i < values.length && spread > 0; i++) {
      int from = Math.max(0, Math.min(i - 2, values.length - 5));
      double median =
          RobustSpread.median(Arrays.copyOfRange(values, from, Math.min(values.length, from + 5)));
      if (Math.abs(values[i] - median) > OUTLIER * spread) {
        kept[i] = median;
      }
    }
    return kept;
  }

  static double[] binned(double[] values, int width) {
    double[] means = new double[values.length / width];
    for (int i = 0; i < means.length; i++) {
      means[i] = Arrays.stream(values, i * width, i * width + width).average().orElse(Double.NaN);
    }
    return means;
  }
}
