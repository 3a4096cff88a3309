package dev.samovar.validation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** A suite of Great Expectations, 0.x ({@code expectation_type}) and 1.x ({@code type}). */
final class GreatExpectations {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          // Python writes what JSON does not have.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private GreatExpectations() {}

  static boolean fits(String text) {
    return text.stripLeading().startsWith("{");
  }

  static void read(String text, Gathered gathered) throws RuleFileException {
    JsonNode root;
    try {
      root = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new RuleFileException(
          gathered.file()
              + (e.getLocation() == null
                  ? ""
                  : ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr())
              + ": this is no JSON: "
              + e.getOriginalMessage());
    }
    JsonNode expectations = root.path("expectations");
    if (!expectations.isArray()) {
      throw new RuleFileException(
          gathered.file()
              + ": this JSON has no list \"expectations\", so it is no suite of Great Expectations");
    }
    int number = 0;
    for (JsonNode expectation : expectations) {
      number++;
      String where = "expectation " + number;
      JsonNode type =
          expectation.has("type") ? expectation.path("type") : expectation.path("expectation_type");
      if (!type.isTextual()) {
        throw new RuleFileException(
            gathered.file()
                + ", "
                + where
                + ": it has neither \"type\" nor \"expectation_type\": "
                + Values.shown(expectation));
      }
      JsonNode arguments = expectation.path("kwargs");
      JsonNode given = arguments.isObject() ? arguments : MAPPER.createObjectNode();
      if (expectation.hasNonNull("row_condition") && given instanceof ObjectNode object) {
        object.set("row_condition", expectation.path("row_condition"));
      }
      new Expectations(gathered)
          .read(snake(type.textValue()), given.path("column").asText(""), given, where);
    }
  }

  /** Some versions write the name of the class: {@code ExpectColumnValuesToNotBeNull}. */
  private static String snake(String name) {
    return name.startsWith("Expect")
        ? name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT)
        : name;
  }
}
