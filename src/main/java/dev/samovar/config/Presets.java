package dev.samovar.config;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Preset;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;

/** The named sets of names that {@code models[].preset} takes. */
public final class Presets {
  private static final String FILE = "presets.yaml";
  private static final List<Preset> ALL = read();

  private Presets() {}

  public static List<Preset> all() {
    return ALL;
  }

  static Optional<Preset> of(String name) {
    return ALL.stream().filter(preset -> preset.name().equals(name)).findFirst();
  }

  private static List<Preset> read() {
    Mistakes mistakes = new Mistakes(FILE);
    try (InputStream in = Presets.class.getResourceAsStream(FILE)) {
      Node root =
          new Yaml(new LoaderOptions())
              .compose(new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8));
      List<Preset> presets =
          new Entry(root, "presets", Map.of(), mistakes)
              .items().stream()
                  .flatMap(item -> item.section().stream())
                  .map(Presets::preset)
                  .toList();
      mistakes.end();
      return presets;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Preset preset(Section section) {
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
    Map<String, String> fields = new LinkedHashMap<>();
    section
        .section("fields")
        .ifPresent(
            part ->
                part.all()
                    .forEach(
                        (key, entry) -> entry.text().ifPresent(value -> fields.put(key, value))));
    Preset preset =
        new Preset(
            section.required("name").orElse(""),
            section.required("meaning").orElse(""),
            indices,
            fields);
    section.end();
    return preset;
  }
}
