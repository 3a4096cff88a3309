package dev.samovar.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.evidence.Requirement;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** What each of Great Expectations' expectations means, which dbt_expectations takes over. */
final class Expectations {
  /** Arguments that change nothing about which values are allowed. */
  private static final Set<String> HARMLESS =
      Set.of(
          "column",
          "column_name",
          "mostly",
          "meta",
          "result_format",
          "catch_exceptions",
          "include_config",
          "batch_id",
          "notes",
          "condition_parser",
          "allow_cross_type_comparisons",
          "parse_strings_as_datetimes",
          "output_strftime_format",
          "quote_values",
          "flags",
          "is_raw",
          "severity",
          "auto",
          "profiler_config",
          "description",
          "windows");

  private final Gathered gathered;

  Expectations(Gathered gathered) {
    this.gathered = gathered;
  }

  /**
   * @param column empty where it is about none
   */
  void read(String name, String column, JsonNode arguments, String where) throws RuleFileException {
    String condition = "row_condition";
    if (arguments.hasNonNull(condition)) {
      gathered.unread(column, name + " holds for some rows only (" + condition + ")", where);
      return;
    }
    OptionalDouble mostly =
        arguments.hasNonNull("mostly") ? Values.number(arguments.path("mostly")) : one();
    if (mostly.isEmpty() || !(mostly.getAsDouble() >= 0 && mostly.getAsDouble() <= 1)) {
      gathered.unread(
          column,
          name + ": \"mostly\" is no share: " + Values.shown(arguments.path("mostly")),
          where);
      return;
    }
    boolean isOfOneColumn =
        !column.isEmpty()
            && !name.startsWith("expect_column_pair_")
            && !name.startsWith("expect_multicolumn_")
            && !name.startsWith("expect_compound_");
    if (!isOfOneColumn) {
      if (name.startsWith("expect_table_") || name.startsWith("expect_compound_columns_to_be_")) {
        gathered.aside();
      } else {
        gathered.unread("", name + " is about several columns or none", where);
      }
      return;
    }
    switch (name) {
      case "expect_column_values_to_be_between" ->
          between(name, column, arguments, mostly.getAsDouble(), where);
      // What the largest and the smallest must be, all must be.
      case "expect_column_max_to_be_between" -> bound(name, column, arguments, false, where);
      case "expect_column_min_to_be_between" -> bound(name, column, arguments, true, where);
      case "expect_column_values_to_be_in_set", "expect_column_distinct_values_to_be_in_set" ->
          set(name, column, arguments, true, mostly.getAsDouble(), where);
      case "expect_column_values_to_not_be_in_set" ->
          set(name, column, arguments, false, mostly.getAsDouble(), where);
      case "expect_column_values_to_not_be_null" ->
          gathered.rule(column, new Requirement.Filled(), mostly.getAsDouble(), where);
      case "expect_column_values_to_match_regex" ->
          form(name, column, arguments, true, mostly.getAsDouble(), where);
      case "expect_column_values_to_not_match_regex" ->
          form(name, column, arguments, false, mostly.getAsDouble(), where);
      case "expect_column_value_lengths_to_be_between" ->
          length(name, column, arguments, "min_value", "max_value", mostly.getAsDouble(), where);
      case "expect_column_value_lengths_to_equal" ->
          length(name, column, arguments, "value", "value", mostly.getAsDouble(), where);
      case "expect_column_values_to_be_of_type",
          "expect_column_values_to_be_in_type_list",
          "expect_column_to_exist",
          "expect_column_values_to_be_unique",
          "expect_column_mean_to_be_between",
          "expect_column_median_to_be_between",
          "expect_column_stdev_to_be_between",
          "expect_column_sum_to_be_between",
          "expect_column_quantile_values_to_be_between",
          "expect_column_most_common_value_to_be_in_set",
          "expect_column_unique_value_count_to_be_between",
          "expect_column_proportion_of_unique_values_to_be_between",
          "expect_column_kl_divergence_to_be_less_than",
          "expect_column_values_to_be_increasing",
          "expect_column_values_to_be_decreasing" ->
          gathered.aside();
      default -> gathered.unread(column, name + " is not known", where);
    }
  }

  private static OptionalDouble one() {
    return OptionalDouble.of(1);
  }

  private void between(String name, String column, JsonNode arguments, double mostly, String where)
      throws RuleFileException {
    Optional<String> odd =
        Values.unexpected(
            arguments,
            HARMLESS,
            Set.of("min_value", "max_value", "strict_min", "strict_max", "strictly"));
    OptionalDouble least = end(arguments, "min_value", Double.NEGATIVE_INFINITY);
    OptionalDouble most = end(arguments, "max_value", Double.POSITIVE_INFINITY);
    if (odd.isPresent() || least.isEmpty() || most.isEmpty()) {
      gathered.unread(
          column,
          name
              + odd.map(argument -> ": argument \"" + argument + "\"")
                  .orElse(
                      ": an end is no number: "
                          + Values.shown(
                              least.isEmpty()
                                  ? arguments.path("min_value")
                                  : arguments.path("max_value"))),
          where);
      return;
    }
    boolean isStrict = arguments.path("strictly").asBoolean(false);
    range(
        column,
        new Requirement.Within(
            least.getAsDouble(),
            !isStrict && !arguments.path("strict_min").asBoolean(false),
            most.getAsDouble(),
            !isStrict && !arguments.path("strict_max").asBoolean(false)),
        name,
        mostly,
        where);
  }

  private void bound(String name, String column, JsonNode arguments, boolean isLowest, String where)
      throws RuleFileException {
    String key = isLowest ? "min_value" : "max_value";
    String strict = isLowest ? "strict_min" : "strict_max";
    if (!arguments.hasNonNull(key)) {
      // How large the largest must at least be says nothing of the others.
      gathered.aside();
      return;
    }
    OptionalDouble end = Values.number(arguments.path(key));
    if (end.isEmpty()) {
      gathered.unread(
          column, name + ": an end is no number: " + Values.shown(arguments.path(key)), where);
      return;
    }
    boolean isAllowed = !arguments.path(strict).asBoolean(false);
    gathered.rule(
        column,
        isLowest
            ? new Requirement.Within(end.getAsDouble(), isAllowed, Double.POSITIVE_INFINITY, true)
            : new Requirement.Within(Double.NEGATIVE_INFINITY, true, end.getAsDouble(), isAllowed),
        where);
  }

  private void range(
      String column, Requirement.Within within, String name, double mostly, String where)
      throws RuleFileException {
    if (Double.isInfinite(within.least()) && Double.isInfinite(within.most())) {
      gathered.unread(column, name + " has no ends", where);
    } else {
      gathered.rule(column, within, mostly, where);
    }
  }

  private static OptionalDouble end(JsonNode arguments, String key, double open) {
    return arguments.hasNonNull(key) ? Values.number(arguments.path(key)) : OptionalDouble.of(open);
  }

  private void set(
      String name, String column, JsonNode arguments, boolean isWanted, double mostly, String where)
      throws RuleFileException {
    Optional<java.util.List<String>> values = Values.list(arguments.path("value_set"));
    if (values.isEmpty()) {
      gathered.unread(
          column,
          name
              + ": \"value_set\" is no list of values: "
              + Values.shown(arguments.path("value_set")),
          where);
      return;
    }
    gathered.rule(
        column,
        isWanted ? new Requirement.Among(values.get()) : new Requirement.NoneOf(values.get()),
        mostly,
        where);
  }

  private void form(
      String name, String column, JsonNode arguments, boolean isWanted, double mostly, String where)
      throws RuleFileException {
    Optional<java.util.regex.Pattern> pattern = Values.pattern(arguments.path("regex"));
    if (pattern.isEmpty()) {
      gathered.unread(
          column,
          name + ": Java can't read the expression " + Values.shown(arguments.path("regex")),
          where);
      return;
    }
    gathered.rule(column, new Requirement.Matching(pattern.get(), isWanted, false), mostly, where);
  }

  private void length(
      String name,
      String column,
      JsonNode arguments,
      String from,
      String to,
      double mostly,
      String where)
      throws RuleFileException {
    OptionalDouble least = end(arguments, from, 0);
    OptionalDouble most = end(arguments, to, Long.MAX_VALUE);
    if (least.isEmpty() || most.isEmpty()) {
      gathered.unread(column, name + ": a length is no number", where);
      return;
    }
    gathered.rule(
        column,
        new Requirement.Length((long) least.getAsDouble(), (long) most.getAsDouble()),
        mostly,
        where);
  }
}
