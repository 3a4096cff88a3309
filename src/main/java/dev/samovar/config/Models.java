package dev.samovar.config;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Nearest;
import dev.samovar.evidence.Preset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads {@code models}. */
final class Models {
  /** Short names for the fields that are renamed most. */
  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("timestamp", Fields.TIME),
          Map.entry("service", Fields.SERVICE),
          Map.entry("host", Fields.HOST),
          Map.entry("model", Fields.MODEL),
          Map.entry("model_version", Fields.MODEL_VERSION),
          Map.entry("features", Fields.FEATURES),
          Map.entry("prediction", Fields.SCORE),
          Map.entry("score", Fields.SCORE),
          Map.entry("label", Fields.LABEL),
          Map.entry("outcome", Fields.OUTCOME),
          Map.entry("duration", Fields.DURATION),
          Map.entry("preprocessing_version", Fields.PREPROCESSING_VERSION),
          Map.entry("preprocessing_hash", Fields.PREPROCESSING_HASH),
          Map.entry("message", Fields.MESSAGE),
          Map.entry("level", Fields.LEVEL));

  private Models() {}

  static List<Model> read(Section root) {
    List<Entry> items = root.items("models");
    if (root.entry("models").isEmpty()) {
      root.required("models");
    }
    Map<String, String> owners = new HashMap<>();
    List<Model> models = new ArrayList<>();
    for (Entry item : items) {
      Optional<Section> section = item.section();
      if (section.isPresent()) {
        Model model = model(section.get());
        models.add(model);
        Stream.concat(Stream.of(model.name()), model.aliases().stream())
            .map(name -> name.toLowerCase(Locale.ROOT))
            .distinct()
            .forEach(
                name -> {
                  String other = owners.putIfAbsent(name, item.path());
                  if (other != null) {
                    item.wrong("\"" + name + "\" already names " + other);
                  }
                });
      }
    }
    return models;
  }

  private static Model model(Section section) {
    String name = section.required("name").orElse("?");
    Optional<Model.Retraining> retraining =
        section
            .section("retraining")
            .map(
                part -> {
                  Model.Retraining read =
                      new Model.Retraining(
                          part.required("pipeline").orElse(""),
                          part.duration("every").orElse(java.time.Duration.ofDays(1)));
                  part.required("every");
                  part.end();
                  return read;
                });
    Optional<Preset> preset = preset(section);
    Map<Dataset, String> ownIndices = indices(section);
    Map<String, String> ownFields = fields(section);
    Model model =
        new Model(
            name,
            section.texts("aliases"),
            section.text("team"),
            section.text("service").orElse(name),
            section.text("channel"),
            preset.map(one -> one.indices(ownIndices)).orElse(ownIndices),
            preset.map(one -> one.fields(ownFields)).orElse(ownFields),
            retraining,
            only(section, "preprocessing", "pipeline"),
            section.texts("upstream"),
            only(section, "dependencies", "lockfile"),
            slo(section),
            metrics(section));
    // The name in another program: what asks that program reads it (Configuration).
    section.entry("mlflow");
    section.entry("access");
    Repositories.isKnown(section);
    RulePaths.isKnown(section);
    Platforms.isKnown(section);
    section.end();
    return model;
  }

  private static Optional<Preset> preset(Section section) {
    List<String> names = Presets.all().stream().map(Preset::name).toList();
    Optional<Preset> preset = section.text("preset").flatMap(Presets::of);
    if (preset.isEmpty()) {
      section
          .entry("preset")
          .ifPresent(
              entry ->
                  entry.wrong(
                      entry.shown()
                          + " is no preset"
                          + entry
                              .text()
                              .flatMap(given -> Nearest.of(given, names))
                              .map(near -> "; did you mean \"" + near + "\"?")
                              .orElse("; there are " + String.join(", ", names))));
    }
    return preset;
  }

  private static Optional<String> only(Section section, String key, String inner) {
    return section
        .section(key)
        .flatMap(
            part -> {
              Optional<String> text = part.text(inner);
              part.end();
              return text;
            });
  }

  private static Map<Dataset, String> indices(Section section) {
    Map<Dataset, String> indices = new EnumMap<>(Dataset.class);
    section
        .section("indices")
        .ifPresent(
            part -> {
              for (Dataset dataset : Dataset.values()) {
                part.text(dataset.key()).ifPresent(index -> indices.put(dataset, index));
              }
              part.end();
            });
    return indices;
  }

  private static Map<String, String> fields(Section section) {
    Map<String, String> fields = new LinkedHashMap<>();
    section
        .section("fields")
        .ifPresent(
            part ->
                part.all()
                    .forEach(
                        (key, entry) -> {
                          Optional<String> canonical = canonical(key);
                          if (canonical.isEmpty()) {
                            TreeSet<String> known = new TreeSet<>(SHORT.keySet());
                            known.addAll(Fields.ALL);
                            entry.wrong(
                                "unknown key"
                                    + Nearest.of(key, known)
                                        .map(near -> "; did you mean \"" + near + "\"?")
                                        .orElse(
                                            "; known here are "
                                                + String.join(", ", new TreeSet<>(SHORT.keySet()))
                                                + " and the fields of the events, such as "
                                                + Fields.TRACE));
                          }
                          Optional<String> actual = entry.text();
                          if (canonical.isPresent() && actual.isPresent()) {
                            fields.put(canonical.get(), actual.get());
                          }
                        }));
    return fields;
  }

  private static Optional<String> canonical(String key) {
    String meant = SHORT.getOrDefault(key, key);
    boolean isKnown =
        Fields.ALL.contains(meant)
            || meant.startsWith(Fields.FEATURES + ".")
            || Fields.ALL.stream().anyMatch(field -> field.startsWith(meant + "."));
    return isKnown ? Optional.of(meant) : Optional.empty();
  }

  private static Model.Slo slo(Section section) {
    return section
        .section("slo")
        .map(
            part -> {
              Optional<Double> rate = part.share("error_rate");
              Model.Slo slo =
                  new Model.Slo(
                      part.duration("latency_p99"),
                      rate.isPresent() ? OptionalDouble.of(rate.get()) : OptionalDouble.empty());
              part.end();
              return slo;
            })
        .orElse(Model.Slo.NONE);
  }

  private static Map<String, String> metrics(Section section) {
    Map<String, String> metrics = new LinkedHashMap<>();
    section
        .section("metrics")
        .ifPresent(
            part ->
                part.all()
                    .forEach((key, entry) -> entry.text().ifPresent(t -> metrics.put(key, t))));
    return metrics;
  }
}
