package dev.samovar.feeds;

import dev.samovar.evidence.Catalog.Kind;
import dev.samovar.evidence.Fields;
import java.util.List;
import java.util.Set;

/** What the fields of a feed's events can be used for: here the name says it, no mapping does. */
final class Kinds {
  private static final Set<String> NUMBERS =
      Set.of(
          Fields.DURATION,
          Fields.DATA_ROWS,
          Fields.QUALITY_ROWS,
          Fields.SCORE,
          Fields.METRIC_VALUE);
  private static final Set<String> DATES =
      Set.of(
          Fields.TIME, Fields.DATA_NEWEST, Fields.QUALITY_FROM, Fields.QUALITY_TO, Fields.INGESTED);
  private static final Set<String> TEXTS =
      Set.of(Fields.MESSAGE, Fields.ERROR_MESSAGE, Fields.STACK_TRACE, Fields.CHANGE_SUMMARY);

  /** Names that stand for all below them. */
  private static final List<String> PARENTS =
      List.of(Fields.FEATURES, Fields.METRICS, Fields.PACKAGES, Fields.METRIC_LABELS);

  private Kinds() {}

  static Kind of(String field) {
    if (NUMBERS.contains(field) || field.startsWith(Fields.METRICS + ".")) {
      return Kind.NUMBER;
    }
    if (DATES.contains(field)) {
      return Kind.DATE;
    }
    return TEXTS.contains(field) ? Kind.TEXT : Kind.KEYWORD;
  }

  /** Whether an event's field is the one that was asked for, or lies below it. */
  static boolean isPartOf(String field, String asked) {
    return field.equals(asked) || (PARENTS.contains(asked) && field.startsWith(asked + "."));
  }
}
