package dev.samovar.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangePointsTest {
  private static final int STEPS = 120;

  @Test
  void finds_the_step_at_which_a_share_rose() {
    long[] totals = constant(200);
    long[] matching = drawn(totals, new Random(7), i -> i < 90 ? 0.02 : 0.2);

    ChangePoints.Rise rise = ChangePoints.rise(totals, matching).orElseThrow();

    assertThat(rise.earliest()).isLessThanOrEqualTo(90);
    assertThat(rise.latest()).isGreaterThanOrEqualTo(90);
    assertThat(rise.index()).isBetween(89, 91);
    assertThat(rise.after()).isGreaterThan(5 * rise.before());
  }

  @Test
  void says_how_unsure_it_is_when_events_are_few() {
    long[] many = constant(500);
    long[] few = constant(6);
    ChangePoints.Rise sure =
        ChangePoints.rise(many, drawn(many, new Random(3), i -> i < 60 ? 0.1 : 0.4)).orElseThrow();
    ChangePoints.Rise unsure =
        ChangePoints.rise(few, drawn(few, new Random(3), i -> i < 60 ? 0.1 : 0.4)).orElseThrow();

    assertThat(unsure.latest() - unsure.earliest())
        .isGreaterThanOrEqualTo(sure.latest() - sure.earliest());
    assertThat(60).isBetween(unsure.earliest(), unsure.latest());
  }

  @Test
  void a_share_that_fell_did_not_rise() {
    long[] totals = constant(200);
    long[] matching = drawn(totals, new Random(7), i -> i < 60 ? 0.3 : 0.1);

    assertThat(ChangePoints.rise(totals, matching)).isEmpty();
  }

  @Test
  void steady_shares_seldom_look_like_a_rise() {
    long[] totals = constant(100);
    long alarms =
        IntStream.range(0, 400)
            .filter(
                seed ->
                    ChangePoints.rise(totals, drawn(totals, new Random(seed), i -> 0.1))
                        .isPresent())
            .count();

    assertThat(alarms).isLessThanOrEqualTo(4);
  }

  @Test
  void a_share_that_wanders_is_no_rise() {
    long[] totals = constant(200);
    for (double follows : new double[] {0.3, 0.6}) {
      long alarms =
          IntStream.range(0, 200)
              .filter(
                  seed -> {
                    Random random = new Random(seed);
                    double[] logit = Noise.autoregressive(random, STEPS, follows);
                    return ChangePoints.rise(
                            totals,
                            drawn(totals, random, i -> 1 / (1 + Math.exp(2 - 0.4 * logit[i]))))
                        .isPresent();
                  })
              .count();
      assertThat(alarms).as("autocorrelation " + follows).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void a_daily_wave_is_no_rise() {
    long[] totals = constant(300);
    long[] matching =
        drawn(totals, new Random(5), i -> 0.2 + 0.1 * Math.sin(2 * Math.PI * i / 24.0));

    assertThat(ChangePoints.rise(totals, matching)).isEmpty();
  }

  @Test
  void nothing_shows_without_events() {
    assertThat(ChangePoints.rise(new long[STEPS], new long[STEPS])).isEmpty();
    assertThat(ChangePoints.rise(new long[0], new long[0])).isEmpty();
  }

  private interface Level {
    double at(int step);
  }

  private static long[] constant(long total) {
    long[] totals = new long[STEPS];
    Arrays.fill(totals, total);
    return totals;
  }

  private static long[] drawn(long[] totals, Random random, Level level) {
    long[] matching = new long[totals.length];
    for (int i = 0; i < totals.length; i++) {
      for (int event = 0; event < totals[i]; event++) {
        if (random.nextDouble() < level.at(i)) {
          matching[i]++;
        }
      }
    }
    return matching;
  }
}
