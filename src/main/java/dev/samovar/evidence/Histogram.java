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
 */
public record Histogram(
    Binning binning,
    List<Long> counts,
    long missing,
    long invalid,
    long below,
    long above,
    long unseen,
    String unseenValue) {
  public Histogram {
    counts = List.copyOf(counts);
  }

  /** Events with a valid value. */
  public long filled() {
    return counts.stream().mapToLong(Long::longValue).sum() + below + above + unseen;
  }

  /** All events, missing and invalid included. */
  public long total() {
    return filled() + missing + invalid;
  }
}
