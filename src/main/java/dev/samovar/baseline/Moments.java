package dev.samovar.baseline;

/** Count, extremes, mean and standard deviation, a batch at a time (Chan, Golub and LeVeque). */
final class Moments {
  private long count;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double mean;
  private double squares;

  void add(double[] numbers, int many) {
    if (many == 0) {
      return;
    }
    double sum = 0;
    for (int i = 0; i < many; i++) {
      double number = numbers[i];
      sum += number;
      min = Math.min(min, number);
      max = Math.max(max, number);
    }
    double theirs = sum / many;
    double away = 0;
    for (int i = 0; i < many; i++) {
      double distance = numbers[i] - theirs;
      away += distance * distance;
    }
    double apart = theirs - mean;
    long together = count + many;
    mean += apart * many / together;
    squares += away + apart * apart * count * many / together;
    count = together;
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

  double mean() {
    return mean;
  }

  double deviation() {
    return count < 2 ? 0 : Math.sqrt(squares / (count - 1));
  }
}
