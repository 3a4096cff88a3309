package dev.samovar.evidence;

import java.util.List;

/**
 * The shape of one field over some time, enough to choose bins for it.
 *
 * @param count events with a value
 * @param distinct about how many different values (exact up to some thousand)
 * @param deciles the 10 % … 90 % points; approximate, good for choosing edges and never for
 *     deciding; empty for values that are no numbers
 * @param min of a number; NaN otherwise
 * @param max of a number; NaN otherwise
 * @param values the commonest values, most frequent first, ties by name; numbers with 6 digits
 */
public record Profile(
    String field,
    Catalog.Kind kind,
    long count,
    long distinct,
    List<Double> deciles,
    double min,
    double max,
    List<String> values) {
  public Profile {
    deciles = List.copyOf(deciles);
    values = List.copyOf(values);
  }
}
