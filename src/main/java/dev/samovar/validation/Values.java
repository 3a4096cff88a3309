package dev.samovar.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Arguments of rules, as what they are meant for; empty where they are something else. */
final class Values {
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][-+]?\\d{1,3})?");
  private static final int MOST = 10_000;
  private static final int SHOWN = 60;

  private Values() {}

  static OptionalDouble number(JsonNode value) {
    if (value.isNumber()) {
      double number = value.doubleValue();
      return Double.isNaN(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
    }
    return value.isTextual() ? number(value.textValue()) : OptionalDouble.empty();
  }

  static OptionalDouble number(String text) {
    return DECIMAL.matcher(text.strip()).matches()
        ? OptionalDouble.of(Double.parseDouble(text.strip()))
        : OptionalDouble.empty();
  }

  /** As values of events are written; what stands for nothing is left out. */
  static Optional<List<String>> list(JsonNode value) {
    if (!value.isArray() || value.size() > MOST) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    for (JsonNode item : value) {
      if (item.isNumber()) {
        values.add(Numbers.text(item.doubleValue()));
      } else if (item.isTextual() || item.isBoolean()) {
        values.add(item.asText());
      } else if (!item.isNull()) {
        return Optional.empty();
      }
    }
    return values.isEmpty() ? Optional.empty() : Optional.of(values);
  }

  static Optional<Pattern> pattern(JsonNode value) {
    if (!value.isTextual()) {
      return Optional.empty();
    }
    try {
      // Python writes named groups as (?P<name>…).
      return Optional.of(Pattern.compile(value.textValue().replace("(?P<", "(?<")));
    } catch (PatternSyntaxException | StackOverflowError e) {
      // The caller says of it that it could not be read.
      return Optional.empty();
    }
  }

  /** The first argument that is set and that nobody knows. */
  static Optional<String> unexpected(JsonNode arguments, Set<String> harmless, Set<String> known) {
    for (java.util.Map.Entry<String, JsonNode> argument : arguments.properties()) {
      if (!argument.getValue().isNull()
          && !harmless.contains(argument.getKey())
          && !known.contains(argument.getKey())) {
        return Optional.of(argument.getKey());
      }
    }
    return Optional.empty();
  }

  static String shown(JsonNode value) {
    String text = value.isMissingNode() ? "nothing" : value.toString();
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }
}
