package dev.samovar.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A part of what was sent, and how one gets there. Whoever asks for the wrong kind is told so. */
record Part(JsonNode node, String path) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Go's zero time: not yet. */
  private static final int FIRST_YEAR = 1971;

  static Part of(byte[] body) throws PayloadException {
    try {
      JsonNode root = JSON.readTree(body);
      if (root == null || root.isMissingNode()) {
        throw new PayloadException("The body is empty; expected JSON.");
      }
      return new Part(root, "");
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " (line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr()
                  + ")";
      throw new PayloadException("The body is no JSON" + where + ".", e);
    } catch (IOException e) {
      throw new PayloadException("The body is no JSON.", e);
    }
  }

  boolean isList() {
    return node.isArray();
  }

  boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** A list as such; anything else as a list of one. */
  List<Part> each() {
    if (!node.isArray()) {
      return List.of(this);
    }
    List<Part> parts = new ArrayList<>();
    for (JsonNode item : node) {
      parts.add(new Part(item, path + "[" + parts.size() + "]"));
    }
    return parts;
  }

  private Part child(String key) {
    JsonNode found = node.path(key);
    return new Part(
        found.isNull() ? MissingNode.getInstance() : found,
        path.isEmpty() ? key : path + "." + key);
  }

  /** Complains where this is no object. */
  Part object() throws PayloadException {
    if (!node.isObject()) {
      throw new PayloadException(
          (path.isEmpty() ? "The body" : path) + " is " + kind() + "; expected an object {…}.");
    }
    return this;
  }

  /** Empty, but there, where nothing is. */
  Part part(String key) throws PayloadException {
    Part child = child(key);
    return child.node.isMissingNode()
        ? new Part(JSON.createObjectNode(), child.path)
        : child.object();
  }

  /** Must be there. */
  List<Part> list(String key) throws PayloadException {
    Part child = child(key);
    if (!child.node.isArray()) {
      throw new PayloadException(child.path + " is " + child.kind() + "; expected a list […].");
    }
    return child.each();
  }

  /** The first of the keys that says something. A key with dots may also lead through objects. */
  Optional<String> text(String... keys) throws PayloadException {
    for (String key : keys) {
      Part found = at(key);
      if (found.node.isContainerNode()) {
        throw new PayloadException(found.path + " is " + found.kind() + "; expected a text.");
      }
      if (found.node.isValueNode() && !found.node.asText().isBlank()) {
        return Optional.of(found.node.asText().strip());
      }
    }
    return Optional.empty();
  }

  private Part at(String key) {
    Part direct = child(key);
    if (!direct.node.isMissingNode() || key.indexOf('.') < 0) {
      return direct;
    }
    Part inner = this;
    for (String name : key.split("\\.", -1)) {
      inner = inner.child(name);
    }
    return inner;
  }

  /** Several texts, as a list or as one text with commas; empty where there are none. */
  List<String> texts(String key) {
    Part found = at(key);
    List<String> texts = new ArrayList<>();
    if (found.node.isArray()) {
      found.node.forEach(item -> texts.add(item.asText().strip()));
    } else if (found.node.isValueNode()) {
      texts.addAll(List.of(found.node.asText().split("\\s*,\\s*")));
    }
    return texts.stream().filter(text -> !text.isBlank()).toList();
  }

  /** The first of the keys; empty where it is not said, or not over yet. */
  Optional<Instant> time(String... keys) throws PayloadException {
    for (String key : keys) {
      Optional<String> text = text(key);
      if (text.isPresent()) {
        return parsed(text.get(), key);
      }
    }
    return Optional.empty();
  }

  private Optional<Instant> parsed(String text, String key) throws PayloadException {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text.replace(' ', 'T'));
      return time.getYear() < FIRST_YEAR ? Optional.empty() : Optional.of(time.toInstant());
    } catch (DateTimeException e) {
      throw new PayloadException(
          at(key).path + " is no time; expected one such as 2026-05-20T15:00:00Z.", e);
    }
  }

  long number(String key) throws PayloadException {
    Part child = child(key);
    if (child.node.isMissingNode()) {
      return 0;
    }
    if (!child.node.canConvertToLong() || !child.node.isIntegralNumber()) {
      throw new PayloadException(child.path + " is " + child.kind() + "; expected a number.");
    }
    return child.node.asLong();
  }

  /** An object of texts. */
  Map<String, String> map(String key) throws PayloadException {
    Map<String, String> map = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : part(key).node.properties()) {
      if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
        map.put(entry.getKey(), entry.getValue().asText());
      }
    }
    return map;
  }

  private String kind() {
    return switch (node.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case STRING -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> "a truth value";
      default -> "missing";
    };
  }
}
