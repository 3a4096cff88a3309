package dev.samovar.checks;

import dev.samovar.evidence.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Events that meet up to three predicates on different fields, counted in the window and before.
 *
 * @param now how many of {@code all} in the window
 * @param before how many of {@code allBefore} in the reference
 */
record Slice(List<Predicate> predicates, long now, long all, long before, long allBefore) {

  /**
   * @param text {@code country = BR}
   * @param isOdd whether the value is one that the field did not have: missing, out of its range,
   *     of another type, or unseen
   * @param isUnseen whether it is out of the field's range or unseen
   * @param value the one, or the commonest, that its events have; empty where they have none or
   *     many
   */
  record Predicate(
      String field,
      String text,
      Condition condition,
      boolean isOdd,
      boolean isUnseen,
      String value) {}

  Slice {
    predicates = List.copyOf(predicates);
  }

  Slice with(Predicate further, long now, long before) {
    List<Predicate> more = new ArrayList<>(predicates);
    more.add(further);
    return new Slice(more, now, all, before, allBefore);
  }

  Condition condition() {
    return predicates.size() == 1
        ? predicates.get(0).condition()
        : new Condition.All(predicates.stream().map(Predicate::condition).toList());
  }

  boolean isOn(String field) {
    return predicates.stream().anyMatch(predicate -> predicate.field().equals(field));
  }

  String text() {
    return predicates.stream().map(Predicate::text).sorted().collect(Collectors.joining(" and "));
  }

  /** Share of the window's events. */
  double coverage() {
    return all == 0 ? 0 : (double) now / all;
  }

  double coverageBefore() {
    return allBefore == 0 ? 0 : (double) before / allBefore;
  }

  /** How many times larger its share is than before; half an event stands for none. */
  double lift() {
    return coverage() / Math.max(coverageBefore(), 0.5 / Math.max(1, allBefore));
  }

  /** Of its events, were both times equally long, the share that is of the window. */
  double precision() {
    return coverage() + coverageBefore() == 0 ? 0 : coverage() / (coverage() + coverageBefore());
  }

  double f1() {
    return coverage() + precision() == 0
        ? 0
        : 2 * coverage() * precision() / (coverage() + precision());
  }
}
