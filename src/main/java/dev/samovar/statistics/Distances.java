package dev.samovar.statistics;

import java.util.Arrays;

/**
 * How far two distributions over the same bins are apart. The first argument is always the
 * reference, the second what is looked at. Both are counts or weights, one a bin, not negative;
 * each side is divided by its own total, so their sizes may differ.
 *
 * <p>Unless a method says otherwise, sides of different length, negative or infinite entries, and a
 * side that sums to nothing are an {@link IllegalArgumentException}: there is no distance to or
 * from no data.
 */
public final class Distances {
  /** Jeffreys' prior for a share: half an event a bin. */
  private static final double JEFFREYS = 0.5;

  private Distances() {}

  /**
   * The largest difference of a share, and where it is.
   *
   * @param distance in [0, 1]
   * @param bin the first bin that has it; -1 where there are no bins
   */
  public record LargestMove(double distance, int bin) {}

  /**
   * Population stability index, Σ (c − r) ln(c / r), natural logarithm, after half an event was
   * added to each bin of both sides (Jeffreys), so an empty bin is never infinite and counts for
   * less in a small sample. In [0, ∞), symmetric. Other tools instead replace shares of zero by a
   * constant: {@link #psiWithFloor}.
   */
  public static double psi(double[] reference, double[] current) {
    requireComparable(reference, current);
    return symmetrisedRelativeEntropy(
        sharesOf(plus(reference, JEFFREYS)), sharesOf(plus(current, JEFFREYS)));
  }

  /** {@link #psi(double[], double[])} of counts. */
  public static double psi(long[] reference, long[] current) {
    return psi(doubles(reference), doubles(current));
  }

  /**
   * Population stability index with every share raised to at least {@code floor} and not
   * renormalised: with 0.0001 as Evidently fills zeros, with 0.01 as Deepchecks does.
   *
   * @param floor in (0, 1)
   */
  public static double psiWithFloor(double[] reference, double[] current, double floor) {
    requireComparable(reference, current);
    if (!(floor > 0 && floor < 1)) {
      throw new IllegalArgumentException("The floor of a share is within 0 and 1, not " + floor);
    }
    return symmetrisedRelativeEntropy(
        atLeast(sharesOf(reference), floor), atLeast(sharesOf(current), floor));
  }

  /**
   * Jensen-Shannon <em>divergence</em> in bits (base 2): the mean of KL(r‖m) and KL(c‖m) where m is
   * the mean of both. In [0, 1]; 1 when no bin is shared. This is TensorFlow Data Validation's
   * number; SciPy's and NannyML's is its root.
   */
  public static double jensenShannonDivergence(double[] reference, double[] current) {
    requireComparable(reference, current);
    double[] r = sharesOf(reference);
    double[] c = sharesOf(current);
    double sum = 0;
    for (int i = 0; i < r.length; i++) {
      double mean = (r[i] + c[i]) / 2;
      sum += relativeEntropyTerm(r[i], mean) + relativeEntropyTerm(c[i], mean);
    }
    return Math.min(1, Math.max(0, sum / 2 / Math.log(2)));
  }

  /** {@link #jensenShannonDivergence(double[], double[])} of counts. */
  public static double jensenShannonDivergence(long[] reference, long[] current) {
    return jensenShannonDivergence(doubles(reference), doubles(current));
  }

  /**
   * Jensen-Shannon <em>distance</em>: the square root of the base-2 divergence; a metric, in [0,
   * 1]. SciPy's default is the same with natural logarithms: this times √ln 2.
   */
  public static double jensenShannonDistance(double[] reference, double[] current) {
    return Math.sqrt(jensenShannonDivergence(reference, current));
  }

  /** {@link #jensenShannonDistance(double[], double[])} of counts. */
  public static double jensenShannonDistance(long[] reference, long[] current) {
    return jensenShannonDistance(doubles(reference), doubles(current));
  }

  /**
   * L-infinity, max |c − r|, and the bin that moved most. A side without events has the share 0
   * everywhere, as in TensorFlow Data Validation, so two empty sides are 0 apart.
   */
  public static LargestMove lInfinity(double[] reference, double[] current) {
    requireWeights(reference, current);
    double[] r = sharesOf(reference);
    double[] c = sharesOf(current);
    LargestMove largest = new LargestMove(0, r.length == 0 ? -1 : 0);
    for (int i = 0; i < r.length; i++) {
      double move = Math.abs(c[i] - r[i]);
      if (move > largest.distance()) {
        largest = new LargestMove(move, i);
      }
    }
    return largest;
  }

  /** {@link #lInfinity(double[], double[])} of counts. */
  public static LargestMove lInfinity(long[] reference, long[] current) {
    return lInfinity(doubles(reference), doubles(current));
  }

  /**
   * Kolmogorov-Smirnov D over bins in their natural order: the largest difference of the cumulated
   * shares. In [0, 1]. Binned, it is a lower bound of D over the raw values, and equal to it with
   * one bin a distinct value.
   */
  public static double ksDistance(double[] reference, double[] current) {
    requireComparable(reference, current);
    double totalReference = Arrays.stream(reference).sum();
    double totalCurrent = Arrays.stream(current).sum();
    double cumulatedReference = 0;
    double cumulatedCurrent = 0;
    double largest = 0;
    for (int i = 0; i < reference.length; i++) {
      cumulatedReference += reference[i];
      cumulatedCurrent += current[i];
      largest =
          Math.max(
              largest,
              Math.abs(cumulatedReference / totalReference - cumulatedCurrent / totalCurrent));
    }
    return largest;
  }

  /** {@link #ksDistance(double[], double[])} of counts. */
  public static double ksDistance(long[] reference, long[] current) {
    return ksDistance(doubles(reference), doubles(current));
  }

  /** Hellinger distance, √(½ Σ (√c − √r)²). In [0, 1]; a metric. */
  public static double hellinger(double[] reference, double[] current) {
    requireComparable(reference, current);
    double[] r = sharesOf(reference);
    double[] c = sharesOf(current);
    double sum = 0;
    for (int i = 0; i < r.length; i++) {
      double difference = Math.sqrt(c[i]) - Math.sqrt(r[i]);
      sum += difference * difference;
    }
    return Math.min(1, Math.sqrt(sum / 2));
  }

  /** {@link #hellinger(double[], double[])} of counts. */
  public static double hellinger(long[] reference, long[] current) {
    return hellinger(doubles(reference), doubles(current));
  }

  /** Total variation, ½ Σ |c − r|: the share of events that would have to move. In [0, 1]. */
  public static double totalVariation(double[] reference, double[] current) {
    requireComparable(reference, current);
    double[] r = sharesOf(reference);
    double[] c = sharesOf(current);
    double sum = 0;
    for (int i = 0; i < r.length; i++) {
      sum += Math.abs(c[i] - r[i]);
    }
    return Math.min(1, sum / 2);
  }

  /** {@link #totalVariation(double[], double[])} of counts. */
  public static double totalVariation(long[] reference, long[] current) {
    return totalVariation(doubles(reference), doubles(current));
  }

  /**
   * Kullback-Leibler divergence of what is seen from what was expected, KL(current‖reference) = Σ c
   * ln(c / r), in nats. In [0, ∞]; infinite when a bin is seen that the reference does not have.
   * Not symmetric.
   */
  public static double klDivergence(double[] reference, double[] current) {
    requireComparable(reference, current);
    double[] r = sharesOf(reference);
    double[] c = sharesOf(current);
    double sum = 0;
    for (int i = 0; i < r.length; i++) {
      sum += relativeEntropyTerm(c[i], r[i]);
    }
    return Math.max(0, sum);
  }

  private static double symmetrisedRelativeEntropy(double[] reference, double[] current) {
    double sum = 0;
    for (int i = 0; i < reference.length; i++) {
      sum += (current[i] - reference[i]) * Math.log(current[i] / reference[i]);
    }
    return sum;
  }

  /** p ln(p / q), which is 0 at p = 0 and infinite at q = 0 alone. */
  private static double relativeEntropyTerm(double p, double q) {
    return p == 0 ? 0 : p * Math.log(p / q);
  }

  private static double[] sharesOf(double[] weights) {
    double total = Arrays.stream(weights).sum();
    return total == 0 ? weights : Arrays.stream(weights).map(weight -> weight / total).toArray();
  }

  private static double[] plus(double[] weights, double more) {
    return Arrays.stream(weights).map(weight -> weight + more).toArray();
  }

  private static double[] atLeast(double[] shares, double floor) {
    return Arrays.stream(shares).map(share -> Math.max(share, floor)).toArray();
  }

  private static double[] doubles(long[] counts) {
    return Arrays.stream(counts).asDoubleStream().toArray();
  }

  private static void requireComparable(double[] reference, double[] current) {
    requireWeights(reference, current);
    if (Arrays.stream(reference).sum() == 0 || Arrays.stream(current).sum() == 0) {
      throw new IllegalArgumentException("Nothing was counted on one side");
    }
  }

  private static void requireWeights(double[] reference, double[] current) {
    if (reference.length != current.length) {
      throw new IllegalArgumentException(
          "Both sides have the same bins, not " + reference.length + " and " + current.length);
    }
    Arrays.stream(reference).forEach(Distances::requireWeight);
    Arrays.stream(current).forEach(Distances::requireWeight);
  }

  private static void requireWeight(double weight) {
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("A count is finite and not negative, not " + weight);
    }
  }
}
