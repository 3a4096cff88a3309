package dev.samovar.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Parts a series at its changes: what lies on either side of the clearest one is searched again
 * (binary segmentation, Scott and Knott, 1974; with pulses, circular: Olshen and others, 2004).
 */
final class Segmentation {
  /**
   * A change found.
   *
   * @param end where it is complete
   * @param spread empty for a change of level
   */
  record Part(int begin, int end, double score, Optional<SpreadSearch.Found> spread) {
    /** Where the surroundings of a later one begin; it may lie within a ramp. */
    int before(Part later) {
      return end < later.begin() ? end : begin;
    }
  }

  private final double[] values;
  private final double[] spread;
  private final double caution;
  private final List<Part> found;

  private Segmentation(double[] values, double[] spread, double caution, List<Part> found) {
    this.values = values;
    this.spread = spread;
    this.caution = caution;
    this.found = found;
  }

  /**
   * The changes in the order of the series.
   *
   * @param spread a factor by which each value is known to spread more than the mean one
   * @param caution raises the bar
   */
  static List<Part> of(double[] values, double[] spread, double caution) {
    List<Part> found = new ArrayList<>();
    new Segmentation(values, spread, caution, found).search(0, values.length);
    found.sort(Comparator.comparingInt(Part::begin));
    return found;
  }

  private void search(int from, int to) {
    if (to - from < 3 * ChangeShapes.FEWEST) {
      return;
    }
    LevelSearch search = new LevelSearch(Arrays.copyOfRange(values, from, to));
    Optional<LevelSearch.Found> level = search.change(caution);
    if (level.isPresent()) {
      split(level.get(), from, to);
    } else {
      SpreadSearch.change(levelled(search.residuals(), from), search.independent(), caution)
          .ifPresent(change -> split(change, from, to));
    }
  }

  private void split(LevelSearch.Found change, int from, int to) {
    ChangeShapes.Fit fit = change.fit();
    int begin = from + fit.begin();
    int end = from + fit.end(to - from);
    search(from, begin);
    switch (fit.form()) {
      case STEP -> found.add(new Part(begin, begin, change.score(), Optional.empty()));
      case RAMP -> {
        found.add(new Part(begin, end, change.score(), Optional.empty()));
        // What looks like one long ramp may be several steps: these remain when it is taken away.
        new Segmentation(fit.takenFrom(values, from), spread, caution, found).search(begin, end);
      }
      case PULSE -> {
        found.add(new Part(begin, begin, change.score(), Optional.empty()));
        search(begin, end);
        if (to - end >= ChangeShapes.FEWEST) {
          found.add(new Part(end, end, change.score(), Optional.empty()));
        }
      }
    }
    search(end, to);
  }

  private void split(SpreadSearch.Found change, int from, int to) {
    int at = from + change.index();
    search(from, at);
    found.add(new Part(at, at, change.score(), Optional.of(change)));
    search(at, to);
  }

  /** Residuals as they would be if all values were known to spread alike. */
  private double[] levelled(double[] residuals, int from) {
    double[] levelled = residuals.clone();
    for (int i = 0; i < levelled.length; i++) {
      levelled[i] /= spread[from + i];
    }
    return levelled;
  }
}
