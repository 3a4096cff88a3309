package dev.samovar.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes “someone” where one person was named, wherever that is: documents are walked whole, so
 * that no field that comes later is missed.
 */
final class Someone {
  static final String SOMEONE = "someone";

  /** Figures keep all their digits. */
  private static final ObjectReader JSON =
      IncidentsInSql.JSON
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final String user;
  private final Pattern mention;
  private final Pattern alone;

  /**
   * @param user an id of the face: letters and digits
   */
  Someone(String user) {
    this.user = user;
    String id = Pattern.quote(user);
    // What is part of a longer id is another's; after %22, \\n and \\u0022 a new word begins.
    String named =
        "(?:(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f]{2})|(?<=\\\\[nrtbf])|(?<=\\\\u[0-9A-Fa-f]{4}))"
            + id
            + "(?![A-Za-z0-9])";
    this.mention = Pattern.compile("<@" + id + "(?:\\|[^<>]*)?>|" + named);
    this.alone = Pattern.compile("(?:^|[\"=]|%22)" + id + "(?:$|[\"\\\\&]|%22)");
  }

  /** A document or plain words, without that person. */
  String rewritten(String kept) {
    if (!kept.contains(user)) {
      return kept;
    }
    boolean isDocument = kept.startsWith("{") || kept.startsWith("[");
    if (isDocument) {
      try {
        JsonNode root = JSON.readTree(kept);
        return IncidentsInSql.JSON.writeValueAsString(walk(root, said(root)));
      } catch (JsonProcessingException e) {
        // Words that only begin like a document.
        return words(kept);
      }
    }
    return words(kept);
  }

  /** Whether the id stands alone in a field, as of who sent something, not in words only. */
  boolean isNamedIn(String kept) {
    return alone.matcher(kept).find();
  }

  private String words(String text) {
    return mention.matcher(text).replaceAll(SOMEONE);
  }

  /** What the person asked in and that an incident quotes. */
  private record Said(String words, String model) {
    private String without(String text) {
      if (words.isBlank()) {
        return text;
      }
      return text.equals(words) ? "" : text.replace("“" + words + "”", "asked about " + model);
    }
  }

  private Said said(JsonNode root) {
    JsonNode opening = root.path("opening");
    return opening.path("asker").asText().equals(user)
        ? new Said(opening.path("said").asText(), opening.path("model").asText())
        : new Said("", "");
  }

  private JsonNode walk(JsonNode node, Said said) {
    if (node.isTextual()) {
      return TextNode.valueOf(words(said.without(node.textValue())));
    }
    if (node instanceof ArrayNode list) {
      ArrayNode other = JsonNodeFactory.instance.arrayNode();
      list.forEach(one -> other.add(walk(one, said)));
      return other;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode other = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        other.set(words(field.getKey()), walk(field.getValue(), said));
      }
      if (object.path("id").asText().equals(user) && object.path("name").isTextual()) {
        other.put("name", SOMEONE);
      }
      return other;
    }
    return node;
  }
}
