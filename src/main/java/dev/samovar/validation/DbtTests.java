package dev.samovar.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.samovar.evidence.Requirement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The tests in dbt's property files: its own, and of the packages dbt_utils and dbt_expectations.
 */
final class DbtTests {
  private static final List<String> RESOURCES = List.of("models", "sources", "seeds", "snapshots");
  private static final Set<String> HARMLESS =
      Set.of("name", "config", "severity", "description", "tags", "quote", "meta", "column_name");

  private final Gathered gathered;

  private DbtTests(Gathered gathered) {
    this.gathered = gathered;
  }

  static boolean fits(YamlPart root) {
    return RESOURCES.stream().anyMatch(key -> root.get(key).filter(YamlPart::isList).isPresent());
  }

  static void read(YamlPart root, Gathered gathered) throws RuleFileException {
    DbtTests reader = new DbtTests(gathered);
    for (String resource : RESOURCES) {
      for (YamlPart one : root.get(resource).map(YamlPart::items).orElse(List.of())) {
        reader.table(one);
        for (YamlPart table : one.get("tables").map(YamlPart::items).orElse(List.of())) {
          reader.table(table);
        }
      }
    }
  }

  private void table(YamlPart table) throws RuleFileException {
    if (!table.isMap()) {
      throw table.wrong("expected a name and columns");
    }
    for (YamlPart test : tests(table)) {
      test("", test);
    }
    for (YamlPart column : table.get("columns").map(YamlPart::items).orElse(List.of())) {
      String name = column.get("name").flatMap(YamlPart::text).orElse("");
      if (name.isEmpty()) {
        throw column.wrong("this column has no name");
      }
      for (YamlPart test : tests(column)) {
        test(name, test);
      }
    }
  }

  private static List<YamlPart> tests(YamlPart of) {
    return of.get("data_tests").or(() -> of.get("tests")).map(YamlPart::items).orElse(List.of());
  }

  /** {@code not_null}, {@code accepted_values: {…}} or {@code {test_name: …, …}}. */
  private void test(String column, YamlPart test) throws RuleFileException {
    Optional<String> bare = test.text();
    Optional<YamlPart> named = test.get("test_name");
    Map<String, YamlPart> entries = test.entries();
    if (bare.isPresent()) {
      test(bare.get(), column, JsonNodeFactory.instance.objectNode(), test.where());
    } else if (named.flatMap(YamlPart::text).isPresent()) {
      test(named.flatMap(YamlPart::text).orElse(""), column, test.json(), test.where());
    } else if (!entries.isEmpty()) {
      Map.Entry<String, YamlPart> first = entries.entrySet().iterator().next();
      JsonNode inner = first.getValue().json();
      ObjectNode all = JsonNodeFactory.instance.objectNode();
      // Some write the configuration beside the test instead of in it.
      for (Map.Entry<String, YamlPart> entry : entries.entrySet()) {
        if (!entry.getKey().equals(first.getKey())) {
          all.set(entry.getKey(), entry.getValue().json());
        }
      }
      if (inner instanceof ObjectNode object) {
        all.setAll(object);
      }
      test(first.getKey(), column, all, test.where());
    } else {
      throw test.wrong("expected a test, such as not_null");
    }
  }

  private void test(String name, String column, JsonNode given, String where)
      throws RuleFileException {
    ObjectNode arguments = JsonNodeFactory.instance.objectNode();
    given
        .properties()
        .forEach(
            argument -> {
              if (argument.getKey().equals("arguments")
                  && argument.getValue() instanceof ObjectNode inner) {
                arguments.setAll(inner);
              } else if (!argument.getKey().equals("test_name")) {
                arguments.set(argument.getKey(), argument.getValue());
              }
            });
    String about = column.isEmpty() ? arguments.path("column_name").asText("") : column;
    JsonNode config = arguments.path("config");
    if (arguments.hasNonNull("where") || config.hasNonNull("where")) {
      gathered.unread(about, name + " holds for some rows only (where)", where);
      return;
    }
    if (config.path("enabled").isBoolean() && !config.path("enabled").booleanValue()) {
      gathered.unread(about, name + " is switched off", where);
      return;
    }
    for (String tolerance : List.of("error_if", "fail_calc", "limit")) {
      if (arguments.hasNonNull(tolerance) || config.hasNonNull(tolerance)) {
        gathered.unread(about, name + " tolerates a number of rows (" + tolerance + ")", where);
        return;
      }
    }
    String prefix = "dbt_expectations.";
    if (name.startsWith(prefix)) {
      ObjectNode plain = arguments.deepCopy();
      plain.remove(List.of("config", "severity", "name", "tags", "group_by"));
      if (arguments.hasNonNull("group_by")) {
        gathered.unread(about, name + " looks at groups", where);
      } else {
        new Expectations(gathered).read(name.substring(prefix.length()), about, plain, where);
      }
      return;
    }
    if (about.isEmpty()) {
      gathered.unread("", name + " is about a table", where);
      return;
    }
    own(name, about, arguments, where);
  }

  private void own(String name, String column, ObjectNode arguments, String where)
      throws RuleFileException {
    switch (name.toLowerCase(Locale.ROOT)) {
      case "not_null" -> gathered.rule(column, new Requirement.Filled(), where);
      case "dbt_utils.not_null_proportion" -> proportion(name, column, arguments, where);
      case "accepted_values" -> values(name, column, arguments, true, where);
      case "dbt_utils.not_accepted_values" -> values(name, column, arguments, false, where);
      case "dbt_utils.accepted_range" -> range(name, column, arguments, where);
      case "dbt_utils.not_empty_string" ->
          gathered.rule(column, new Requirement.Length(1, Long.MAX_VALUE), where);
      case "unique",
          "dbt_utils.not_constant",
          "dbt_utils.at_least_one",
          "dbt_utils.cardinality_equality",
          "dbt_utils.sequential_values" ->
          gathered.aside();
      case "relationships" ->
          gathered.unread(
              column,
              "relationships: which values there are is in another table ("
                  + arguments.path("to").asText("?")
                  + ")",
              where);
      default -> gathered.unread(column, name + " is not known", where);
    }
  }

  private void proportion(String name, String column, JsonNode arguments, String where)
      throws RuleFileException {
    OptionalDouble least = Values.number(arguments.path("at_least"));
    if (least.isEmpty() || least.getAsDouble() < 0 || least.getAsDouble() > 1) {
      gathered.unread(column, name + ": \"at_least\" is no share", where);
      return;
    }
    gathered.rule(column, new Requirement.Filled(), least.getAsDouble(), where);
  }

  private void values(
      String name, String column, JsonNode arguments, boolean isWanted, String where)
      throws RuleFileException {
    Optional<List<String>> values = Values.list(arguments.path("values"));
    if (values.isEmpty()) {
      gathered.unread(column, name + " has no list of values", where);
      return;
    }
    gathered.rule(
        column,
        isWanted ? new Requirement.Among(values.get()) : new Requirement.NoneOf(values.get()),
        where);
  }

  private void range(String name, String column, JsonNode arguments, String where)
      throws RuleFileException {
    Optional<String> odd =
        Values.unexpected(arguments, HARMLESS, Set.of("min_value", "max_value", "inclusive"));
    boolean isInclusive = arguments.path("inclusive").asBoolean(true);
    OptionalDouble least =
        arguments.hasNonNull("min_value")
            ? Values.number(arguments.path("min_value"))
            : OptionalDouble.of(Double.NEGATIVE_INFINITY);
    OptionalDouble most =
        arguments.hasNonNull("max_value")
            ? Values.number(arguments.path("max_value"))
            : OptionalDouble.of(Double.POSITIVE_INFINITY);
    boolean isOpen = !arguments.hasNonNull("min_value") && !arguments.hasNonNull("max_value");
    if (odd.isPresent() || least.isEmpty() || most.isEmpty() || isOpen) {
      gathered.unread(
          column,
          name
              + odd.map(argument -> ": argument \"" + argument + "\"")
                  .orElse(isOpen ? " has no ends" : ": an end is no number"),
          where);
      return;
    }
    gathered.rule(
        column,
        new Requirement.Within(least.getAsDouble(), isInclusive, most.getAsDouble(), isInclusive),
        where);
  }
}
