package dev.samovar.evidence;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * How numbers are written where they stand for a value: 6 digits, so that float and double agree.
 */
public final class Numbers {
  private static final MathContext DIGITS = new MathContext(6);

  private Numbers() {}

  /** {@code 0.10000000149} → {@code 0.1}, {@code 2.0} → {@code 2}. */
  public static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    if (isWhole(value)) {
      return Long.toString((long) value);
    }
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale();
    return exponent > 15 || exponent < -6 ? rounded.toString() : rounded.toPlainString();
  }

  /** The widest distance from a value at which another is written alike. */
  public static double tolerance(double value) {
    return isWhole(value) ? 1e-9 : Math.abs(value) * 5e-7;
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15;
  }
}
