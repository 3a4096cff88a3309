package dev.samovar.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Least squares of a series on one shape of change at a time, beside a constant and whatever other
 * columns are given, on values freed of a share of the value before (Cochrane and Orcutt, 1949;
 * Prais and Winsten, 1954).
 *
 * <p>A ramp is a mean of steps and a pulse the difference of two, so running sums give the fit of
 * any shape at any place in constant time.
 */
final class ChangeShapes {
  /** Fewer values on one side of a change show no level. */
  static final int FEWEST = 4;

  /** Shorter pulses are taken for outliers. */
  private static final int SHORTEST_PULSE = 6;

  /** A fit that leaves no more than this share is exact but for rounding. */
  private static final double EXACT = 1e-12;

  enum Form {
    STEP,
    RAMP,
    PULSE
  }

  /**
   * A shape fitted.
   *
   * @param length of a ramp until it is complete, of a pulse until it is over; 1 for a step
   * @param norm the squared length of the shape, less what the other columns explain of it
   * @param rss the sum of squares it leaves
   */
  record Fit(Form form, int begin, int length, double height, double norm, double rss) {
    double at(int index) {
      return switch (form) {
        case STEP -> index < begin ? 0 : 1;
        case RAMP -> index < begin ? 0 : Math.min(1, (index - begin + 1.0) / length);
        case PULSE -> index < begin || index >= begin + length ? 0 : 1;
      };
    }

    /** The values less the shape, which begins to count at an index of theirs. */
    double[] takenFrom(double[] values, int from) {
      double[] left = values.clone();
      for (int i = from; i < left.length; i++) {
        left[i] -= height * at(i - from);
      }
      return left;
    }

    /** The first value after which the shape changes no more. */
    int end(int most) {
      return Math.min(most, begin + (form == Form.STEP ? 0 : length));
    }
  }

  private final int length;
  private final double follows;
  private final double[] response;
  private final double[][] basis;
  private final double rssWithout;
  private final boolean isConstant;

  /** By where a step begins: its product with the response and, each, with the basis. */
  private final double[] steps;

  private final double[][] shared;
  private final double[] sumOfSteps;
  private final double[][] sumOfShared;

  ChangeShapes(double[] values, List<double[]> columns, double follows) {
    this.length = values.length;
    this.follows = follows;
    List<double[]> orthonormal = new ArrayList<>();
    double[] constant = new double[length];
    Arrays.fill(constant, 1);
    add(constant, orthonormal);
    columns.forEach(column -> add(column, orthonormal));
    this.basis = orthonormal.toArray(double[][]::new);
    this.response = without(whitened(values), orthonormal);
    this.rssWithout = dot(response, response);
    this.isConstant = rssWithout <= EXACT * EXACT * dot(values, values);
    this.steps = steps(response);
    this.sumOfSteps = sums(steps);
    this.shared = new double[basis.length][];
    this.sumOfShared = new double[basis.length][];
    for (int k = 0; k < basis.length; k++) {
      shared[k] = steps(basis[k]);
      sumOfShared[k] = sums(shared[k]);
    }
  }

  private void add(double[] column, List<double[]> orthonormal) {
    double[] left = without(whitened(column), orthonormal);
    double norm = Math.sqrt(dot(left, left));
    if (norm > 1e-9) {
      orthonormal.add(Arrays.stream(left).map(value -> value / norm).toArray());
    }
  }

  private double[] whitened(double[] column) {
    double[] white = new double[length];
    if (length > 0) {
      white[0] = column[0] * Math.sqrt(1 - follows * follows);
    }
    for (int i = 1; i < length; i++) {
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

  /** A whitened step is 1 where it begins and 1 − φ from the next value on. */
  private double[] steps(double[] column) {
    double[] products = new double[length + 1];
    double later = 0;
    for (int i = length - 1; i >= 0; i--) {
      products[i] = column[i] + (1 - follows) * later;
      later += column[i];
    }
    return products;
  }

  private static double[] sums(double[] values) {
    double[] sums = new double[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      sums[i + 1] = sums[i] + values[i];
    }
    return sums;
  }

  private double product(Form form, int begin, int size, double[] step, double[] sums) {
    return switch (form) {
      case STEP -> step[begin];
      case RAMP -> (sums[Math.min(begin + size, length)] - sums[begin]) / size;
      case PULSE -> step[begin] - step[Math.min(begin + size, length)];
    };
  }

  private double norm(Form form, int begin, int size) {
    double rest = 1 - follows;
    int left = length - begin;
    return switch (form) {
      case STEP -> 1 + (left - 1) * rest * rest;
      case RAMP -> {
        double k = Math.min(left, size);
        double rising =
            (rest * rest * k * (k - 1) * (2 * k - 1) / 6 + rest * k * (k - 1) + k)
                / ((double) size * size);
        yield rising + (left - k) * rest * rest;
      }
      case PULSE -> {
        int k = Math.min(left, size);
        yield 1 + (k - 1) * rest * rest + (left > size ? follows * follows : 0);
      }
    };
  }

  Fit fit(Form form, int begin, int size) {
    double norm = norm(form, begin, size);
    double without = norm;
    for (int k = 0; k < basis.length; k++) {
      double common = product(form, begin, size, shared[k], sumOfShared[k]);
      without -= common * common;
    }
    if (isConstant || without < 1e-9 * norm) {
      return new Fit(form, begin, size, 0, norm, rssWithout);
    }
    double along = product(form, begin, size, steps, sumOfSteps);
    double rss = Math.max(rssWithout - along * along / without, EXACT * rssWithout);
    return new Fit(form, begin, size, along / without, without, rss);
  }

  private Fit best(Form form, int size, Fit soFar) {
    Fit best = soFar;
    for (int begin = FEWEST; begin <= length - FEWEST; begin++) {
      Fit other = fit(form, begin, size);
      if (other.rss() < best.rss()) {
        best = other;
      }
    }
    return best;
  }

  Fit bestStep() {
    return best(Form.STEP, 1, fit(Form.STEP, FEWEST, 1));
  }

  /** The step or ramp that explains most. The series must hold twice {@link #FEWEST}. */
  Fit bestRise() {
    Fit best = bestStep();
    for (int rise = 4; rise < length; rise *= 2) {
      best = best(Form.RAMP, rise, best);
    }
    return best;
  }

  /** The pulse that explains most; empty where the series is too short for one. */
  Optional<Fit> bestPulse() {
    if (length < 2 * SHORTEST_PULSE) {
      return Optional.empty();
    }
    Fit best = fit(Form.PULSE, FEWEST, SHORTEST_PULSE);
    for (double size = SHORTEST_PULSE; size <= length / 2.0; size *= 1.3) {
      best = best(Form.PULSE, (int) size, best);
    }
    return Optional.of(sharpened(best));
  }

  /** The shape that explains most. */
  Fit best() {
    Fit rise = bestRise();
    return bestPulse().filter(pulse -> pulse.rss() < rise.rss()).orElse(rise);
  }

  /** The lengths tried are coarse. */
  private Fit sharpened(Fit pulse) {
    Fit best = pulse;
    int most = pulse.length() * 13 / 10;
    for (int size = Math.max(SHORTEST_PULSE, pulse.length() * 10 / 13); size <= most; size++) {
      for (int begin = Math.max(FEWEST, pulse.begin() - pulse.length() / 3);
          begin <= Math.min(length - FEWEST, pulse.begin() + pulse.length() / 3);
          begin++) {
        Fit other = fit(Form.PULSE, begin, size);
        if (other.rss() < best.rss()) {
          best = other;
        }
      }
    }
    return best;
  }

  double rssWithout() {
    return rssWithout;
  }

  boolean isExact(Fit fit) {
    return isConstant || fit.rss() <= 2 * EXACT * rssWithout;
  }

  int freedom() {
    return length - basis.length - 1;
  }

  /** How far the shape explains more than chance: F with one degree of freedom. */
  double f(Fit fit) {
    return isConstant ? 0 : (rssWithout - fit.rss()) / (fit.rss() / freedom());
  }

  /** The same where the spread differs along the series (White, 1980). */
  double fWhateverSpread(Fit fit) {
    if (isConstant) {
      return 0;
    }
    double[] column = column(fit);
    double[] residuals = residuals(fit);
    double variance = 0;
    for (int i = 0; i < length; i++) {
      variance += column[i] * column[i] * residuals[i] * residuals[i];
    }
    double norm = fit.norm();
    return fit.height() * fit.height() * norm * norm / variance * freedom() / length;
  }

  private double[] column(Fit fit) {
    double[] column = new double[length];
    for (int i = fit.begin(); i < length; i++) {
      column[i] = fit.at(i);
    }
    return without(whitened(column), List.of(basis));
  }

  double[] residuals() {
    return response.clone();
  }

  double[] residuals(Fit fit) {
    double[] column = column(fit);
    double[] left = response.clone();
    for (int i = 0; i < length; i++) {
      left[i] -= fit.height() * column[i];
    }
    return left;
  }

  /** What the columns beside the constant explain, fitted together with the shape. */
  double[] others(double[] values, Fit fit) {
    double[] explained = new double[length];
    for (int k = 1; k < basis.length; k++) {
      double along =
          dot(values, basis[k])
              - fit.height()
                  * product(fit.form(), fit.begin(), fit.length(), shared[k], sumOfShared[k]);
      for (int i = 0; i < length; i++) {
        explained[i] += along * basis[k][i];
      }
    }
    return explained;
  }
}
