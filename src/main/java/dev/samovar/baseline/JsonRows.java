package dev.samovar.baseline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * JSON objects, a line each or in one list. {@code {"ml":{"features":{"x":1}}}} and {@code
 * {"ml.features.x":1}} are the same column.
 */
final class JsonRows {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static final int DEEPEST = 20;

  private final Table table;
  private final Choice choice;
  private final JsonParser parser;
  private final Name root = new Name("");

  private JsonRows(Table table, Choice choice, JsonParser parser) {
    this.table = table;
    this.choice = choice;
    this.parser = parser;
  }

  /** A key within its objects, so that no name is put together twice. */
  private static final class Name {
    private final String full;
    private final Map<String, Name> inner = new HashMap<>();

    /** -1 as long as it holds no value, -2 where it is no feature. */
    private int column = -1;

    Name(String full) {
      this.full = full;
    }

    Name of(String key) {
      Name known = inner.get(key);
      if (known == null) {
        known = new Name(full.isEmpty() ? key : full + "." + key);
        inner.put(key, known);
      }
      return known;
    }
  }

  static void read(String name, InputStream in, Choice choice, Table table)
      throws IOException, BaselineException {
    try (JsonParser parser = JSON.createParser(in)) {
      new JsonRows(table, choice, parser).rows();
    } catch (JsonProcessingException e) {
      throw new BaselineException(
          name
              + ":"
              + (e.getLocation() == null ? 1 : e.getLocation().getLineNr())
              + ": this is no JSON: "
              + e.getOriginalMessage(),
          e);
    } catch (BaselineException e) {
      throw new BaselineException(name + ": " + e.getMessage(), e);
    }
  }

  private void rows() throws IOException, BaselineException {
    boolean isList = false;
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        object(root, 0);
        table.endRow();
      } else if (token == JsonToken.START_ARRAY && !isList) {
        isList = true;
      } else if (token != JsonToken.END_ARRAY) {
        throw new BaselineException(
            "line "
                + parser.currentLocation().getLineNr()
                + " is no JSON object; each row must be one, such as {\"amount\": 12.5}");
      }
    }
  }

  private void object(Name name, int depth) throws IOException, BaselineException {
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      Name inner = name.of(key);
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT && depth < DEEPEST) {
        object(inner, depth + 1);
      } else {
        value(inner, token);
      }
    }
  }

  private void value(Name name, JsonToken token) throws IOException, BaselineException {
    if (name.column == -1) {
      if (choice.isLeft(name.full)) {
        name.column = -2;
        table.leave(name.full);
      } else {
        name.column = table.column(name.full);
      }
    }
    if (name.column == -2) {
      parser.skipChildren();
      return;
    }
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          table.putNumber(name.column, parser.getDoubleValue(), parser.getText());
      case VALUE_STRING ->
          table.put(
              name.column,
              parser.getTextCharacters(),
              parser.getTextOffset(),
              parser.getTextLength());
      case VALUE_TRUE -> table.putText(name.column, "true");
      case VALUE_FALSE -> table.putText(name.column, "false");
      case VALUE_NULL -> {
        // Missing, like a key that is not there.
      }
      default -> {
        table.putInvalid(name.column);
        parser.skipChildren();
      }
    }
  }
}
