package dev.samovar.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What repeats in a series every so many values, as from day to day. */
final class Rhythm {
  private static final int MOST_HARMONICS = 6;
  private static final int FEWEST_HARMONICS = 3;

  /** A rhythm that nobody told of shows in so many repetitions at least. */
  private static final double FEWEST_CYCLES = 3;

  private static final double SHORTEST = 6;

  /** From one number of repetitions tried to the next. */
  private static final double FINENESS = 0.25;

  private static final double UNCERTAINTY = 1.2;
  private static final double LEAST_FACTOR = 0.2;

  private Rhythm() {}

  /** Whether a series is long enough to tell a rhythm from a change. */
  static boolean shows(double period, int length) {
    return period >= SHORTEST && length >= 2 * period;
  }

  /** By how much a change must be clearer where a rhythm fitted leaves patterns of its own. */
  static double caution(double period, int length) {
    return 1 + UNCERTAINTY * period / length;
  }

  /** The series without it; fitted together with the best change, which would else bend it. */
  static double[] removed(double[] values, double period) {
    double cycles = values.length / period;
    int harmonics =
        (int) Math.max(FEWEST_HARMONICS, Math.min(MOST_HARMONICS, Math.min(cycles, period / 4)));
    ChangeShapes shapes = new ChangeShapes(values, columns(values.length, period, harmonics), 0);
    double[] rhythm = shapes.others(values, shapes.best());
    double[] left = values.clone();
    for (int i = 0; i < left.length; i++) {
      left[i] -= rhythm[i];
    }
    return left;
  }

  /**
   * How the spread repeats, as a factor with mean one: counts spread more when there are more. By
   * the differences from one value to the next, on which the level has no hold.
   */
  static double[] spread(double[] values, double period) {
    double[] differences = new double[values.length];
    for (int i = 1; i < values.length; i++) {
      differences[i] = Math.abs(values[i] - values[i - 1]);
    }
    differences[0] = differences[1];
    double most = 4 * RobustSpread.median(differences);
    Arrays.setAll(differences, i -> Math.min(most, differences[i]));
    double mean = Arrays.stream(differences).average().orElse(1);
    ChangeShapes shapes =
        new ChangeShapes(differences, columns(values.length, period, FEWEST_HARMONICS), 0);
    double[] factor = shapes.others(differences, shapes.best());
    Arrays.setAll(factor, i -> mean == 0 ? 1 : Math.max(LEAST_FACTOR, 1 + factor[i] / mean));
    return factor;
  }

  /**
   * The period whose first harmonics explain most of what the best change leaves; 0 where that is
   * less than thrice what their number alone would (Schwarz, 1978).
   */
  static double period(double[] values) {
    int n = values.length;
    if (n < FEWEST_CYCLES * SHORTEST) {
      return 0;
    }
    ChangeShapes shapes = new ChangeShapes(values, List.of(), 0);
    ChangeShapes.Fit change = shapes.best();
    if (shapes.isExact(change)) {
      return 0;
    }
    double[] residuals = shapes.residuals(change);
    double best = 0;
    double most = 0;
    for (double cycles = FEWEST_CYCLES; n / cycles >= SHORTEST; cycles += FINENESS) {
      double power = 0;
      for (int k = 1; k <= FEWEST_HARMONICS; k++) {
        power += power(residuals, k * cycles);
      }
      if (power > most) {
        most = power;
        best = n / cycles;
      }
    }
    List<double[]> columns = columns(n, best, FEWEST_HARMONICS);
    // Noise that follows itself has slow waves of its own; freed of that it has none.
    double follows = Dependence.firstOrder(new ChangeShapes(residuals, columns, 0).residuals());
    double left = new ChangeShapes(residuals, columns, follows).rssWithout();
    double without = new ChangeShapes(residuals, List.of(), follows).rssWithout();
    return n * Math.log(without / left) > 3 * 2 * FEWEST_HARMONICS * Math.log(n) ? best : 0;
  }

  /** What a wave of so many cycles explains (Goertzel, 1958). */
  private static double power(double[] values, double cycles) {
    double angle = 2 * Math.PI * cycles / values.length;
    double twice = 2 * Math.cos(angle);
    double last = 0;
    double before = 0;
    for (double value : values) {
      double next = value + twice * last - before;
      before = last;
      last = next;
    }
    return last * last + before * before - twice * last * before;
  }

  private static List<double[]> columns(int length, double period, int harmonics) {
    List<double[]> columns = new ArrayList<>();
    for (int k = 1; k <= harmonics; k++) {
      double[] sine = new double[length];
      double[] cosine = new double[length];
      for (int i = 0; i < length; i++) {
        sine[i] = Math.sin(2 * Math.PI * k * i / period);
        cosine[i] = Math.cos(2 * Math.PI * k * i / period);
      }
      columns.add(sine);
      columns.add(cosine);
    }
    return columns;
  }
}
