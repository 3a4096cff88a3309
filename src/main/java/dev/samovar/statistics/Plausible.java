package dev.samovar.statistics;

/**
 * How likely each index is to be the one of a change, all being equally likely before the data
 * (Smith, 1975): bounds that leave out what is unlikely on either side.
 */
final class Plausible {
  /** Left out on each side. Models err, so that nine cases of ten need more than nine tenths. */
  private static final double TAIL = 0.025;

  /** e to this is nothing. */
  private static final double NOTHING = -40;

  private final double[] weights;
  private double scale = Double.NEGATIVE_INFINITY;

  Plausible(int length) {
    this.weights = new double[length];
  }

  /** Adds to an index the likelihood of one way to change there. */
  void add(int index, double logLikelihood) {
    if (logLikelihood > scale) {
      double factor = Math.exp(scale - logLikelihood);
      for (int i = 0; i < weights.length; i++) {
        weights[i] *= factor;
      }
      scale = logLikelihood;
    }
    if (logLikelihood - scale > NOTHING) {
      weights[index] += Math.exp(logLikelihood - scale);
    }
  }

  /** The logarithm of all likelihood together. */
  double logTotal() {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    return scale + Math.log(total);
  }

  int earliest() {
    return quantile(TAIL);
  }

  int median() {
    return quantile(0.5);
  }

  int latest() {
    return quantile(1 - TAIL);
  }

  private int quantile(double share) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      if (sum >= share * total) {
        return i;
      }
    }
    return weights.length - 1;
  }
}
