package dev.samovar.checks;

import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Fields;

/**
 * How the distribution of one field in the window differs from the one it is compared with.
 *
 * @param effect Jensen-Shannon distance, base 2: 0 (alike) to 1 (nothing in common)
 * @param psi population stability index with +0.5 a bin
 * @param moved the bin whose share changed most, in words: {@code passenger_count = 0}
 * @param now its share in the window, 0 to 1
 * @param before its share in what the window is compared with
 * @param gained the events of all bins that gained, to look for the beginning
 * @param isUnseen whether the moved bin holds values that the field did not have before
 */
record Shift(
    String field,
    double effect,
    double psi,
    String moved,
    double now,
    double before,
    Condition gained,
    boolean isUnseen) {

  String name() {
    return Fields.shortName(field);
  }

  Fact fact(Case subject, String since) {
    return Fact.of(
        moved
            + ": "
            + Text.percent(now)
            + " of events now, "
            + Text.percent(before)
            + " "
            + since
            + " (JS distance "
            + Text.figure(effect)
            + ", PSI "
            + Text.figure(psi)
            + ")",
        subject.model().fieldName(field),
        now,
        before,
        "share");
  }
}
