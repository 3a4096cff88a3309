package dev.samovar.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A kind of series that does not change.
 *
 * @param period of its rhythm; 0 for none
 * @param spread the standard deviation of one value around the rhythm, by which changes are sized
 */
record Noise(String name, int period, double spread, Draw draw) {
  /** Draws a series of a length. */
  interface Draw {
    double[] series(Random random, int length);
  }

  static List<Noise> all() {
    return List.of(
        white(),
        tails(),
        new Noise("skewed (lognormal)", 0, 0.6, each(r -> Math.exp(0.5 * r.nextGaussian()))),
        autoregressive(0.3),
        autoregressive(0.6),
        autoregressive(0.8),
        autoregressive(0.9),
        new Noise("AR(1) 0.9 + white", 0, 1, Noise::observed),
        new Noise("MA(4)", 0, 1, Noise::moving),
        poisson(0.2),
        poisson(2),
        poisson(50),
        new Noise("shares, 200 at 2 %", 0, 0.0099, each(r -> binomial(r, 200, 0.02) / 200.0)),
        new Noise("shares, 50 at 30 %", 0, 0.065, each(r -> binomial(r, 50, 0.3) / 50.0)),
        new Noise("2 % outliers of 10 sd", 0, 1, each(Noise::withOutliers)),
        new Noise("10 % missing", 0, 1, each(r -> r.nextDouble() < 0.1 ? Double.NaN : gauss(r))),
        new Noise("rounded to integers", 0, 0.5, each(r -> Math.rint(0.4 * r.nextGaussian()))),
        new Noise("rounded AR(1) 0.8", 0, 1.5, Noise::rounded),
        new Noise("constant", 0, 1, each(r -> 7)),
        rhythm(0),
        rhythm(0.6),
        new Noise("daily counts", 288, 5, Noise::dailyCounts),
        new Noise("rhythm, nobody said so", 0, 1, rhythm(0.3).draw()));
  }

  static Noise white() {
    return new Noise("white", 0, 1, each(Noise::gauss));
  }

  static Noise tails() {
    return new Noise("heavy tails (t3)", 0, Math.sqrt(3), each(Noise::student));
  }

  static Noise poisson(double rate) {
    return new Noise("counts, " + rate, 0, Math.sqrt(rate), each(random -> poisson(random, rate)));
  }

  static Noise autoregressive(double follows) {
    return new Noise("AR(1) " + follows, 0, 1, (r, n) -> autoregressive(r, n, follows));
  }

  /** Days of 5-minute values: fundamental and harmonics of a day shape with a steep morning. */
  static Noise rhythm(double follows) {
    return new Noise(
        "daily rhythm, AR(1) " + follows,
        288,
        1,
        (random, length) -> {
          double[] values = autoregressive(random, length, follows);
          int phase = random.nextInt(288);
          return IntStream.range(0, length).mapToDouble(i -> values[i] + day(i + phase)).toArray();
        });
  }

  private static double day(int i) {
    double angle = 2 * Math.PI * i / 288;
    return 3 * Math.sin(angle)
        + Math.cos(2 * angle)
        + 0.5 * Math.sin(3 * angle + 1)
        + 0.3 * Math.cos(4 * angle + 2)
        + 0.2 * Math.sin(6 * angle);
  }

  private interface One {
    double value(Random random);
  }

  private static Draw each(One one) {
    return (random, length) ->
        IntStream.range(0, length).mapToDouble(i -> one.value(random)).toArray();
  }

  private static double gauss(Random random) {
    return random.nextGaussian();
  }

  private static double student(Random random) {
    double chi = 0;
    for (int i = 0; i < 3; i++) {
      double z = random.nextGaussian();
      chi += z * z;
    }
    return random.nextGaussian() / Math.sqrt(chi / 3);
  }

  private static double withOutliers(Random random) {
    double z = random.nextGaussian();
    return random.nextDouble() < 0.02 ? z + (random.nextBoolean() ? 10 : -10) : z;
  }

  static double[] autoregressive(Random random, int length, double follows) {
    double[] values = new double[length];
    double value = random.nextGaussian();
    for (int i = 0; i < length; i++) {
      value = follows * value + Math.sqrt(1 - follows * follows) * random.nextGaussian();
      values[i] = value;
    }
    return values;
  }

  private static double[] observed(Random random, int length) {
    return Arrays.stream(autoregressive(random, length, 0.9))
        .map(value -> (value + random.nextGaussian()) / Math.sqrt(2))
        .toArray();
  }

  private static double[] moving(Random random, int length) {
    double[] shocks = random.doubles(length + 4L).map(d -> random.nextGaussian()).toArray();
    return IntStream.range(0, length)
        .mapToDouble(i -> Arrays.stream(shocks, i, i + 5).sum() / Math.sqrt(5))
        .toArray();
  }

  private static double[] rounded(Random random, int length) {
    return Arrays.stream(autoregressive(random, length, 0.8))
        .map(value -> Math.rint(1.5 * value))
        .toArray();
  }

  private static double[] dailyCounts(Random random, int length) {
    int phase = random.nextInt(288);
    return IntStream.range(0, length)
        .mapToDouble(i -> poisson(random, 5 * (5 + day(i + phase))))
        .toArray();
  }

  static double poisson(Random random, double rate) {
    double limit = Math.exp(-rate);
    double product = random.nextDouble();
    int count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }

  static int binomial(Random random, int trials, double share) {
    int successes = 0;
    for (int i = 0; i < trials; i++) {
      successes += random.nextDouble() < share ? 1 : 0;
    }
    return successes;
  }
}
