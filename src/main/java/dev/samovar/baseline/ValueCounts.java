package dev.samovar.baseline;

import dev.samovar.evidence.Numbers;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often each value of a column of numbers occurs, as long as there are few. */
final class ValueCounts {
  private static final int MOST = 64;
  private static final int SLOTS = 256;

  private final double[] values = new double[SLOTS];
  private final long[] counts = new long[SLOTS];
  private int distinct;

  /** Once there are too many, all are forgotten and nothing more is counted. */
  void add(double[] numbers, int count) {
    for (int i = 0; i < count && isCounting(); i++) {
      // Minus zero is zero.
      double value = numbers[i] + 0.0;
      long bits = Double.doubleToLongBits(value);
      int slot = (int) ((bits * 0x9E3779B97F4A7C15L) >>> 56);
      while (counts[slot] > 0 && values[slot] != value) {
        slot = (slot + 1) % SLOTS;
      }
      if (counts[slot] == 0) {
        values[slot] = value;
        distinct++;
      }
      counts[slot]++;
    }
  }

  boolean isCounting() {
    return distinct <= MOST;
  }

  /** By the text of the value, the most frequent first, ties by text. */
  Map<String, Long> byText() {
    Map<String, Long> sorted = new TreeMap<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      if (counts[slot] > 0) {
        sorted.merge(Numbers.text(values[slot]), counts[slot], Long::sum);
      }
    }
    List<Map.Entry<String, Long>> entries =
        sorted.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .toList();
    Map<String, Long> byCount = new LinkedHashMap<>();
    entries.forEach(entry -> byCount.put(entry.getKey(), entry.getValue()));
    return byCount;
  }
}
