package dev.samovar.baseline;

import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which columns are features, and which texts stand for nothing.
 *
 * @param prefixes under which features are kept in events: those of the contract, and the model's
 *     own
 * @param left columns that are no features, as told
 * @param missing texts that mean there is no value, besides the usual ones
 */
public record Choice(List<String> prefixes, Set<String> left, Set<String> missing) {
  private static final Set<String> USUAL =
      Set.of(
          "null", "NULL", "Null", "nan", "NaN", "NAN", "None", "<NA>", "NaT", "\\N", "N/A", "n/a",
          "#N/A");

  /** How pandas and R call a column of row numbers that nobody named. */
  private static final Set<String> ROW_NUMBERS = Set.of("", "Unnamed: 0", "__index_level_0__");

  public Choice {
    prefixes = List.copyOf(prefixes);
    left = Set.copyOf(left);
    Set<String> all = new HashSet<>(USUAL);
    all.addAll(missing);
    missing = Set.copyOf(all);
  }

  /** What is customary for a model. */
  public static Choice of(Model model, Set<String> left, Set<String> missing) {
    return new Choice(
        List.of(Fields.FEATURES + ".", model.fieldName(Fields.FEATURES) + "."), left, missing);
  }

  boolean isLeft(String column) {
    return left.contains(column) || left.contains(shortName(column).orElse(column));
  }

  /** The feature's own name where the column has one of the prefixes. */
  public Optional<String> shortName(String column) {
    return prefixes.stream()
        .filter(prefix -> column.startsWith(prefix) && column.length() > prefix.length())
        .findFirst()
        .map(prefix -> column.substring(prefix.length()));
  }

  /** Whether a column without a prefix may be a feature: not where the contract says what it is. */
  boolean mayBeFeature(String column) {
    return !ROW_NUMBERS.contains(column) && !Fields.ALL.contains(column);
  }
}
