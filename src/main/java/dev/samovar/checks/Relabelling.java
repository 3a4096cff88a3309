package dev.samovar.checks;

import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Profile;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The trace that a changed encoding leaves in categories: new words for the old ones. */
final class Relabelling {
  /** Share of the new values that must come from old ones in the same way. */
  private static final double MOST = 0.6;

  private Relabelling() {}

  static Optional<String> of(Profile now, Profile before) {
    if (now.kind() != Catalog.Kind.KEYWORD || now.values().isEmpty() || before.values().isEmpty()) {
      return Optional.empty();
    }
    Set<String> known = new HashSet<>(before.values());
    List<String> unseen = now.values().stream().filter(value -> !known.contains(value)).toList();
    if (unseen.isEmpty()) {
      return Optional.empty();
    }
    // How many rows each has is not known; of a field with few rows a value, none is told.
    String example =
        Shown.value(now.field(), unseen.get(0), now.count() / Math.max(1, now.distinct()));
    if (comeFrom(unseen, before, value -> value.toLowerCase(Locale.ROOT))) {
      return Optional.of("written in another case: “" + example + "” is new");
    }
    if (comeFrom(unseen, before, value -> value.strip().toLowerCase(Locale.ROOT))) {
      return Optional.of("written with other blanks: “" + example + "” is new");
    }
    if (comeFrom(unseen, before, Relabelling::letters)) {
      return Optional.of(
          "written with other accents or separators: “" + example + "” is new: another encoding?");
    }
    if (isShare(unseen, value -> isBeginning(value, before))) {
      return Optional.of("cut short: “" + example + "” is the beginning of what it was");
    }
    if (isShare(unseen, value -> value.matches("-?\\d+(\\.0)?"))
        && isShare(before.values(), value -> !value.matches("-?\\d+(\\.0)?"))) {
      return Optional.of("coded in numbers where it was words: “" + example + "” is new");
    }
    return Optional.empty();
  }

  private static boolean comeFrom(
      List<String> unseen, Profile before, UnaryOperator<String> normal) {
    Set<String> known = new HashSet<>();
    before.values().forEach(value -> known.add(normal.apply(value)));
    return isShare(unseen, value -> known.contains(normal.apply(value)));
  }

  private static boolean isBeginning(String value, Profile before) {
    return value.length() >= 2
        && before.values().stream()
            .anyMatch(known -> known.length() > value.length() && known.startsWith(value));
  }

  private static boolean isShare(
      List<String> values, java.util.function.Predicate<String> predicate) {
    return values.stream().filter(predicate).count() >= MOST * values.size();
  }

  private static String letters(String value) {
    return Normalizer.normalize(value, Normalizer.Form.NFD)
        .replaceAll("[^\\p{L}\\p{N}]", "")
        .toLowerCase(Locale.ROOT);
  }
}
