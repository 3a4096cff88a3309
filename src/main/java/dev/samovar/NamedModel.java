package dev.samovar;

import dev.samovar.evidence.Model;
import dev.samovar.evidence.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the model that an argument names. */
final class NamedModel {
  private NamedModel() {}

  static Model of(String name, List<Model> models) throws UsageException {
    String wanted = name.toLowerCase(Locale.ROOT);
    return models.stream()
        .filter(
            model -> names(model).anyMatch(known -> known.toLowerCase(Locale.ROOT).equals(wanted)))
        .findFirst()
        .orElseThrow(() -> unknown(name, models));
  }

  static String list(List<Model> models) {
    return models.isEmpty()
        ? "none yet (models: in the configuration)"
        : String.join(", ", models.stream().map(Model::name).toList());
  }

  private static Stream<String> names(Model model) {
    return Stream.concat(Stream.of(model.name()), model.aliases().stream());
  }

  private static UsageException unknown(String name, List<Model> models) {
    Optional<String> near = Nearest.of(name, models.stream().flatMap(NamedModel::names).toList());
    return new UsageException(
        "No model is called "
            + name
            + near.map(word -> "; did you mean " + word + "?").orElse(".")
            + " Known are: "
            + list(models)
            + ".");
  }
}
