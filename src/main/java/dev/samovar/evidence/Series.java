package dev.samovar.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Counts over time, in steps of equal length.
 *
 * @param start of the first step
 * @param totals all events of each step
 * @param matching of those, the ones that meet the condition
 */
public record Series(Instant start, Duration step, List<Long> totals, List<Long> matching) {
  public Series {
    totals = List.copyOf(totals);
    matching = List.copyOf(matching);
    if (totals.size() != matching.size()) {
      throw new IllegalArgumentException("One total a step");
    }
  }

  public Instant time(int index) {
    return start.plus(step.multipliedBy(index));
  }
}
