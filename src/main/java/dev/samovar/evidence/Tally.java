package dev.samovar.evidence;

import java.util.Map;

/**
 * How many events of a window there are, and how many of them meet each named condition.
 *
 * @param matching by the names given in the question
 */
public record Tally(long total, Map<String, Long> matching) {
  public Tally {
    matching = Map.copyOf(matching);
  }

  public long of(String name) {
    Long count = matching.get(name);
    if (count == null) {
      throw new IllegalArgumentException("Nobody asked for " + name);
    }
    return count;
  }

  /** 0 where there are no events at all. */
  public double share(String name) {
    return total == 0 ? 0 : (double) of(name) / total;
  }
}
