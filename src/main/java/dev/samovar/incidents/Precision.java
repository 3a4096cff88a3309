package dev.samovar.incidents;

import dev.samovar.checks.CheckId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How often people said of a named cause that it was it.
 *
 * @param judged how often anybody said anything
 */
public record Precision(int right, int judged) {

  /** What was not named can't have been named rightly: it does not count. */
  public static Map<CheckId, Precision> byCheck(List<Feedback> feedback) {
    Map<CheckId, Precision> counted = new EnumMap<>(CheckId.class);
    for (Feedback one : feedback) {
      if (one.check().isPresent() && one.rank().isPresent()) {
        counted.merge(
            one.check().get(), new Precision(one.wasIt() ? 1 : 0, 1), (a, b) -> a.plus(b));
      }
    }
    return counted;
  }

  /** Of all checks together. */
  public static Precision overall(List<Feedback> feedback) {
    return byCheck(feedback).values().stream().reduce(new Precision(0, 0), (a, b) -> a.plus(b));
  }

  private Precision plus(Precision other) {
    return new Precision(right + other.right, judged + other.judged);
  }

  /** {@code right 7 of 9}. */
  @Override
  public String toString() {
    return "right " + right + " of " + judged;
  }
}
