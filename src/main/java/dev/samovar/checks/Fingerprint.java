package dev.samovar.checks;

import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * The trace that a changed transformation leaves: every decile of a feature has been put through
 * the same function. Only functions that programs apply by mistake are looked for (units, signs,
 * logarithms), since a market that grew by a fifth also scales every decile.
 */
final class Fingerprint {
  private static final int FEWEST_POINTS = 5;

  /** A decile of 300 events is known to about a tenth. */
  private static final double TOLERANCE = 0.08;

  private static final double SMALL_FACTOR_TOLERANCE = 0.025;

  private record Mistake(String says, DoubleUnaryOperator function) {}

  private static final List<Mistake> MISTAKES =
      List.of(
          scale(100, "100 times larger: cents for dollars, or percent for a share?"),
          scale(0.01, "100 times smaller: dollars for cents, or a share for percent?"),
          scale(1000, "1000 times larger: milliseconds for seconds, or metres for kilometres?"),
          scale(0.001, "1000 times smaller: seconds for milliseconds, or kilometres for metres?"),
          scale(1e6, "a million times larger: micro-units?"),
          scale(1e-6, "a million times smaller: micro-units taken for whole ones?"),
          scale(10, "10 times larger: a decimal place?"),
          scale(0.1, "10 times smaller: a decimal place?"),
          scale(60, "60 times larger: seconds for minutes, or minutes for hours?"),
          scale(1.0 / 60, "60 times smaller: minutes for seconds, or hours for minutes?"),
          scale(3600, "3600 times larger: seconds for hours?"),
          scale(1.0 / 3600, "3600 times smaller: hours for seconds?"),
          scale(24, "24 times larger: hours for days?"),
          scale(1.0 / 24, "24 times smaller: days for hours?"),
          scale(1.609344, "1.61 times larger: kilometres for miles?"),
          scale(1 / 1.609344, "1.61 times smaller: miles for kilometres?"),
          scale(2.204623, "2.2 times larger: pounds for kilograms?"),
          scale(1 / 2.204623, "2.2 times smaller: kilograms for pounds?"),
          scale(3.28084, "3.28 times larger: feet for metres?"),
          scale(1 / 3.28084, "3.28 times smaller: metres for feet?"),
          scale(-1, "the same with the other sign: a subtraction turned round?"),
          new Mistake("its own natural logarithm: log applied once more?", Math::log),
          new Mistake("its own log(1 + x): log1p applied once more?", Math::log1p),
          new Mistake("its own decimal logarithm: log10 applied once more?", Math::log10),
          new Mistake("its own exponential: a logarithm no longer applied?", Math::exp),
          new Mistake("e to its power less one: log1p no longer applied?", Math::expm1),
          new Mistake("Fahrenheit where Celsius was?", x -> 1.8 * x + 32),
          new Mistake("Celsius where Fahrenheit was?", x -> (x - 32) / 1.8));

  private Fingerprint() {}

  private static Mistake scale(double factor, String says) {
    return new Mistake(says, x -> factor * x);
  }

  /**
   * What was done to the values, in words; empty where no such mistake fits better than no change
   * at all.
   */
  static Optional<String> of(Profile now, Profile before) {
    if (now.kind() != Catalog.Kind.NUMBER
        || now.deciles().size() != before.deciles().size()
        || error(x -> x, now, before) <= 2 * TOLERANCE) {
      return Optional.empty();
    }
    // Deciles of few events are known less well.
    double known = TOLERANCE * Math.min(2, Math.max(1, Math.sqrt(300.0 / now.count())));
    String best = "";
    double least = Double.POSITIVE_INFINITY;
    for (Mistake mistake : MISTAKES) {
      double error = error(mistake.function(), now, before);
      // A market may well grow by half; only a close fit tells that it is miles for kilometres.
      if (error < least
          && error <= (isSmall(mistake.function(), before) ? SMALL_FACTOR_TOLERANCE : known)) {
        least = error;
        best = mistake.says();
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  /** What hardly does more to these values than a market that grows or shrinks might. */
  private static boolean isSmall(DoubleUnaryOperator function, Profile before) {
    return before.deciles().stream()
        .filter(value -> value != 0)
        .mapToDouble(value -> function.applyAsDouble(value) / value)
        .allMatch(factor -> factor > 0.25 && factor < 4);
  }

  /** Whether the two have the same shape, as far as deciles tell. */
  static boolean alike(Profile a, Profile b) {
    return a.deciles().size() == b.deciles().size() && error(x -> x, a, b) <= 1.5 * TOLERANCE;
  }

  /** The median relative distance between the deciles now and those before, put through it. */
  private static double error(DoubleUnaryOperator function, Profile now, Profile before) {
    int size = now.deciles().size();
    List<Double> errors = new ArrayList<>();
    boolean turned = function.applyAsDouble(1) < function.applyAsDouble(0);
    for (int i = 0; i < size; i++) {
      double expected = function.applyAsDouble(before.deciles().get(turned ? size - 1 - i : i));
      double actual = now.deciles().get(i);
      double magnitude = Math.max(Math.abs(expected), Math.abs(actual));
      if (Double.isNaN(expected) || magnitude == 0) {
        continue;
      }
      errors.add(Math.abs(expected - actual) / magnitude);
    }
    if (errors.size() < FEWEST_POINTS) {
      return Double.POSITIVE_INFINITY;
    }
    errors.sort(null);
    return errors.get(errors.size() / 2);
  }
}
