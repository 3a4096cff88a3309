package dev.samovar.baseline;

import com.fasterxml.jackson.core.io.NumberInput;

/**
 * Tells numbers from words without an exception for each word, and reads short numbers without a
 * text: 300 million cells are a usual file.
 */
final class NumberReader {
  private static final long LARGEST_EXACT = 1L << 53;
  private static final double[] TENS = new double[23];

  static {
    double ten = 1;
    for (int i = 0; i < TENS.length; i++) {
      TENS[i] = ten;
      ten *= 10;
    }
  }

  private double value;

  /** Whether these characters are a number; {@link #value} has it then. */
  boolean read(char[] text, int from, int length) {
    int at = from;
    int end = from + length;
    boolean isNegative = false;
    if (at < end && (text[at] == '-' || text[at] == '+')) {
      isNegative = text[at] == '-';
      at++;
    }
    long digits = 0;
    int counted = 0;
    int fraction = 0;
    int seen = 0;
    boolean hasPoint = false;
    for (; at < end; at++) {
      char c = text[at];
      if (c >= '0' && c <= '9') {
        seen++;
        if (counted < 18) {
          digits = 10 * digits + (c - '0');
          counted += digits == 0 ? 0 : 1;
          fraction += hasPoint ? 1 : 0;
        } else {
          counted++;
        }
      } else if (c == '.' && !hasPoint) {
        hasPoint = true;
      } else {
        break;
      }
    }
    if (seen == 0) {
      return false;
    }
    int exponent = 0;
    if (at < end) {
      int read = exponent(text, at, end);
      if (read == Integer.MIN_VALUE) {
        return false;
      }
      exponent = read;
    }
    int scale = exponent - fraction;
    if (counted <= 18 && digits <= LARGEST_EXACT && Math.abs(scale) < TENS.length) {
      double whole = digits;
      double exact = scale < 0 ? whole / TENS[-scale] : whole * TENS[scale];
      value = isNegative ? -exact : exact;
    } else {
      // A leading plus is read by Java, not by the faster parser.
      int start = text[from] == '+' ? from + 1 : from;
      value = NumberInput.parseDouble(text, start, end - start, true);
    }
    return true;
  }

  /** What stands after the E; the smallest integer where it is none. */
  private static int exponent(char[] text, int from, int end) {
    int at = from;
    if (text[at] != 'e' && text[at] != 'E') {
      return Integer.MIN_VALUE;
    }
    at++;
    boolean isNegative = false;
    if (at < end && (text[at] == '-' || text[at] == '+')) {
      isNegative = text[at] == '-';
      at++;
    }
    if (at == end) {
      return Integer.MIN_VALUE;
    }
    int exponent = 0;
    for (; at < end; at++) {
      if (text[at] < '0' || text[at] > '9') {
        return Integer.MIN_VALUE;
      }
      exponent = Math.min(100_000, 10 * exponent + (text[at] - '0'));
    }
    return isNegative ? -exponent : exponent;
  }

  double value() {
    return value;
  }
}
