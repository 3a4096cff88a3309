package dev.samovar.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.samovar.evidence.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/** A schema of pandera as {@code to_yaml} writes it, with checks as keys or as a list. */
final class Pandera {
  private static final Pattern NUMERIC =
      Pattern.compile("(?i)(u?int|float|double|decimal)(8|16|32|64|128)?");

  private final Gathered gathered;

  private Pandera(Gathered gathered) {
    this.gathered = gathered;
  }

  static boolean fits(YamlPart root) {
    return root.get("columns").filter(YamlPart::isMap).isPresent()
        || root.get("schema_type").isPresent();
  }

  static void read(YamlPart root, Gathered gathered) throws RuleFileException {
    YamlPart columns =
        root.get("columns")
            .filter(YamlPart::isMap)
            .orElseThrow(() -> root.wrong("this schema of pandera has no \"columns\""));
    for (Map.Entry<String, YamlPart> column : columns.entries().entrySet()) {
      new Pandera(gathered).column(column.getKey(), column.getValue());
    }
    Optional<YamlPart> checks = root.get("checks");
    if (checks.isPresent()) {
      gathered.unread("", "checks of whole rows", checks.get().where());
    }
  }

  private void column(String name, YamlPart column) throws RuleFileException {
    if (!column.isMap() && !column.isNothing()) {
      throw column.wrong("columns." + name + ": expected keys such as dtype and checks");
    }
    if (column.get("regex").filter(YamlPart::isTrue).isPresent()) {
      gathered.unread("", "the name of the column \"" + name + "\" is a pattern", column.where());
      return;
    }
    if (column.get("dtype").flatMap(YamlPart::text).filter(Pandera::isNumeric).isPresent()) {
      gathered.rule(name, new Requirement.Numeric(), column.where());
    }
    boolean isOptional = column.get("required").filter(YamlPart::isFalse).isPresent();
    boolean isNullable = column.get("nullable").filter(YamlPart::isTrue).isPresent();
    if (!isNullable && !isOptional) {
      gathered.rule(name, new Requirement.Filled(), column.where());
    }
    Optional<YamlPart> checks = column.get("checks");
    if (checks.isEmpty()) {
      return;
    }
    for (Map.Entry<String, YamlPart> check : checks.get().entries().entrySet()) {
      JsonNode value = check.getValue().json();
      boolean isWrapped = value.isObject() && value.has("value") && value.has("options");
      check(
          name, check.getKey(), isWrapped ? value.path("value") : value, check.getValue().where());
    }
    for (YamlPart check : checks.get().items()) {
      listed(name, check);
    }
  }

  /** {@code {options: {check_name: isin, …}, value: […]}}; without a value, the rest are it. */
  private void listed(String column, YamlPart check) throws RuleFileException {
    JsonNode all = check.json();
    String name = all.path("options").path("check_name").asText("");
    if (name.isEmpty()) {
      gathered.unread(column, "a check without a name", check.where());
      return;
    }
    check(column, name, all.has("value") ? all.path("value") : all, check.where());
  }

  private static boolean isNumeric(String type) {
    return NUMERIC.matcher(type).matches();
  }

  private void check(String column, String name, JsonNode value, String where)
      throws RuleFileException {
    double below = Double.NEGATIVE_INFINITY;
    double above = Double.POSITIVE_INFINITY;
    switch (name) {
      case "greater_than", "gt" ->
          range(column, name, number(value, "min_value"), false, open(above), true, where);
      case "greater_than_or_equal_to", "ge" ->
          range(column, name, number(value, "min_value"), true, open(above), true, where);
      case "less_than", "lt" ->
          range(column, name, open(below), true, number(value, "max_value"), false, where);
      case "less_than_or_equal_to", "le" ->
          range(column, name, open(below), true, number(value, "max_value"), true, where);
      case "in_range", "between" ->
          range(
              column,
              name,
              Values.number(value.path("min_value")),
              value.path("include_min").asBoolean(true),
              Values.number(value.path("max_value")),
              value.path("include_max").asBoolean(true),
              where);
      case "isin" -> set(column, name, value, "allowed_values", true, where);
      case "notin" -> set(column, name, value, "forbidden_values", false, where);
      case "equal_to", "eq" -> set(column, name, only(value), "value", true, where);
      case "not_equal_to", "ne" -> set(column, name, only(value), "value", false, where);
      case "str_matches" -> form(column, name, value, true, where);
      case "str_contains" -> form(column, name, value, false, where);
      case "str_length" -> length(column, name, value, where);
      case "unique_values_eq" -> gathered.aside();
      default -> gathered.unread(column, "check " + name + " is not known", where);
    }
  }

  private static OptionalDouble open(double end) {
    return OptionalDouble.of(end);
  }

  private static OptionalDouble number(JsonNode value, String key) {
    return Values.number(value.isObject() ? value.path(key) : value);
  }

  private static JsonNode only(JsonNode value) {
    JsonNode inner = value.isObject() ? value.path("value") : value;
    return JsonNodeFactory.instance.arrayNode().add(inner);
  }

  private void range(
      String column,
      String name,
      OptionalDouble least,
      boolean isLeastAllowed,
      OptionalDouble most,
      boolean isMostAllowed,
      String where)
      throws RuleFileException {
    if (least.isEmpty() || most.isEmpty()) {
      gathered.unread(column, "check " + name + ": an end is no number", where);
      return;
    }
    gathered.rule(
        column,
        new Requirement.Within(
            least.getAsDouble(), isLeastAllowed, most.getAsDouble(), isMostAllowed),
        where);
  }

  private void set(
      String column, String name, JsonNode value, String key, boolean isWanted, String where)
      throws RuleFileException {
    Optional<List<String>> values = Values.list(value.isObject() ? value.path(key) : value);
    if (values.isEmpty()) {
      gathered.unread(column, "check " + name + " has no list of values", where);
      return;
    }
    gathered.rule(
        column,
        isWanted ? new Requirement.Among(values.get()) : new Requirement.NoneOf(values.get()),
        where);
  }

  private void form(String column, String name, JsonNode value, boolean isAnchored, String where)
      throws RuleFileException {
    Optional<Pattern> pattern = Values.pattern(value.isObject() ? value.path("pattern") : value);
    if (pattern.isEmpty()) {
      gathered.unread(column, "check " + name + ": Java can't read " + Values.shown(value), where);
      return;
    }
    gathered.rule(column, new Requirement.Matching(pattern.get(), true, isAnchored), where);
  }

  private void length(String column, String name, JsonNode value, String where)
      throws RuleFileException {
    Optional<String> odd =
        value.isObject()
            ? Values.unexpected(value, Set.of("options"), Set.of("min_value", "max_value"))
            : Optional.of("value");
    OptionalDouble least =
        value.hasNonNull("min_value") ? Values.number(value.path("min_value")) : open(0);
    OptionalDouble most =
        value.hasNonNull("max_value")
            ? Values.number(value.path("max_value"))
            : open(Long.MAX_VALUE);
    if (odd.isPresent() || least.isEmpty() || most.isEmpty()) {
      gathered.unread(column, "check " + name + ": a length is no number", where);
      return;
    }
    gathered.rule(
        column,
        new Requirement.Length((long) least.getAsDouble(), (long) most.getAsDouble()),
        where);
  }
}
