package dev.samovar.evidence;

import java.util.List;

/**
 * How many events fell into each bin of a field.
 *
 * @param counts one a bin, in the order of the binning
 * @param missing events without the field
 * @param invalid events whose value does not fit the field's type
 * @param below events below the lowest edge; 0 for {@link Binning.Values}
 * @param above events above the highest edge; 0 for {@link Binning.Values}
 * @param unseen events with a value that the binning does not know; 0 for {@link Binning.Edges}
 * @param unseenValue the commonest of those values; empty when there is none that many rows have
 * @param share of the events that were looked at, 1 for all; the counts are of those, so that
 *     statistics know how few they are
 */
public record Histogram(
    Binning binning,
    List<Long> counts,
    long missing,
    long invalid,
    long below,
    long above,
    long unseen,
    String unseenValue,
    double share) {
  public Histogram {
    counts = List.copyOf(counts);
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("No share of events: " + share);
    }
  }

  /** Of all events. */
  public Histogram(
      Binning binning,
      List<Long> counts,
      long missing,
      long invalid,
      long below,
      long above,
      long unseen,
      String unseenValue) {
    this(binning, counts, missing, invalid, below, above, unseen, unseenValue, 1);
  }

  /** Events with a valid value. */
  public long filled() {
    return counts.stream().mapToLong(Long::longValue).sum() + below + above + unseen;
  }

  /** All that were looked at, missing and invalid included. */
  public long total() {
    return filled() + missing + invalid;
  }

  /** How many events there are, about that many where only a share was looked at. */
  public long events() {
    return Math.round(total() / share);
  }
}
