package dev.samovar.baseline;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * An even sample of a column's numbers, all of them as long as they fit (Li's algorithm L). Its
 * random numbers are the same in every run: the same file gives the same bins, which the quantile
 * sketches at hand do not promise.
 */
final class Sample {
  private static final long SEED = 20_260_520;
  private static final int FIRST = 1024;

  private final int capacity;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private double[] kept;
  private int size;
  private long seen;
  private double weight = 1;

  /** The number, counted from 0, that is taken next once the sample is full. */
  private long next;

  Sample(int capacity) {
    this.capacity = capacity;
    this.kept = new double[Math.min(FIRST, capacity)];
  }

  void add(double[] numbers, int count) {
    int at = 0;
    while (at < count && size < capacity) {
      if (size == kept.length) {
        kept = Arrays.copyOf(kept, Math.min(capacity, 2 * size));
      }
      kept[size++] = numbers[at++];
      if (size == capacity) {
        next = capacity - 1L;
        skip();
      }
    }
    long end = seen + count;
    while (size == capacity && next < end) {
      kept[random.nextInt(capacity)] = numbers[(int) (next - seen)];
      skip();
    }
    seen = end;
  }

  private void skip() {
    weight *= Math.exp(Math.log(1 - random.nextDouble()) / capacity);
    next += (long) Math.floor(Math.log(1 - random.nextDouble()) / Math.log1p(-weight)) + 1;
  }

  /** What was kept, ascending. */
  double[] sorted() {
    double[] sorted = Arrays.copyOf(kept, size);
    Arrays.sort(sorted);
    return sorted;
  }
}
