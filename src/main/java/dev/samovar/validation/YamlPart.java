package dev.samovar.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A value in a YAML file, and where it stands. */
record YamlPart(String file, Node node) {
  /** Deeper than that, and more than that, only what refers to itself is. */
  private static final int DEEPEST = 40;

  private static final int MOST = 100_000;

  /** Empty where the file has no content. */
  static Optional<YamlPart> parse(String file, String text) throws RuleFileException {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(50);
    options.setNestingDepthLimit(DEEPEST);
    options.setCodePointLimit(RuleFiles.LARGEST);
    try {
      return Optional.ofNullable(new Yaml(options).compose(new StringReader(text)))
          .map(root -> new YamlPart(file, root));
    } catch (MarkedYAMLException e) {
      throw new RuleFileException(
          file
              + (e.getProblemMark() == null ? "" : ":" + (e.getProblemMark().getLine() + 1))
              + ": this is no YAML: "
              + e.getProblem());
    } catch (YAMLException e) {
      throw new RuleFileException(file + ": this is no YAML: " + e.getMessage());
    }
  }

  String where() {
    return "line " + (node.getStartMark().getLine() + 1);
  }

  RuleFileException wrong(String what) {
    return new RuleFileException(file + ":" + (node.getStartMark().getLine() + 1) + ": " + what);
  }

  boolean isNothing() {
    return node.getTag().equals(Tag.NULL);
  }

  boolean isMap() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  /** Its keys and values; none where it is something else. */
  Map<String, YamlPart> entries() {
    Map<String, YamlPart> entries = new LinkedHashMap<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key) {
          entries.put(key.getValue(), new YamlPart(file, tuple.getValueNode()));
        }
      }
    }
    return entries;
  }

  Optional<YamlPart> get(String key) {
    return Optional.ofNullable(entries().get(key)).filter(part -> !part.isNothing());
  }

  List<YamlPart> items() {
    List<YamlPart> items = new ArrayList<>();
    if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> items.add(new YamlPart(file, item)));
    }
    return items;
  }

  /** Empty where it is no single value. */
  Optional<String> text() {
    return node instanceof ScalarNode scalar && !isNothing()
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  boolean isTrue() {
    return text().filter(text -> text.matches("(?i)true|yes|on")).isPresent();
  }

  boolean isFalse() {
    return text().filter(text -> text.matches("(?i)false|no|off")).isPresent();
  }

  JsonNode json() throws RuleFileException {
    return json(node, 0, new int[1]);
  }

  private JsonNode json(Node part, int depth, int[] count) throws RuleFileException {
    if (depth > DEEPEST || ++count[0] > MOST) {
      throw new YamlPart(file, part).wrong("this is nested too deeply, or refers to itself");
    }
    JsonNodeFactory factory = JsonNodeFactory.instance;
    if (part instanceof MappingNode mapping) {
      ObjectNode object = factory.objectNode();
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key) {
          object.set(key.getValue(), json(tuple.getValueNode(), depth + 1, count));
        }
      }
      return object;
    }
    if (part instanceof SequenceNode sequence) {
      ArrayNode array = factory.arrayNode();
      for (Node item : sequence.getValue()) {
        array.add(json(item, depth + 1, count));
      }
      return array;
    }
    if (!(part instanceof ScalarNode scalar) || part.getTag().equals(Tag.NULL)) {
      return factory.nullNode();
    }
    String text = scalar.getValue();
    if (part.getTag().equals(Tag.BOOL)) {
      return factory.booleanNode(text.matches("(?i)true|yes|on"));
    }
    OptionalDouble number = Values.number(text);
    boolean isNumber = part.getTag().equals(Tag.INT) || part.getTag().equals(Tag.FLOAT);
    return isNumber && number.isPresent()
        ? factory.numberNode(number.getAsDouble())
        : factory.textNode(text);
  }
}
