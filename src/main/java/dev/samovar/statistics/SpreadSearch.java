package dev.samovar.statistics;

import java.util.Optional;

/** Looks for the value from which residuals spread more or less, by the likelihood ratio. */
final class SpreadSearch {
  /** Fewer values on one side of a change show no spread. */
  private static final int FEWEST = 8;

  /**
   * The ratio that chance reaches in one series of two hundred, with ln n, as {@link
   * LevelSearch}'s.
   */
  private static final double CRITICAL_RATIO = 11;

  private static final double SMALL_RATIO = 30;

  private static final double LEAST_INDEPENDENT = 6;

  private SpreadSearch() {}

  /**
   * A change of spread.
   *
   * @param score the ratio over what chance reaches; above 1
   */
  record Found(int index, int earliest, int latest, double before, double after, double score) {}

  static Optional<Found> change(double[] raw, double independent, double caution) {
    double[] residuals = Dependence.clipped(raw);
    int n = residuals.length;
    double[] squares = new double[n + 1];
    for (int i = 0; i < n; i++) {
      squares[i + 1] = squares[i] + residuals[i] * residuals[i];
    }
    if (independent < LEAST_INDEPENDENT || n < 2 * FEWEST) {
      return Optional.empty();
    }
    double[] ratio = new double[n + 1];
    int best = FEWEST;
    for (int i = FEWEST; i <= n - FEWEST; i++) {
      ratio[i] = ratio(squares, i);
      if (ratio[i] > ratio[best]) {
        best = i;
      }
    }
    if (!(squares[best] > 0) || !(squares[n] > squares[best])) {
      return Optional.empty();
    }
    double heavy = tails(residuals, best);
    double critical = CRITICAL_RATIO + Math.log(n) + SMALL_RATIO / independent;
    double score = ratio[best] / heavy / caution / critical;
    if (!(score > 1)) {
      return Optional.empty();
    }
    Plausible plausible = new Plausible(n + 1);
    for (int i = FEWEST; i <= n - FEWEST; i++) {
      plausible.add(i, (ratio[i] - ratio[best]) / 2 / heavy);
    }
    return Optional.of(
        new Found(
            best,
            Math.min(best, plausible.earliest()),
            Math.max(best, plausible.latest()),
            Math.sqrt(squares[best] / best),
            Math.sqrt((squares[n] - squares[best]) / (n - best)),
            score));
  }

  private static double ratio(double[] squares, int split) {
    int n = squares.length - 1;
    return n * Math.log(squares[n] / n)
        - split * Math.log(squares[split] / split)
        - (n - split) * Math.log((squares[n] - squares[split]) / (n - split));
  }

  /**
   * Var(e²) of either side against that of normal errors: what the likelihood ratio is inflated by.
   */
  private static double tails(double[] residuals, int split) {
    double fourth = 0;
    for (int side = 0; side < 2; side++) {
      int from = side == 0 ? 0 : split;
      int to = side == 0 ? split : residuals.length;
      double second = 0;
      double power = 0;
      for (int i = from; i < to; i++) {
        double square = residuals[i] * residuals[i];
        second += square / (to - from);
        power += square * square / (to - from);
      }
      fourth += (power / (second * second)) * (to - from) / residuals.length;
    }
    return Math.max(1, (fourth - 1) / 2);
  }
}
