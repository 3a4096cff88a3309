package dev.samovar.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StatisticsPropertiesTest {

  @Property
  void adjusted_p_values_are_never_smaller_and_keep_their_order(
      @ForAll double @Size(max = 40) [] drawn) {
    double[] p = Arrays.stream(drawn).map(StatisticsPropertiesTest::fraction).toArray();
    double[] adjusted = BenjaminiHochberg.adjust(p);
    assertThat(adjusted).hasSameSizeAs(p);
    for (int i = 0; i < p.length; i++) {
      assertThat(adjusted[i]).isBetween(p[i], 1.0);
      for (int j = 0; j < p.length; j++) {
        if (p[i] <= p[j]) {
          assertThat(adjusted[i]).isLessThanOrEqualTo(adjusted[j]);
        }
      }
    }
  }

  @Property
  void adjusted_p_values_reject_what_the_step_up_procedure_rejects(
      @ForAll double @Size(min = 1, max = 30) [] drawn,
      @ForAll @DoubleRange(min = 0.01, max = 0.5) double q) {
    double[] p = Arrays.stream(drawn).map(StatisticsPropertiesTest::fraction).toArray();
    double[] sorted = p.clone();
    Arrays.sort(sorted);
    int rejected = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (sorted[i] * ((double) sorted.length / (i + 1)) <= q) {
        rejected = i + 1;
      }
    }
    assertThat(Arrays.stream(BenjaminiHochberg.adjust(p)).filter(a -> a <= q).count())
        .isEqualTo(rejected);
  }

  @Test
  void adjusts_the_textbook_example_in_input_order() {
    double[] adjusted = BenjaminiHochberg.adjust(new double[] {0.04, 0.01, 0.03, 0.5});
    assertThat(adjusted[0]).isCloseTo(0.16 / 3, within(1e-12));
    assertThat(adjusted[1]).isCloseTo(0.04, within(1e-12));
    assertThat(adjusted[2]).isCloseTo(0.16 / 3, within(1e-12));
    assertThat(adjusted[3]).isEqualTo(0.5);
  }

  @Property
  void distances_stay_in_their_ranges_and_are_nothing_to_oneself(
      @ForAll @Size(6) List<@LongRange(max = 1_000_000) Long> before,
      @ForAll @Size(6) List<@LongRange(max = 1_000_000) Long> now) {
    long[] reference = before.stream().mapToLong(Long::longValue).toArray();
    long[] current = now.stream().mapToLong(Long::longValue).toArray();
    reference[0]++;
    current[5]++;
    assertThat(Distances.jensenShannonDistance(reference, current)).isBetween(0.0, 1.0);
    assertThat(Distances.hellinger(reference, current)).isBetween(0.0, 1.0);
    assertThat(Distances.psi(reference, current))
        .isCloseTo(Distances.psi(current, reference), within(1e-9))
        .isNotNegative();
    double variation = Distances.totalVariation(reference, current);
    assertThat(Distances.ksDistance(reference, current)).isLessThanOrEqualTo(variation + 1e-12);
    assertThat(Distances.lInfinity(reference, current).distance())
        .isLessThanOrEqualTo(variation + 1e-12);
    assertThat(FrequencyTests.gTest(reference, current).p()).isBetween(0.0, 1.0);
    assertThat(Distances.jensenShannonDistance(current, current)).isEqualTo(0.0);
    assertThat(Distances.psi(current, current)).isEqualTo(0.0);
    assertThat(FrequencyTests.gTest(current, current).p()).isCloseTo(1.0, within(1e-6));
  }

  @Test
  void the_culprit_of_l_infinity_is_the_bin_that_moved_most() {
    assertThat(Distances.lInfinity(new long[] {50, 50, 0}, new long[] {45, 30, 25}))
        .isEqualTo(new Distances.LargestMove(0.25, 2));
    assertThat(Distances.lInfinity(new long[0], new long[0]).bin()).isEqualTo(-1);
  }

  @Test
  void psi_of_a_new_value_is_finite_and_that_of_equal_shares_nothing() {
    assertThat(Distances.psi(new long[] {1000, 0}, new long[] {842, 158}))
        .isCloseTo(psiByHand(), within(1e-12));
    assertThat(Distances.psi(new double[] {1, 1}, new double[] {1, 1})).isEqualTo(0.0);
  }

  private static double psiByHand() {
    double r0 = 1000.5 / 1001;
    double r1 = 0.5 / 1001;
    double c0 = 842.5 / 1001;
    double c1 = 158.5 / 1001;
    return (c0 - r0) * Math.log(c0 / r0) + (c1 - r1) * Math.log(c1 / r1);
  }

  @Test
  void sides_that_cannot_be_compared_are_refused() {
    assertThatThrownBy(() -> Distances.psi(new long[] {1, 2}, new long[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("same bins");
    assertThatThrownBy(() -> Distances.hellinger(new long[] {0, 0}, new long[] {1, 2}))
        .hasMessageContaining("Nothing was counted");
    assertThatThrownBy(() -> Distances.psi(new double[] {-1, 3}, new double[] {1, 2}))
        .hasMessageContaining("not negative");
    assertThatThrownBy(() -> BenjaminiHochberg.adjust(new double[] {Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_g_test_of_homogeneity_counts_only_bins_that_either_side_has() {
    // By hand: 2 · Σ o ln(o/e) of the table [[10, 20], [20, 10]] with every expectation 15.
    Significance found = FrequencyTests.gTest(new long[] {10, 0, 20}, new long[] {20, 0, 10});
    assertThat(found.degreesOfFreedom()).isEqualTo(1);
    assertThat(found.statistic())
        .isCloseTo(4 * (10 * Math.log(10 / 15.0) + 20 * Math.log(20 / 15.0)), within(1e-9));
    assertThat(found.p()).isCloseTo(0.0091, within(0.0002));
    assertThat(FrequencyTests.gTest(new long[] {0, 0}, new long[] {4, 9}).p()).isEqualTo(1.0);
  }

  @Property(tries = 200)
  void median_and_mad_ignore_a_minority_of_wild_values(@ForAll long seed) {
    Random random = new Random(seed);
    double[] values = random.doubles(99, 0, 1).toArray();
    for (int i = 0; i < 40; i++) {
      values[2 * i] = i % 2 == 0 ? 1e300 : Double.NaN;
    }
    assertThat(RobustSpread.median(values)).isBetween(0.0, 1.0);
    assertThat(RobustSpread.mad(values)).isBetween(0.0, 1.5);
  }

  @Test
  void mad_of_normal_data_is_its_standard_deviation() {
    Random random = new Random(1);
    double[] values = new double[20_000];
    Arrays.setAll(values, i -> 5 + 3 * random.nextGaussian());
    assertThat(RobustSpread.mad(values)).isCloseTo(3, within(0.1));
    assertThat(RobustSpread.median(values)).isCloseTo(5, within(0.1));
    assertThat(RobustSpread.median(new double[] {1, 2, 10, 20})).isEqualTo(6.0);
    assertThat(RobustSpread.median(new double[] {Double.NaN})).isNaN();
  }

  @Test
  void theil_sen_finds_the_slope_through_outliers_in_short_and_long_series() {
    for (int n : new int[] {20, 5_000}) {
      Random random = new Random(n);
      double[] values = new double[n];
      Arrays.setAll(
          values, i -> i % 5 == 0 ? 1e6 * random.nextDouble() : 0.25 * i + random.nextGaussian());
      assertThat(RobustSpread.theilSenSlope(values)).isCloseTo(0.25, within(n == 20 ? 0.1 : 0.01));
    }
    assertThat(RobustSpread.theilSenSlope(new double[] {1})).isNaN();
  }

  @Test
  void wilson_is_the_textbook_interval() {
    // Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    assertWilson(81, 263, 0.2553, 0.3662);
    assertWilson(15, 148, 0.0624, 0.1605);
    assertWilson(0, 20, 0.0, 0.1611);
    assertWilson(1, 29, 0.0061, 0.1718);
    assertThat(Proportions.wilson(0, 0, 0.95)).isEqualTo(new Interval(0, 1));
  }

  private static void assertWilson(long matching, long total, double low, double high) {
    Interval found = Proportions.wilson(matching, total, 0.95);
    assertThat(found.low()).isCloseTo(low, within(5e-5));
    assertThat(found.high()).isCloseTo(high, within(5e-5));
  }

  @Test
  void two_proportions_say_which_way_the_share_went() {
    Significance rose = Proportions.twoProportions(20, 100, 40, 100);
    assertThat(rose.statistic()).isCloseTo(3.0861, within(1e-4));
    assertThat(rose.p()).isCloseTo(0.00203, within(1e-5));
    assertThat(Proportions.twoProportions(40, 100, 20, 100).statistic()).isNegative();
    assertThat(Proportions.twoProportions(0, 0, 20, 100).p()).isEqualTo(1.0);
    assertThat(Proportions.twoProportions(0, 50, 0, 100).p()).isEqualTo(1.0);
  }

  @Test
  void poisson_tails_are_exact() {
    // P(X >= 3) at 1 is 1 - e^-1 (1 + 1 + 1/2).
    assertThat(Rates.poissonExcess(3, 0.5, 2)).isCloseTo(1 - 2.5 * Math.exp(-1), within(1e-12));
    assertThat(Rates.poissonExcess(0, 5, 1)).isEqualTo(1.0);
    assertThat(Rates.poissonExcess(1, 0, 1)).isEqualTo(0.0);
    // Given 5 events and equal exposure, P(all 5 now) is 1/32.
    assertThat(Rates.rateIncrease(0, 10, 5, 10)).isCloseTo(1 / 32.0, within(1e-12));
    assertThat(Rates.rateIncrease(7, 10, 0, 10)).isEqualTo(1.0);
  }

  @Property(tries = 300)
  void wasserstein_of_a_shift_is_the_shift(
      @ForAll @Size(8) List<@DoubleRange(min = -1000, max = 1000) Double> drawn,
      @ForAll @DoubleRange(min = -50, max = 50) double shift) {
    double[] values = drawn.stream().mapToDouble(Double::doubleValue).toArray();
    double[] weights = {1, 2, 3, 4, 1, 2, 3, 4};
    double[] shifted = Arrays.stream(values).map(value -> value + shift).toArray();
    assertThat(Wasserstein.distance(values, weights, shifted, weights))
        .isCloseTo(Math.abs(shift), within(1e-6));
  }

  private static double fraction(double any) {
    return Double.isFinite(any) ? Math.abs(any % 1) : 0.5;
  }
}
