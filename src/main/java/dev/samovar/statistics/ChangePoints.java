package dev.samovar.statistics;

import java.util.Arrays;
import java.util.Optional;

/** Finds the step of a series at which a share rose. */
public final class ChangePoints {
  /**
   * Twice the log-likelihood ratio below which a rise is taken for chance. With some 240 possible
   * steps, less than one series in a hundred without a change gets there.
   */
  private static final double CONVINCING = 22;

  /** Half of χ²(1) at 95 %: how much less likely than the best a step may be to remain in doubt. */
  private static final double DOUBT = 1.92;

  /** Blocks of a series whose slow wandering is told from a rise. */
  private static final int BLOCKS = 10;

  private ChangePoints() {}

  /**
   * A rise.
   *
   * @param index the first step at the new level; {@code earliest} and {@code latest} bound it with
   *     about 95 % confidence
   * @param before the share before it
   * @param after the share from it on
   * @param score twice the log-likelihood ratio, corrected for overdispersion
   */
  public record Rise(
      int index, int earliest, int latest, double before, double after, double score) {}

  /**
   * The most likely single step at which the share rose: the maximum-likelihood split of binomial
   * counts in two levels (Hinkley, 1970). Real counts vary more than binomial ones from step to
   * step, and follow one another; the ratio is divided by what they vary around the two levels
   * (Pearson's χ² a degree of freedom, at least 1) and by what their autocorrelation adds. Empty
   * where no rise is convincing or either side has no events.
   *
   * @param totals events of each step
   * @param matching those of them that count
   */
  public static Optional<Rise> rise(long[] totals, long[] matching) {
    if (totals.length != matching.length) {
      throw new IllegalArgumentException("One total a step");
    }
    long all = Arrays.stream(totals).sum();
    long allMatching = Arrays.stream(matching).sum();
    double[] gain = new double[totals.length];
    double level = likelihood(allMatching, all);
    int best = -1;
    long seen = 0;
    long seenMatching = 0;
    for (int i = 1; i < totals.length; i++) {
      seen += totals[i - 1];
      seenMatching += matching[i - 1];
      long later = all - seen;
      long laterMatching = allMatching - seenMatching;
      boolean rises =
          seen > 0 && later > 0 && (double) laterMatching / later > (double) seenMatching / seen;
      gain[i] =
          rises ? likelihood(seenMatching, seen) + likelihood(laterMatching, later) - level : 0;
      if (gain[i] > 0 && (best < 0 || gain[i] > gain[best])) {
        best = i;
      }
    }
    if (best < 0) {
      return Optional.empty();
    }
    double before = share(totals, matching, 0, best);
    double after = share(totals, matching, best, totals.length);
    double dispersion = dispersion(totals, matching, best, before, after);
    double score = 2 * gain[best] / dispersion;
    if (score < CONVINCING) {
      return Optional.empty();
    }
    int earliest = best;
    int latest = best;
    for (int i = 1; i < totals.length; i++) {
      if (gain[i] > 0 && (gain[best] - gain[i]) / dispersion <= DOUBT) {
        earliest = Math.min(earliest, i);
        latest = Math.max(latest, i);
      }
    }
    return Optional.of(new Rise(best, earliest, latest, before, after, score));
  }

  private static double likelihood(long matching, long total) {
    return term(matching, total) + term(total - matching, total);
  }

  private static double term(long part, long total) {
    return part == 0 ? 0 : part * Math.log((double) part / total);
  }

  private static double share(long[] totals, long[] matching, int from, int to) {
    long total = Arrays.stream(totals, from, to).sum();
    return (double) Arrays.stream(matching, from, to).sum() / total;
  }

  /** How many times more the gain of a split varies than of independent binomial counts. */
  private static double dispersion(
      long[] totals, long[] matching, int split, double before, double after) {
    double[] residuals = new double[totals.length];
    int steps = 0;
    double chiSquare = 0;
    for (int i = 0; i < totals.length; i++) {
      // A level of nothing is nudged to half an event, or one stray match would count for infinity.
      double level =
          Math.min(
              1 - 0.5 / (totals[i] + 1),
              Math.max(0.5 / (totals[i] + 1), i < split ? before : after));
      if (totals[i] > 0) {
        double expected = totals[i] * level;
        residuals[steps] = (matching[i] - expected) / Math.sqrt(expected * (1 - level));
        chiSquare += residuals[steps] * residuals[steps];
        steps++;
      }
    }
    return steps <= 2
        ? 1
        : Math.max(1, chiSquare / (steps - 2)) * wandering(Arrays.copyOf(residuals, steps));
  }

  /** By how much a sum of values that follow one another varies more than of independent ones. */
  private static double wandering(double[] residuals) {
    double follows =
        Math.min(Dependence.firstOrder(residuals), Dependence.mostFirstOrder(residuals));
    return Math.max((1 + follows) / (1 - follows), Dependence.inflation(residuals, BLOCKS));
  }
}
