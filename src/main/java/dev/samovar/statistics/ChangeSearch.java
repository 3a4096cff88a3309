package dev.samovar.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds where a series of values changed: to another level, at once or gradually, or to another
 * spread. Says "no change" of noise, of noise in which each value follows the one before, and of a
 * daily rhythm.
 *
 * <p>Every pair of a beginning and a rise time is tried as a regressor beside a constant and the
 * rhythm's first harmonics, on values freed of their first-order autocorrelation (Cochrane and
 * Orcutt, 1949); the best one counts where its F exceeds what the best of as many reaches by chance
 * (simulated). Both sides are then searched again (binary segmentation, Scott and Knott, 1974).
 * What is left is searched for a change of variance by its likelihood ratio.
 */
public final class ChangeSearch {
  /** Fewer values on one side of a change show no level. */
  private static final int FEWEST = 4;

  /** Longer series are searched in means of so many bins first. */
  private static final int MOST = 480;

  private static final int HARMONICS = 3;

  /** Robust deviations from its neighbours' median at which a single value is an outlier. */
  private static final double OUTLIER = 4;

  /**
   * The best F that chance reaches in one series of two hundred, by the number of independent
   * values that a series with its autocorrelation is worth, n(1 − φ)/(1 + φ): simulated on 1,000
   * series each of 30 to 240 values with φ from 0 to 0.95, and bounded by {@code 13 + 380/(m − 8)}.
   * Fewer than eight prove nothing.
   */
  private static final double CRITICAL_F = 13;

  private static final double SMALL_F = 380;
  private static final double FEWEST_INDEPENDENT = 8;

  /** A fitted rhythm leaves patterns of its own. */
  private static final double AFTER_RHYTHM = 1.25;

  /** Robust deviations beyond which a residual tells no more about the spread. */
  private static final double OUTLYING = 3;

  /** Likewise for the likelihood ratio of a change of variance. */
  private static final double CRITICAL_RATIO = 13.5;

  private static final double SMALL_RATIO = 30;

  /** How much better, in residual variances, a rise over several values must fit than a step. */
  private static final double GRADUAL = 10;

  /**
   * How much worse than the best, in residual variances, a beginning may fit and remain in doubt.
   */
  private static final double DOUBT = 6;

  /** The same of the beginning of a gradual change, whose rise time is uncertain too. */
  private static final double DOUBT_OF_RAMPS = 9;

  private static final int[] FINE = {
    1, 3, 4, 5, 7, 9, 12, 16, 21, 28, 36, 48, 64, 84, 110, 144, 190, 250, 330, 480
  };

  /** A fit that leaves no more than this share is exact but for rounding. */
  private static final double EXACT = 1e-12;

  private ChangeSearch() {}

  /** What changed. */
  public enum Kind {
    /** From one value to the next. */
    STEP,
    /** Gradually from the index on. */
    RAMP,
    /** The level stays, the spread changes. */
    VARIANCE
  }

  /**
   * A change.
   *
   * @param index the first value that belongs to the new state
   * @param earliest with {@code latest}, bounds the index in nine cases of ten
   * @param before the level, or of a change of variance the standard deviation, before it
   * @param after the same when the change is complete
   * @param score F, or for a change of variance the likelihood ratio, over what chance reaches in
   *     one series of a hundred; above 1
   */
  public record Change(
      Kind kind, int index, int earliest, int latest, double before, double after, double score) {}

  /**
   * The changes in the order of the series.
   *
   * @param values evenly spaced and finite
   * @param period how many values a rhythm takes, as of a day; 0 for none. It is allowed for where
   *     the series holds at least two
   */
  public static List<Change> changes(double[] values, int period) {
    int width = (values.length + MOST - 1) / MOST;
    if (width <= 1) {
      return search(withoutOutliers(values), period);
    }
    List<Change> changes = new ArrayList<>();
    for (Change coarse : search(withoutOutliers(binned(values, width)), (double) period / width)) {
      changes.add(
          new Change(
              coarse.kind(),
              coarse.index() * width,
              coarse.earliest() * width - width + 1,
              Math.min(values.length - 1, coarse.latest() * width + width - 1),
              coarse.before(),
              coarse.after(),
              coarse.score()));
    }
    return changes;
  }

  private static double[] binned(double[] values, int width) {
    double[] means = new double[values.length / width];
    for (int i = 0; i < means.length; i++) {
      means[i] = Arrays.stream(values, i * width, i * width + width).average().orElse(Double.NaN);
    }
    return means;
  }

  private static List<Change> search(double[] values, double period) {
    List<Change> found = new ArrayList<>();
    if (period >= 2 * HARMONICS && values.length >= 2 * period) {
      split(withoutRhythm(values, period), 0, values.length, AFTER_RHYTHM, found);
    } else {
      split(values, 0, values.length, 1, found);
    }
    found.sort(Comparator.comparingInt(Change::index));
    return found;
  }

  /** The rhythm is fitted together with the best change, or the change would bend it. */
  private static double[] withoutRhythm(double[] values, double period) {
    Regression regression = new Regression(values, period, 0);
    double[] rhythm = regression.rhythm(values, regression.best());
    double[] left = values.clone();
    for (int i = 0; i < left.length; i++) {
      left[i] -= rhythm[i];
    }
    return left;
  }

  private static void split(double[] values, int from, int to, double caution, List<Change> found) {
    Optional<Change> change =
        strongest(Arrays.copyOfRange(values, from, to), caution).map(inner -> moved(inner, from));
    if (change.isEmpty()) {
      return;
    }
    found.add(change.get());
    if (change.get().kind() != Kind.VARIANCE) {
      split(values, from, change.get().index(), caution, found);
      // A gradual change is over only where it ends; what follows it is not searched.
      if (change.get().kind() == Kind.STEP) {
        split(values, change.get().index(), to, caution, found);
      }
    }
  }

  private static Change moved(Change change, int by) {
    return new Change(
        change.kind(),
        change.index() + by,
        change.earliest() + by,
        change.latest() + by,
        change.before(),
        change.after(),
        change.score());
  }

  private static Optional<Change> strongest(double[] values, double caution) {
    if (values.length < 3 * FEWEST) {
      return Optional.empty();
    }
    Regression first = new Regression(values, 0, 0);
    Regression.Fit rough = first.best();
    double follows =
        rough.rss() <= EXACT * first.rssWithout
            ? 0
            : Math.min(
                Regression.autocorrelation(first.residuals(rough)), mostAutocorrelation(values));
    Regression whitened = new Regression(values, 0, follows);
    Regression.Fit fit = whitened.best();
    double independent = values.length * (1 - follows) / (1 + follows);
    if (independent <= FEWEST_INDEPENDENT) {
      return Optional.empty();
    }
    double small = independent - FEWEST_INDEPENDENT;
    double score = fit.f() / caution / (CRITICAL_F + SMALL_F / small);
    if (score > 1) {
      return Optional.of(level(values, whitened, fit, score));
    }
    return variance(
        clipped(whitened.residuals()), caution * (CRITICAL_RATIO + SMALL_RATIO / small));
  }

  /**
   * An upper bound of the autocorrelation that steps do not move: in an autoregressive series the
   * squares of differences over two values are 1 + φ times those over one, and a level shift is an
   * outlier among either. Other changes than the one looked at would else pass for autocorrelation.
   */
  private static double mostAutocorrelation(double[] values) {
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

  private static Change level(
      double[] values, Regression regression, Regression.Fit fit, double score) {
    Regression.Fit step = regression.bestOfRise(1);
    boolean gradual = step.rss() - fit.rss() > GRADUAL * fit.rss() / values.length;
    Regression.Fit chosen = gradual ? fit : step;
    int[] bounds = regression.bounds(chosen, gradual);
    double before = RobustSpread.median(Arrays.copyOfRange(values, 0, chosen.begin()));
    return new Change(
        gradual ? Kind.RAMP : Kind.STEP,
        chosen.begin(),
        bounds[0],
        bounds[1],
        before,
        before + chosen.height(),
        score);
  }

  /** Long tails are no change of variance. */
  private static double[] clipped(double[] residuals) {
    double most = OUTLYING * 1.4826 * RobustSpread.mad(residuals);
    return Arrays.stream(residuals).map(e -> Math.max(-most, Math.min(most, e))).toArray();
  }

  private static Optional<Change> variance(double[] residuals, double critical) {
    int n = residuals.length;
    double[] squares = new double[n + 1];
    for (int i = 0; i < n; i++) {
      squares[i + 1] = squares[i] + residuals[i] * residuals[i];
    }
    double[] ratio = new double[n];
    int best = -1;
    for (int i = 2 * FEWEST; i <= n - 2 * FEWEST; i++) {
      ratio[i] =
          n * Math.log(squares[n] / n)
              - i * Math.log(squares[i] / i)
              - (n - i) * Math.log((squares[n] - squares[i]) / (n - i));
      if (best < 0 || ratio[i] > ratio[best]) {
        best = i;
      }
    }
    if (best < 0 || !(squares[best] > 0) || !(squares[n] > squares[best])) {
      return Optional.empty();
    }
    double heavy = tails(residuals, best);
    double score = ratio[best] / heavy / critical;
    if (!(score > 1)) {
      return Optional.empty();
    }
    int earliest = best;
    int latest = best;
    for (int i = 2 * FEWEST; i <= n - 2 * FEWEST; i++) {
      if ((ratio[best] - ratio[i]) / heavy <= DOUBT) {
        earliest = Math.min(earliest, i);
        latest = Math.max(latest, i);
      }
    }
    return Optional.of(
        new Change(
            Kind.VARIANCE,
            best,
            earliest,
            latest,
            Math.sqrt(squares[best] / best),
            Math.sqrt((squares[n] - squares[best]) / (n - best)),
            score));
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

  /** Single values far from their neighbours on both sides are set to the neighbours' median. */
  private static double[] withoutOutliers(double[] values) {
    double[] kept = values.clone();
    double[] steps = new double[Math.max(1, values.length - 1)];
    for (int i = 1; i < values.length; i++) {
      steps[i - 1] = values[i] - values[i - 1];
    }
    double spread = 1.4826 * RobustSpread.mad(steps) / Math.sqrt(2);
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

  /** Least squares of the values, less a share of the value before, on one regressor at a time. */
  private static final class Regression {
    private final double[] response;
    private final double[][] basis;
    private final double follows;
    private final double rssWithout;
    private final boolean isConstant;

    /** A rise that begins at an index and is complete {@code rise} values later. */
    record Fit(int begin, int rise, double height, double rss, double f) {}

    Regression(double[] values, double period, double follows) {
      this.follows = follows;
      int n = values.length;
      List<double[]> columns = new ArrayList<>();
      double[] constant = new double[n];
      Arrays.fill(constant, 1);
      columns.add(constant);
      if (period >= 2 * HARMONICS && n >= 2 * period) {
        for (int k = 1; k <= HARMONICS; k++) {
          double[] sine = new double[n];
          double[] cosine = new double[n];
          for (int i = 0; i < n; i++) {
            sine[i] = Math.sin(2 * Math.PI * k * i / period);
            cosine[i] = Math.cos(2 * Math.PI * k * i / period);
          }
          columns.add(sine);
          columns.add(cosine);
        }
      }
      List<double[]> orthonormal = new ArrayList<>();
      for (double[] column : columns) {
        double[] left = without(whitened(column), orthonormal);
        double length = Math.sqrt(dot(left, left));
        if (length > 1e-9) {
          orthonormal.add(Arrays.stream(left).map(value -> value / length).toArray());
        }
      }
      this.basis = orthonormal.toArray(double[][]::new);
      this.response = without(whitened(values), orthonormal);
      this.rssWithout = dot(response, response);
      this.isConstant = rssWithout <= EXACT * EXACT * dot(values, values);
    }

    private double[] whitened(double[] column) {
      double[] white = new double[column.length];
      // The first value keeps its weight (Prais and Winsten, 1954).
      white[0] = column[0] * Math.sqrt(1 - follows * follows);
      for (int i = 1; i < column.length; i++) {
        white[i] = column[i] - follows * column[i - 1];
      }
      return white;
    }

    private static double[] without(double[] column, List<double[]> orthonormal) {
      double[] left = column.clone();
      for (double[] unit : orthonormal) {
        double along = dot(left, unit);
        for (int i = 0; i < left.length; i++) {
          left[i] -= along * unit[i];
        }
      }
      return left;
    }

    private static double dot(double[] a, double[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += a[i] * b[i];
      }
      return sum;
    }

    private double[] rise(int begin, int rise) {
      double[] column = new double[response.length];
      for (int i = begin; i < column.length; i++) {
        column[i] = Math.min(1, (i - begin + 1.0) / rise);
      }
      return whitened(column);
    }

    Fit fit(int begin, int rise) {
      double[] column = rise(begin, rise);
      double along = dot(column, response);
      double length = dot(column, column);
      for (double[] unit : basis) {
        double shared = dot(column, unit);
        length -= shared * shared;
      }
      if (length < 1e-9) {
        return new Fit(begin, rise, 0, rssWithout, 0);
      }
      double rss = Math.max(rssWithout - along * along / length, EXACT * rssWithout);
      int freedom = response.length - basis.length - 1;
      double f = isConstant ? 0 : (rssWithout - rss) / (rss / freedom);
      return new Fit(begin, rise, along / length, rss, f);
    }

    Fit best() {
      Fit best = bestOfRise(1);
      for (int rise = 4; rise < response.length; rise *= 2) {
        Fit other = bestOfRise(rise);
        if (other.rss() < best.rss()) {
          best = other;
        }
      }
      return best;
    }

    Fit bestOfRise(int rise) {
      Fit best = fit(FEWEST, rise);
      for (int begin = FEWEST + 1; begin <= response.length - FEWEST; begin++) {
        Fit other = fit(begin, rise);
        if (other.rss() < best.rss()) {
          best = other;
        }
      }
      return best;
    }

    /** The beginnings that fit almost as well, whatever their rise time where it is gradual. */
    int[] bounds(Fit best, boolean gradual) {
      double doubt = (gradual ? DOUBT_OF_RAMPS : DOUBT) * best.rss() / response.length;
      int[] bounds = {best.begin(), best.begin()};
      for (int rise : gradual ? FINE : new int[] {1}) {
        for (int begin = FEWEST; begin <= response.length - FEWEST; begin++) {
          if (fit(begin, rise).rss() - best.rss() <= doubt) {
            bounds[0] = Math.min(bounds[0], begin);
            bounds[1] = Math.max(bounds[1], begin);
          }
        }
      }
      return bounds;
    }

    /** What the harmonics say, fitted together with the rise. */
    double[] rhythm(double[] values, Fit fit) {
      double[] column = rise(fit.begin(), fit.rise());
      double[] rhythm = new double[values.length];
      for (int k = 1; k < basis.length; k++) {
        double along = dot(values, basis[k]) - fit.height() * dot(column, basis[k]);
        for (int i = 0; i < rhythm.length; i++) {
          rhythm[i] += along * basis[k][i];
        }
      }
      return rhythm;
    }

    double[] residuals() {
      return response.clone();
    }

    double[] residuals(Fit fit) {
      double[] column = without(rise(fit.begin(), fit.rise()), List.of(basis));
      double[] left = response.clone();
      for (int i = 0; i < left.length; i++) {
        left[i] -= fit.height() * column[i];
      }
      return left;
    }

    static double autocorrelation(double[] residuals) {
      double products = 0;
      double squares = 0;
      for (int i = 0; i < residuals.length; i++) {
        squares += residuals[i] * residuals[i];
        products += i == 0 ? 0 : residuals[i] * residuals[i - 1];
      }
      return squares == 0 ? 0 : Math.max(0, Math.min(0.98, products / squares));
    }
  }
}
