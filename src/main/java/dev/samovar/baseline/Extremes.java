package dev.samovar.baseline;

/** How many numbers there are, the lowest and the highest. */
final class Extremes {
  private long count;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  void add(double[] numbers, int many) {
    for (int i = 0; i < many; i++) {
      min = Math.min(min, numbers[i]);
      max = Math.max(max, numbers[i]);
    }
    count += many;
  }

  long count() {
    return count;
  }

  double min() {
    return min;
  }

  double max() {
    return max;
  }
}
