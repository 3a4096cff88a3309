package dev.samovar.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.statistics.ChangeSearch.Change;
import dev.samovar.statistics.ChangeSearch.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** On simulated series with fixed seeds: what is claimed of the search holds as a share of them. */
class ChangeSearchTest {
  private static final int SERIES = 200;
  private static final int LENGTH = 120;

  /** Values that follow the ones before, of variance one. */
  private static double[] noise(Random random, int length, double follows) {
    double[] values = new double[length];
    double value = random.nextGaussian();
    for (int i = 0; i < length; i++) {
      value = follows * value + Math.sqrt(1 - follows * follows) * random.nextGaussian();
      values[i] = value;
    }
    return values;
  }

  private static double[] plus(double[] values, IntToDoubleFunction level) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> values[i] + level.applyAsDouble(i))
        .toArray();
  }

  private static double rhythm(int i, int period) {
    return 3 * Math.sin(2 * Math.PI * i / period) + Math.cos(4 * Math.PI * i / period);
  }

  private static double share(Function<Random, Boolean> trial) {
    return IntStream.range(0, SERIES).filter(seed -> trial.apply(new Random(seed))).count()
        / (double) SERIES;
  }

  @Test
  void says_no_change_of_noise() {
    for (double follows : new double[] {0, 0.3, 0.6, 0.8}) {
      assertThat(
              share(random -> !ChangeSearch.changes(noise(random, LENGTH, follows), 0).isEmpty()))
          .as("autocorrelation " + follows)
          .isLessThanOrEqualTo(0.02);
    }
  }

  @Test
  void says_no_change_of_a_daily_rhythm() {
    assertThat(
            share(
                random ->
                    !ChangeSearch.changes(plus(noise(random, 240, 0.5), i -> rhythm(i, 80)), 80)
                        .isEmpty()))
        .isLessThanOrEqualTo(0.02);
  }

  /**
   * Slow wandering under as much noise is left out: it looks like changes to a search that models
   * one autocorrelation (ChangeMeasurementTest tells how often).
   */
  @Test
  void says_no_change_of_tails_counts_shares_gaps_and_rhythms() {
    int series = 0;
    int cried = 0;
    for (Noise noise : Noise.all()) {
      boolean daily = noise.period() > 0 || noise.name().startsWith("rhythm");
      if (!noise.name().contains("+ white")) {
        for (int seed = 0; seed < (daily ? 5 : 25); seed++) {
          double[] values = noise.draw().series(new Random(seed), daily ? 4 * 288 : 240);
          series++;
          cried += ChangeSearch.changes(values, noise.period()).isEmpty() ? 0 : 1;
        }
      }
    }
    assertThat((double) cried / series).isLessThanOrEqualTo(0.02);
  }

  @Test
  void finds_a_rhythm_that_nobody_told_of() {
    Noise rhythm = Noise.rhythm(0.3);
    for (int seed = 0; seed < 5; seed++) {
      double[] values = rhythm.draw().series(new Random(seed), 4 * 288);
      double[] changed = plus(values, i -> i < 700 ? 0 : 2);

      assertThat(ChangeSearch.changes(values)).isEmpty();
      assertThat(covers(ChangeSearch.changes(changed), 700)).isTrue();
    }
  }

  @Test
  void finds_a_pulse_and_both_its_ends() {
    double found =
        share(
            random -> {
              int at = 20 + random.nextInt(60);
              List<Change> changes =
                  ChangeSearch.changes(
                      plus(noise(random, LENGTH, 0), i -> i >= at && i < at + 20 ? 3 : 0));
              return covers(changes, at) && covers(changes, at + 20);
            });
    assertThat(found).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void bounds_steps_near_the_ends() {
    double[] found = {0};
    double covered =
        share(
            random -> {
              int beside = 5 + random.nextInt(5);
              int at = random.nextBoolean() ? beside : LENGTH - beside;
              List<Change> changes =
                  ChangeSearch.changes(plus(noise(random, LENGTH, 0), i -> i < at ? 0 : 4));
              found[0] += changes.isEmpty() ? 0 : 1;
              return covers(changes, at);
            });
    assertThat(found[0] / SERIES).isGreaterThanOrEqualTo(0.95);
    assertThat(covered).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void missing_values_are_no_change_and_hide_none() {
    double[] values = plus(noise(new Random(3), LENGTH, 0), i -> i < 70 ? 0 : 4);
    for (int i = 0; i < LENGTH; i += 7) {
      values[i] = Double.NaN;
    }
    double[] nothing = new double[LENGTH];
    Arrays.fill(nothing, Double.NaN);

    assertThat(covers(ChangeSearch.changes(values), 70)).isTrue();
    assertThat(ChangeSearch.changes(nothing)).isEmpty();
  }

  @Test
  void tells_the_clearest_change_or_none() {
    double[] noise = noise(new Random(5), 240, 0);
    double[] values = plus(noise, i -> i < 70 ? 0 : i < 150 ? 2 : 9);

    assertThat(ChangeSearch.change(noise)).isEmpty();
    assertThat(ChangeSearch.change(values))
        .hasValueSatisfying(change -> assertThat(change.index()).isEqualTo(150));
  }

  @Test
  void outliers_are_no_change() {
    assertThat(
            share(
                random -> {
                  int at = random.nextInt(LENGTH);
                  double[] values =
                      plus(noise(random, LENGTH, 0), i -> i == at || i == LENGTH / 3 ? 40 : 0);
                  return !ChangeSearch.changes(values, 0).isEmpty();
                }))
        .isLessThanOrEqualTo(0.02);
  }

  @Test
  void finds_steps_up_and_down_and_bounds_them() {
    for (double height : new double[] {3, -3}) {
      double[] covered = {0};
      double found =
          share(
              random -> {
                int at = 10 + random.nextInt(LENGTH - 20);
                List<Change> changes =
                    ChangeSearch.changes(
                        plus(noise(random, LENGTH, 0.3), i -> i >= at ? height : 0), 0);
                covered[0] += covers(changes, at) ? 1 : 0;
                return changes.stream().anyMatch(change -> change.kind() == Kind.STEP);
              });
      assertThat(found).isGreaterThanOrEqualTo(0.97);
      assertThat(covered[0] / SERIES).isGreaterThanOrEqualTo(0.9);
    }
  }

  @Test
  void finds_ramps_and_bounds_their_beginning() {
    double[] covered = {0};
    double found =
        share(
            random -> {
              int at = 24 + random.nextInt(60);
              List<Change> changes =
                  ChangeSearch.changes(
                      plus(noise(random, LENGTH, 0), i -> i < at ? 0 : 0.15 * (i - at + 1)), 0);
              covered[0] += covers(changes, at) ? 1 : 0;
              return changes.stream().anyMatch(change -> change.kind() == Kind.RAMP);
            });
    assertThat(found).isGreaterThanOrEqualTo(0.9);
    assertThat(covered[0] / SERIES).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void finds_changes_of_variance_and_bounds_them() {
    double[] covered = {0};
    double found =
        share(
            random -> {
              int at = 24 + random.nextInt(70);
              double[] noise = noise(random, LENGTH, 0);
              double[] values =
                  IntStream.range(0, LENGTH)
                      .mapToDouble(i -> i < at ? noise[i] : 3 * noise[i])
                      .toArray();
              List<Change> changes = ChangeSearch.changes(values, 0);
              covered[0] += covers(changes, at) ? 1 : 0;
              return changes.stream().anyMatch(change -> change.kind() == Kind.VARIANCE);
            });
    assertThat(found).isGreaterThanOrEqualTo(0.95);
    assertThat(covered[0] / SERIES).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void finds_a_step_under_a_daily_rhythm() {
    double found =
        share(
            random -> {
              int at = 10 + random.nextInt(220);
              return covers(
                  ChangeSearch.changes(
                      plus(noise(random, 240, 0), i -> rhythm(i, 80) + (i >= at ? 3 : 0)), 80),
                  at);
            });
    assertThat(found).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void finds_several_changes() {
    double[] values =
        plus(noise(new Random(5), 240, 0), i -> i < 70 ? 0 : i < 150 ? 6 : i < 200 ? -2 : 4);

    assertThat(ChangeSearch.changes(values, 0))
        .extracting(Change::index)
        .containsExactly(70, 150, 200);
  }

  @Test
  void searches_long_series_in_bins() {
    double[] values = plus(noise(new Random(5), 5_000, 0), i -> i < 3_210 ? 0 : 2);

    List<Change> changes = ChangeSearch.changes(values, 0);

    assertThat(changes).hasSize(1);
    assertThat(covers(changes, 3_210)).isTrue();
    assertThat(changes.get(0).latest() - changes.get(0).earliest()).isLessThan(60);
  }

  @Test
  void locates_the_changes_of_very_long_series_to_the_value() {
    double[] values = plus(noise(new Random(8), 20_000, 0), i -> i < 12_345 ? 0 : 5);

    assertThat(ChangeSearch.changes(values))
        .singleElement()
        .satisfies(change -> assertThat(change.index()).isBetween(12_343, 12_347));
  }

  @Test
  void constants_and_short_series_do_not_change() {
    assertThat(ChangeSearch.changes(new double[] {}, 0)).isEmpty();
    assertThat(ChangeSearch.changes(new double[] {1, 2, 30, 31}, 0)).isEmpty();
    assertThat(ChangeSearch.changes(new double[50], 24)).isEmpty();
  }

  @Test
  void a_step_between_constants_is_exact() {
    double[] values = IntStream.range(0, 60).mapToDouble(i -> i < 41 ? 5 : 7).toArray();

    assertThat(ChangeSearch.changes(values, 0))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.kind()).isEqualTo(Kind.STEP);
              assertThat(change.index()).isEqualTo(41);
              assertThat(change.before()).isEqualTo(5);
            });
  }

  private static boolean covers(List<Change> changes, int at) {
    return changes.stream().anyMatch(c -> c.earliest() <= at && at <= c.latest());
  }
}
