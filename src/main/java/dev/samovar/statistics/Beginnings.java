package dev.samovar.statistics;

import dev.samovar.statistics.ChangeSearch.Change;
import dev.samovar.statistics.ChangeSearch.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where within its surroundings a change of level began, and whether it came at once: every index
 * and rise time is weighed by its likelihood, heights and variance integrated out, steps being more
 * frequent than ramps.
 */
final class Beginnings {
  /** How many changes come at once. */
  private static final double STEPS = 0.9;

  /** Rises over so few values are steps that bins or measuring blurred. */
  private static final int AT_ONCE = 2;

  /** Ratio of one rise time that is weighed to the next. */
  private static final double FINENESS = 1.35;

  private Beginnings() {}

  /**
   * The change between two others.
   *
   * @param values from the change before to the one after
   * @param from the index of the first of them
   * @param score of the change as found
   */
  static Change locate(double[] values, int from, double score) {
    LevelSearch search = new LevelSearch(values);
    ChangeShapes shapes = search.whitened();
    double inflation = search.inflation();
    List<Integer> rises = rises(values.length);
    Plausible steps = new Plausible(values.length + 1);
    Plausible all = new Plausible(values.length + 1);
    Plausible ramps = new Plausible(values.length + 1);
    int previous = 0;
    for (int rise : rises) {
      double prior =
          rise <= AT_ONCE
              ? Math.log(STEPS / AT_ONCE)
              : Math.log((1 - STEPS) / (rises.size() - AT_ONCE));
      for (int begin = 2; begin <= values.length - 2; begin++) {
        if (previous >= values.length - begin) {
          // What would be complete only after the end looks like any such.
          continue;
        }
        ChangeShapes.Fit fit =
            shapes.fit(rise == 1 ? ChangeShapes.Form.STEP : ChangeShapes.Form.RAMP, begin, rise);
        double likelihood =
            prior
                - Math.log(Math.max(fit.rss(), Double.MIN_NORMAL))
                    * shapes.freedom()
                    / 2
                    / inflation
                - Math.log(fit.norm()) / 2;
        all.add(begin, likelihood);
        (rise <= AT_ONCE ? steps : ramps).add(begin, likelihood);
      }
      previous = rise;
    }
    boolean gradual = ramps.logTotal() > steps.logTotal();
    int index = (gradual ? ramps : steps).median();
    double before = RobustSpread.median(Arrays.copyOfRange(values, 0, index));
    return new Change(
        gradual ? Kind.RAMP : Kind.STEP,
        from + index,
        from + Math.min(index, all.earliest()),
        from + Math.max(index, all.latest()),
        before,
        before + height(shapes, index, gradual ? rises : List.of(1)),
        score);
  }

  private static double height(ChangeShapes shapes, int begin, List<Integer> rises) {
    ChangeShapes.Fit best = shapes.fit(ChangeShapes.Form.STEP, begin, 1);
    for (int rise : rises) {
      if (rise > 1) {
        ChangeShapes.Fit other = shapes.fit(ChangeShapes.Form.RAMP, begin, rise);
        if (other.rss() < best.rss()) {
          best = other;
        }
      }
    }
    return best.height();
  }

  private static List<Integer> rises(int length) {
    List<Integer> rises = new ArrayList<>();
    double next = 1;
    while (rises.isEmpty() || next < length) {
      int rise = (int) Math.round(next);
      rises.add(rise);
      next = Math.max(rise + 1, next * FINENESS);
    }
    return rises;
  }
}
