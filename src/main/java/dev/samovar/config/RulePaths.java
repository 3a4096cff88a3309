package dev.samovar.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Reads {@code validation} of each model: where the rules are that the team already has. */
final class RulePaths {
  private static final String KEY = "validation";

  private RulePaths() {}

  /** For whoever complains of a model's keys that nobody reads. */
  static void isKnown(Section model) {
    model.entry(KEY);
  }

  /** By the names of the models. What is wrong with the models besides is said elsewhere. */
  static Map<String, List<String>> read(Section root) {
    Map<String, List<String>> paths = new LinkedHashMap<>();
    for (Entry item : root.items("models")) {
      if (item.node() instanceof MappingNode) {
        Optional<Section> model = item.section();
        Optional<Section> section = model.flatMap(one -> one.section(KEY));
        Optional<String> name = model.flatMap(one -> one.text("name"));
        if (section.isPresent() && name.isPresent()) {
          paths.put(name.get(), rules(section.get()));
        }
      }
    }
    return paths;
  }

  private static List<String> rules(Section section) {
    List<String> rules = new ArrayList<>();
    for (Entry item : section.items("rules")) {
      Optional<String> path = item.text().filter(text -> !text.isBlank());
      if (path.isEmpty()) {
        item.wrong("expected a path, such as great_expectations/expectations/*.json");
      }
      path.ifPresent(rules::add);
    }
    if (rules.isEmpty()) {
      section.required("rules");
    }
    section.end();
    return rules;
  }
}
