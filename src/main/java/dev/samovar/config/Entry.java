package dev.samovar.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A value of the file, where it stands, and by which keys one gets there. */
record Entry(Node node, String path, Map<String, String> environment, Mistakes mistakes) {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\\}");

  void wrong(String what) {
    mistakes.add(node.getStartMark(), path, what);
  }

  boolean isNothing() {
    return node.getTag().equals(Tag.NULL);
  }

  /** With {@code ${NAME}} and {@code ${NAME:-default}} replaced. Empty after a mistake. */
  Optional<String> text() {
    if (!(node instanceof ScalarNode scalar)) {
      wrong("expected a single value, found " + kind());
      return Optional.empty();
    }
    Matcher matcher = REFERENCE.matcher(scalar.getValue());
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      String value = environment.get(matcher.group(1));
      if (value == null || value.isEmpty()) {
        value = matcher.group(2);
      }
      if (value == null) {
        wrong(
            "the environment variable "
                + matcher.group(1)
                + " is not set; set it, or give a default: ${"
                + matcher.group(1)
                + ":-…}");
        return Optional.empty();
      }
      matcher.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    return Optional.of(matcher.appendTail(text).toString());
  }

  /** The value as it may be repeated in a message: never what came from the environment. */
  String shown() {
    String written = node instanceof ScalarNode scalar ? scalar.getValue() : kind();
    return "\"" + written + "\"";
  }

  Optional<Section> section() {
    if (isNothing()) {
      return Optional.empty();
    }
    if (!(node instanceof MappingNode mapping)) {
      wrong("expected keys and values, found " + kind());
      return Optional.empty();
    }
    return Optional.of(new Section(mapping, path, environment, mistakes));
  }

  List<Entry> items() {
    if (isNothing()) {
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence)) {
      wrong("expected a list, found " + kind());
      return List.of();
    }
    List<Entry> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new Entry(item, path + "[" + items.size() + "]", environment, mistakes));
    }
    return items;
  }

  private String kind() {
    return switch (node.getNodeId()) {
      case mapping -> "keys and values";
      case sequence -> "a list";
      default -> node.getTag().equals(Tag.NULL) ? "nothing" : "a single value";
    };
  }
}
