package dev.samovar.checks;

import dev.samovar.evidence.Binning;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Histogram;
import dev.samovar.evidence.Numbers;
import java.util.ArrayList;
import java.util.List;

/**
 * The bins of a binning and the special ones after them: missing, invalid, below, above and unseen.
 */
final class Bins {
  private Bins() {}

  /** Every bin's count, the special ones last. */
  static long[] counts(Histogram histogram) {
    int size = histogram.counts().size();
    long[] counts = new long[size + 5];
    for (int i = 0; i < size; i++) {
      counts[i] = histogram.counts().get(i);
    }
    counts[size] = histogram.missing();
    counts[size + 1] = histogram.invalid();
    counts[size + 2] = histogram.below();
    counts[size + 3] = histogram.above();
    counts[size + 4] = histogram.unseen();
    return counts;
  }

  /** The events of a bin. */
  static Condition condition(Binning binning, int bin) {
    String field = binning.field();
    int size = binning.size();
    if (bin == size) {
      return new Condition.All(
          List.of(Condition.missing(field), new Condition.Malformed(field).negate()));
    }
    if (bin == size + 1) {
      return new Condition.Malformed(field);
    }
    if (binning instanceof Binning.Edges edges) {
      List<Double> at = edges.edges();
      if (bin == size + 2) {
        return new Condition.Between(field, Double.NEGATIVE_INFINITY, at.get(0));
      }
      if (bin >= size + 3) {
        return new Condition.Between(field, Math.nextUp(at.get(size)), Double.POSITIVE_INFINITY);
      }
      return new Condition.Between(
          field, at.get(bin), bin == size - 1 ? Math.nextUp(at.get(size)) : at.get(bin + 1));
    }
    List<String> values = ((Binning.Values) binning).values();
    return bin < size
        ? Condition.is(field, values.get(bin))
        : new Condition.Present(field).and(new Condition.Is(field, values).negate());
  }

  /** Whether a bin holds values that the field did not have: out of its range, or new words. */
  static boolean isUnseen(Binning binning, int bin) {
    return bin >= binning.size() + 2;
  }

  /**
   * What the events of a bin have in common, where some of them came before, too: of many words
   * only the commonest have bins.
   */
  static String describeKnown(Histogram histogram, String name, int bin, long rows) {
    return bin >= histogram.binning().size() + 4 && histogram.binning() instanceof Binning.Values
        ? name + " with another value than the " + histogram.binning().size() + " commonest"
        : describe(histogram, name, bin, rows);
  }

  /**
   * What the events of a bin have in common: {@code passenger_count = 0}.
   *
   * @param rows in the bin, now or before: what only a few have is not told
   */
  static String describe(Histogram histogram, String name, int bin, long rows) {
    Binning binning = histogram.binning();
    int size = binning.size();
    if (bin == size) {
      return name + " missing";
    }
    if (bin == size + 1) {
      return name + " of the wrong type";
    }
    if (binning instanceof Binning.Edges edges) {
      List<Double> at = edges.edges();
      if (bin == size + 2) {
        return name + " below " + Shown.lowest(at.get(0)) + " (the lowest before)";
      }
      if (bin >= size + 3) {
        return name + " above " + Shown.highest(at.get(size)) + " (the highest before)";
      }
      return range(edges, name, bin, bin);
    }
    List<String> values = ((Binning.Values) binning).values();
    if (bin < size) {
      return name + " = " + Shown.value(binning.field(), values.get(bin), rows);
    }
    return name
        + " with a value not seen before"
        + (histogram.unseenValue().isEmpty()
            ? ""
            : " (most often " + Shown.value(binning.field(), histogram.unseenValue(), rows) + ")");
  }

  /** From one bin through another. */
  static String range(Binning.Edges edges, String name, int first, int last) {
    List<Double> at = edges.edges();
    return name
        + " from "
        + (first == 0 ? Shown.lowest(at.get(0)) : Numbers.text(at.get(first)))
        + " to "
        + (last + 1 == edges.size()
            ? Shown.highest(at.get(last + 1))
            : Numbers.text(at.get(last + 1)));
  }

  /**
   * What it looks like.
   *
   * @param before all bins' counts in what the histogram is compared with
   * @param than what that is: {@code before}, {@code in training}
   */
  static Figure.Distribution figure(Histogram now, long[] before, String than) {
    Binning binning = now.binning();
    long[] counts = counts(now);
    List<Figure.Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < counts.length; bin++) {
      if (canFill(binning, bin)) {
        bins.add(
            new Figure.Bin(
                label(now, bin, before[bin]), bin >= binning.size(), before[bin], counts[bin]));
      }
    }
    return new Figure.Distribution(Fields.shortName(binning.field()), than, bins);
  }

  /** Numbers lie below or above their range; words are unseen. */
  private static boolean canFill(Binning binning, int bin) {
    int special = bin - binning.size();
    return special < 2 || (binning instanceof Binning.Edges) == (special < 4);
  }

  /** A bin's name where the field's stands above it. */
  private static String label(Histogram histogram, int bin, long before) {
    Binning binning = histogram.binning();
    int size = binning.size();
    if (bin == size) {
      return "missing";
    }
    if (bin == size + 1) {
      return "invalid";
    }
    if (binning instanceof Binning.Edges edges) {
      List<Double> at = edges.edges();
      return bin == size + 2
          ? "below " + Numbers.text(at.get(0))
          : bin >= size + 3
              ? "above " + Numbers.text(at.get(size))
              : Numbers.text(at.get(bin)) + " to " + Numbers.text(at.get(bin + 1));
    }
    if (bin < size) {
      return ((Binning.Values) binning).values().get(bin);
    }
    return before > 0
        ? "other values"
        : histogram.unseenValue().isEmpty()
            ? "never seen before"
            : "unseen, e.g. " + histogram.unseenValue();
  }

  /** The counts of several windows together. */
  static long[] sum(List<long[]> counts) {
    long[] sum = new long[counts.get(0).length];
    for (long[] window : counts) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += window[i];
      }
    }
    return sum;
  }

  static long total(long[] counts) {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    return total;
  }
}
