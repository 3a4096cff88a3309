package dev.samovar.alerts;

import dev.samovar.evidence.Model;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which model an alert's labels name: one that is configured, or none. */
public final class ModelLabels {
  /**
   * The most telling first. Their spelling differs; {@code model_name} and {@code modelName} do
   * not.
   */
  private static final List<String> TELLING =
      List.of(
          "mlmodelname",
          "model",
          "modelname",
          "mlmodel",
          "inferenceservice",
          "inferenceservicename",
          "isvc",
          "service",
          "servicename",
          "deployment",
          "deploymentname",
          "destinationservicename",
          "app",
          "application",
          "k8sapp",
          "appkubernetesioname",
          "job",
          "jobname",
          "statefulset",
          "workload",
          "container",
          "pod",
          "podname",
          "endpoint",
          "consumergroup",
          "dagid",
          "pipeline",
          "tag");

  private final List<Model> models;

  public ModelLabels(List<Model> models) {
    this.models = List.copyOf(models);
  }

  /** The exact names come first, whatever label they stand in; then the beginnings of names. */
  public Optional<Model> model(Alert alert) {
    List<String> values =
        alert.labels().entrySet().stream()
            .filter(label -> rank(label.getKey()) < TELLING.size())
            .sorted(
                Comparator.comparingInt((Map.Entry<String, String> label) -> rank(label.getKey()))
                    .thenComparing(Map.Entry::getKey))
            .map(label -> plain(label.getValue()))
            .filter(value -> !value.isEmpty())
            .toList();
    return values.stream()
        .flatMap(value -> exact(value).stream())
        .findFirst()
        .or(() -> values.stream().flatMap(value -> beginning(value).stream()).findFirst());
  }

  private static int rank(String label) {
    String word = label.startsWith("tag ") ? "tag" : label;
    int found = TELLING.indexOf(word.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
    return found < 0 ? TELLING.size() : found;
  }

  private Optional<Model> exact(String value) {
    return models.stream().filter(model -> names(model).anyMatch(value::equals)).findFirst();
  }

  /**
   * A pod is called as its deployment with more behind: {@code fraud-scorer-7d9f6b-x2x}. Aliases
   * are too short to begin names with.
   */
  private Optional<Model> beginning(String value) {
    record Named(Model model, String name) {}
    return models.stream()
        .flatMap(
            model ->
                Stream.of(model.name(), model.service())
                    .map(ModelLabels::plain)
                    .filter(name -> !name.isEmpty())
                    .map(name -> new Named(model, name)))
        .filter(named -> value.startsWith(named.name() + "-"))
        .max(Comparator.comparingInt(named -> named.name().length()))
        .map(Named::model);
  }

  private static Stream<String> names(Model model) {
    return Stream.concat(Stream.of(model.name(), model.service()), model.aliases().stream())
        .map(ModelLabels::plain)
        .filter(name -> !name.isEmpty());
  }

  /** Spaces, underscores, dots and slashes separate words as hyphens do. */
  private static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_./]+", "-");
  }
}
