package dev.samovar.statistics;

import java.util.List;
import java.util.Optional;

/**
 * Looks for the one change of level that explains most of a series: a step, a ramp or a pulse. It
 * counts where its F exceeds what the best of all shapes and places reaches by chance.
 */
final class LevelSearch {
  /**
   * The best F that chance reaches in one series of some hundred and fifty, by the number m of
   * independent values that a series with its autocorrelation is worth, n(1 − φ)/(1 + φ): simulated
   * on series of 30 to 960 values with φ from 0 to 0.95 and bounded by {@code CRITICAL_F + ln n +
   * SMALL_F / (m − 8)}. Where m is little above eight, nothing is proven.
   */
  private static final double CRITICAL_F = 7.5;

  private static final double SMALL_F = 200;

  /** The same of pulses in one series of three hundred, with 2 ln n: there are more of them. */
  private static final double CRITICAL_F_OF_PULSES = 12;

  private static final double SMALL_F_OF_PULSES = 440;
  private static final double FEWEST_INDEPENDENT = 8;
  private static final double LEAST_BEYOND = 8;

  /** How much better, in residual variances, another shape must fit than a step. */
  private static final double SIMPLER = 10;

  /** Blocks of a series that may change several times. */
  private static final int BLOCKS = 20;

  /** Means of whitened values that vary still more than this have changes in them. */
  private static final double MOST_INFLATION = 3;

  private final double[] values;
  private final double follows;
  private final ChangeShapes whitened;

  LevelSearch(double[] values) {
    this.values = values;
    ChangeShapes first = new ChangeShapes(values, List.of(), 0);
    ChangeShapes.Fit rough = first.best();
    this.follows =
        first.isExact(rough)
            ? 0
            : Math.min(
                Dependence.firstOrder(first.residuals(rough)), Dependence.mostFirstOrder(values));
    this.whitened = new ChangeShapes(values, List.of(), follows);
  }

  /**
   * A change found.
   *
   * @param score its F over what chance reaches; above 1
   */
  record Found(ChangeShapes.Fit fit, double score) {}

  /** The values freed of their autocorrelation and mean. */
  double[] residuals() {
    return whitened.residuals();
  }

  /** How many independent values the series is worth, beyond those that prove nothing. */
  double independent() {
    return values.length * (1 - follows) / (1 + follows) - FEWEST_INDEPENDENT;
  }

  /** F of the best shape, however likely by chance. */
  double f(ChangeShapes.Fit fit) {
    return Math.min(whitened.f(fit), whitened.fWhateverSpread(fit)) / inflation(fit);
  }

  ChangeShapes whitened() {
    return whitened;
  }

  /** How much more means vary than those of independent values; see {@link Dependence}. */
  double inflation() {
    return inflation(whitened.best());
  }

  private double inflation(ChangeShapes.Fit fit) {
    return whitened.isExact(fit)
        ? 1
        : Math.min(MOST_INFLATION, Dependence.inflation(whitened.residuals(fit), BLOCKS));
  }

  /** A step, unless a ramp fits much better. */
  ChangeShapes.Fit rise() {
    ChangeShapes.Fit best = whitened.bestRise();
    ChangeShapes.Fit step = whitened.bestStep();
    return step.rss() - best.rss() > SIMPLER * best.rss() / values.length ? best : step;
  }

  Optional<ChangeShapes.Fit> pulse() {
    return whitened.bestPulse();
  }

  /** What F of a step or ramp has to exceed. */
  double critical() {
    return CRITICAL_F + Math.log(values.length) + SMALL_F / independent();
  }

  /** What F of a pulse has to exceed, of which there are more. */
  double criticalOfPulses() {
    return CRITICAL_F_OF_PULSES + 2 * Math.log(values.length) + SMALL_F_OF_PULSES / independent();
  }

  /** Empty where nothing changed; {@code caution} raises the bar. */
  Optional<Found> change(double caution) {
    if (independent() < LEAST_BEYOND) {
      return Optional.empty();
    }
    ChangeShapes.Fit rise = rise();
    Found found = new Found(rise, f(rise) / caution / critical());
    Found clearer =
        pulse()
            .map(pulse -> new Found(pulse, f(pulse) / caution / criticalOfPulses()))
            .filter(pulse -> pulse.score() > found.score())
            .orElse(found);
    return clearer.score() > 1 ? Optional.of(clearer) : Optional.empty();
  }
}
