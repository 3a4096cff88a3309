package dev.samovar;

import dev.samovar.evidence.Model;
import dev.samovar.evidence.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The configured model that somebody named. */
final class Named {
  private Named() {}

  /**
   * @param name or an alias; null means the only one there is
   */
  static Model model(@Nullable String name, List<Model> models) throws UsageException {
    if (name == null) {
      if (models.size() == 1) {
        return models.get(0);
      }
      throw new UsageException("Say which model: " + names(models) + ".");
    }
    String wanted = name.toLowerCase(Locale.ROOT);
    return models.stream()
        .filter(
            model ->
                Stream.concat(Stream.of(model.name()), model.aliases().stream())
                    .anyMatch(known -> known.toLowerCase(Locale.ROOT).equals(wanted)))
        .findFirst()
        .orElseThrow(() -> unknown(name, models));
  }

  private static UsageException unknown(String name, List<Model> models) {
    List<String> known =
        models.stream()
            .flatMap(model -> Stream.concat(Stream.of(model.name()), model.aliases().stream()))
            .toList();
    Optional<String> near = Nearest.of(name, known);
    return new UsageException(
        "No model is called "
            + name
            + near.map(word -> "; did you mean " + word + "?").orElse(".")
            + " Known are: "
            + names(models)
            + ".");
  }

  private static String names(List<Model> models) {
    return models.isEmpty()
        ? "none yet (models: in the configuration)"
        : String.join(", ", models.stream().map(Model::name).toList());
  }
}
