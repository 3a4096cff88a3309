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
 * <p>The best step, ramp or pulse counts where it explains more than chance does ({@link
 * LevelSearch}); both sides are searched again ({@link Segmentation}). What changes its level no
 * more is searched for a change of spread ({@link SpreadSearch}). At last every change is located
 * anew between its neighbours (Bai, 1997) with the bounds of its beginning ({@link Beginnings}).
 *
 * <p>The same values always give the same answer.
 */
public final class ChangeSearch {
  /** Longer series are searched in means of so many bins first. */
  private static final int MOST = 960;

  /** Values on either side of a change among which its beginning is located. */
  private static final int NEAR = 1_000;

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
   *     about one series of a hundred; above 1
   */
  public record Change(
      Kind kind, int index, int earliest, int latest, double before, double after, double score) {}

  /** The clearest change of a series, if it has any; {@link #changes(double[])} has the others. */
  public static Optional<Change> change(double[] values) {
    return changes(values).stream().max(Comparator.comparingDouble(Change::score));
  }

  /**
   * The changes in the order of the series. A rhythm is allowed for where it shows in at least
   * three repetitions; who knows its period had better say so.
   *
   * @param values evenly spaced; NaN where one is missing
   */
  public static List<Change> changes(double[] values) {
    return changes(values, 0);
  }

  /**
   * The changes in the order of the series.
   *
   * @param values evenly spaced; NaN where one is missing
   * @param period how many values a rhythm takes, as of a day; 0 where nobody knows. It is allowed
   *     for where the series holds at least two
   */
  public static List<Change> changes(double[] values, int period) {
    double[] whole = Samples.withoutOutliers(Samples.withoutGaps(values));
    int width = Math.max(1, (whole.length + MOST - 1) / MOST);
    double[] coarse = Samples.binned(whole, width);
    double known = Rhythm.shows((double) period / width, coarse.length) ? period : 0;
    return search(whole, coarse, width, known > 0 ? known : Rhythm.period(coarse) * width);
  }

  private static List<Change> search(double[] values, double[] coarse, int width, double period) {
    if (!Rhythm.shows(period / width, coarse.length)) {
      double[] even = new double[coarse.length];
      Arrays.fill(even, 1);
      return located(values, width, Segmentation.of(coarse, even, 1));
    }
    double[] left = Rhythm.removed(coarse, period / width);
    double[] spread = Rhythm.spread(left, period / width);
    return located(
        Rhythm.removed(values, period),
        width,
        Segmentation.of(left, spread, Rhythm.caution(period, values.length)));
  }

  private static List<Change> located(double[] values, int width, List<Segmentation.Part> parts) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Segmentation.Part part = parts.get(i);
      // Further away there is nothing to learn about where it began.
      int near = Math.max(NEAR, 2 * width * (part.end() - part.begin()));
      int from =
          Math.max(i == 0 ? 0 : parts.get(i - 1).before(part) * width, part.begin() * width - near);
      int to =
          Math.min(
              i == parts.size() - 1 ? values.length : parts.get(i + 1).begin() * width,
              part.begin() * width + near);
      if (part.spread().isEmpty()) {
        changes.add(Beginnings.locate(Arrays.copyOfRange(values, from, to), from, part.score()));
      } else {
        changes.add(spread(part, part.spread().get(), width, values.length));
      }
    }
    return changes;
  }

  private static Change spread(
      Segmentation.Part part, SpreadSearch.Found spread, int width, int length) {
    int offset = part.begin() - spread.index();
    return new Change(
        Kind.VARIANCE,
        part.begin() * width,
        Math.max(0, (offset + spread.earliest() - 1) * width),
        Math.min(length - 1, (offset + spread.latest()) * width + width - 1),
        spread.before(),
        spread.after(),
        part.score());
  }
}
