package dev.samovar.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samovar.evidence.Model;
import dev.samovar.evidence.Requirement;
import dev.samovar.evidence.Rule;
import dev.samovar.evidence.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFilesTest {
  private static final String OLD_SUITE =
      """
      {
        "data_asset_type": "Dataset",
        "expectation_suite_name": "fraud.warning",
        "expectations": [
          {"expectation_type": "expect_column_values_to_be_between",
           "kwargs": {"column": "amount", "min_value": 0, "max_value": 10000, "mostly": 0.99},
           "meta": {}},
          {"expectation_type": "expect_column_values_to_be_between",
           "kwargs": {"column": "age", "min_value": 18, "max_value": null, "strict_min": true}},
          {"expectation_type": "expect_column_values_to_be_in_set",
           "kwargs": {"column": "country", "value_set": ["DE", 7, null]}},
          {"expectation_type": "expect_column_values_to_match_regex",
           "kwargs": {"column": "code", "regex": "^(?P<letter>[A-Z])\\\\d+$"}},
          {"expectation_type": "expect_column_max_to_be_between",
           "kwargs": {"column": "age", "min_value": 60, "max_value": 130}},
          {"expectation_type": "expect_table_row_count_to_be_between",
           "kwargs": {"min_value": 1, "max_value": 9}},
          {"expectation_type": "expect_column_mean_to_be_between",
           "kwargs": {"column": "amount", "min_value": 3, "max_value": 9}},
          {"expectation_type": "expect_column_values_to_be_between",
           "kwargs": {"column": "day", "min_value": "2020-01-01"}},
          {"expectation_type": "expect_column_values_to_be_between",
           "kwargs": {"column": "amount", "min_value": {"$PARAMETER": "low"}}},
          {"expectation_type": "expect_column_values_to_be_in_set",
           "kwargs": {"column": "country", "value_set": ["DE"], "row_condition": "eu==1",
                      "condition_parser": "pandas"}},
          {"expectation_type": "expect_our_own_thing", "kwargs": {"column": "country"}},
          {"expectation_type": "expect_column_pair_values_to_be_equal",
           "kwargs": {"column_A": "a", "column_B": "b"}}
        ]
      }
      """;

  private static final String TFDV =
      """
      # Inferred.
      feature {
        name: "amount"
        type: FLOAT
        presence { min_fraction: 1.0 min_count: 1 }
        shape { dim { size: 1 } }
        float_domain { min: 0 max: 1e4 }
      }
      feature <
        name: 'coun' "try"
        type: BYTES
        domain: "country"
        presence: { min_fraction: 0.95 }
        distribution_constraints { min_domain_mass: 0.9 }
      >
      feature {
        name: "age"
        type: INT
        int_domain { min: 18 }
        not_in_environment: "SERVING"
        presence { min_fraction: 1 }
        skew_comparator { infinity_norm { threshold: 0.01 } }
      }
      feature { name: "old" lifecycle_stage: DEPRECATED int_domain { min: 5 } }
      feature { name: "t" time_domain { string_format: "%Y" } }
      string_domain { name: "country" value: "DE" value: "\\303\\204", value: ["FR", "US"] }
      """;

  private static final String PANDERA =
      """
      schema_type: dataframe
      version: 0.17.2
      columns:
        amount:
          title: null
          dtype: float64
          nullable: false
          checks:
            greater_than: 0
            less_than_or_equal_to: 10000
          unique: false
          required: true
          regex: false
        country:
          dtype: str
          nullable: true
          checks:
            isin: [DE, FR]
            str_matches: '[A-Z]{2}'
            str_length: {min_value: 2, max_value: 2}
        age:
          dtype: int64
          required: false
          checks:
          - options: {check_name: in_range, raise_warning: false, ignore_na: true}
            min_value: 18
            max_value: 130
            include_max: false
          - options: {check_name: not_equal_to}
            value: 99
          - options: {check_name: our_own}
            value: 1
        "^x_":
          regex: true
          checks: {greater_than: 1}
      checks: null
      index: null
      """;

  private static final String DBT =
      """
      version: 2
      sources:
        - name: raw
          tables:
            - name: payments
              columns:
                - name: amount
                  data_tests:
                    - not_null
                    - dbt_utils.accepted_range:
                        arguments:
                          min_value: 0
                          inclusive: false
                    - dbt_expectations.expect_column_values_to_be_between:
                        min_value: 0
                        max_value: 10000
                        strictly: true
      models:
        - name: features
          tests:
            - dbt_utils.equal_rowcount: {compare_model: ref('x')}
          columns:
            - name: country
              tests:
                - unique
                - accepted_values:
                    values: [DE, FR]
                    config: {severity: warn}
                - accepted_values: {values: [DE], where: "eu"}
                - relationships: {to: ref('countries'), field: code}
                - dbt_utils.not_null_proportion: {at_least: 0.95}
                - dbt_utils.accepted_range: {min_value: "{{ var('low') }}"}
      """;

  @TempDir private Path folder = Path.of("");

  private static Rules read(String text) throws RuleFileException {
    return RuleFiles.read("f", text);
  }

  private static Rule rule(String column, Requirement requirement, double mostly, String where) {
    return new Rule(column, requirement, mostly, "f, " + where);
  }

  private static Requirement within(double least, boolean isLeast, double most, boolean isMost) {
    return new Requirement.Within(least, isLeast, most, isMost);
  }

  @Test
  void greatExpectations_asVersion0WritesThem() throws RuleFileException {
    Rules rules = read(OLD_SUITE);

    double open = Double.POSITIVE_INFINITY;
    assertThat(rules.rules().stream().filter(rule -> !rule.column().equals("code")))
        .containsExactly(
            rule("amount", within(0, true, 10_000, true), 0.99, "expectation 1"),
            rule("age", within(18, false, open, true), 1, "expectation 2"),
            rule("country", new Requirement.Among(List.of("DE", "7")), 1, "expectation 3"),
            rule("age", within(-open, true, 130, true), 1, "expectation 5"));
    Requirement form =
        rules.rules().stream()
            .filter(rule -> rule.column().equals("code"))
            .findFirst()
            .orElseThrow()
            .requirement();
    assertThat(form.allows("A12")).contains(true);
    assertThat(form.allows("12")).contains(false);
    assertThat(rules.asides()).isEqualTo(2);
    assertThat(rules.unread())
        .extracting(Rules.Unread::place)
        .containsExactly(
            "f, expectation 8",
            "f, expectation 9",
            "f, expectation 10",
            "f, expectation 11",
            "f, expectation 12");
    assertThat(rules.unread())
        .extracting(Rules.Unread::column)
        .containsExactly(
            Optional.of("day"),
            Optional.of("amount"),
            Optional.of("country"),
            Optional.of("country"),
            Optional.empty());
  }

  @Test
  void greatExpectations_asVersion1WritesThem() throws RuleFileException {
    Rules rules =
        read(
            """
            {"name": "s", "id": "6b3f", "meta": {"great_expectations_version": "1.3.0"}, "notes": null,
             "expectations": [
              {"id": "a", "type": "expect_column_values_to_not_be_null", "severity": "critical",
               "kwargs": {"column": "amount", "mostly": 0.9}, "meta": {}},
              {"type": "ExpectColumnValueLengthsToEqual", "kwargs": {"column": "code", "value": 3}}]}
            """);

    assertThat(rules.rules())
        .containsExactly(
            rule("amount", new Requirement.Filled(), 0.9, "expectation 1"),
            rule("code", new Requirement.Length(3, 3), 1, "expectation 2"));
    assertThat(rules.unread()).isEmpty();
  }

  @Test
  void tfdv_asTheTextOfItsSchema() throws RuleFileException {
    Rules rules = read(TFDV);

    assertThat(rules.rules())
        .containsExactly(
            rule("amount", new Requirement.Numeric(), 1, "line 2"),
            rule("amount", new Requirement.Filled(), 1, "line 2"),
            rule("amount", within(0, true, 10_000, true), 1, "line 2"),
            rule("country", new Requirement.Filled(), 0.95, "line 9"),
            rule(
                "country",
                new Requirement.Among(List.of("DE", "\u00c4", "FR", "US")),
                0.9,
                "line 9"),
            rule("age", new Requirement.Numeric(), 1, "line 16"),
            rule("age", within(18, true, Double.POSITIVE_INFINITY, true), 1, "line 16"));
    assertThat(rules.unread())
        .extracting(one -> one.column().orElse("") + ": " + one.what())
        .containsExactly(
            "age: presence that holds in some environments only", "t: time_domain is not known");
    // A shape, a comparator, a deprecated feature.
    assertThat(rules.asides()).isEqualTo(3);
  }

  @Test
  void pandera_withChecksAsKeysAndAsAList() throws RuleFileException {
    Rules rules = read(PANDERA);

    double open = Double.POSITIVE_INFINITY;
    assertThat(
            rules.rules().stream()
                .filter(rule -> !(rule.requirement() instanceof Requirement.Matching)))
        .containsExactly(
            rule("amount", new Requirement.Numeric(), 1, "line 5"),
            rule("amount", new Requirement.Filled(), 1, "line 5"),
            rule("amount", within(0, false, open, true), 1, "line 9"),
            rule("amount", within(-open, true, 10_000, true), 1, "line 10"),
            rule("country", new Requirement.Among(List.of("DE", "FR")), 1, "line 18"),
            rule("country", new Requirement.Length(2, 2), 1, "line 20"),
            rule("age", new Requirement.Numeric(), 1, "line 22"),
            rule("age", within(18, true, 130, false), 1, "line 25"),
            rule("age", new Requirement.NoneOf(List.of("99")), 1, "line 29"));
    assertThat(rules.unread())
        .extracting(Rules.Unread::what)
        .containsExactly(
            "check our_own is not known", "the name of the column \"^x_\" is a pattern");
  }

  @Test
  void dbt_itsOwnTestsAndThoseOfTwoPackages() throws RuleFileException {
    Rules rules = read(DBT);

    double open = Double.POSITIVE_INFINITY;
    assertThat(rules.rules())
        .containsExactlyInAnyOrder(
            rule("amount", new Requirement.Filled(), 1, "line 9"),
            rule("amount", within(0, false, open, false), 1, "line 10"),
            rule("amount", within(0, false, 10_000, false), 1, "line 14"),
            rule("country", new Requirement.Among(List.of("DE", "FR")), 1, "line 26"),
            rule("country", new Requirement.Filled(), 0.95, "line 31"));
    assertThat(rules.unread())
        .extracting(Rules.Unread::place)
        .containsExactly("f, line 21", "f, line 29", "f, line 30", "f, line 32");
    assertThat(rules.asides()).isEqualTo(1);
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThatThrownBy(() -> read("{\"expectations\": [\n  {\"type\": 3}]}"))
        .isInstanceOf(RuleFileException.class)
        .hasMessageStartingWith("f, expectation 1: it has neither");
    assertThatThrownBy(() -> read("{\"expectations\": [\n  {\"type\": }]}"))
        .isInstanceOf(RuleFileException.class)
        .hasMessageStartingWith("f:2:");
    assertThatThrownBy(() -> read("feature {\n  name: \"a\"\n  int_domain { min 3 }\n}"))
        .isInstanceOf(RuleFileException.class)
        .hasMessageStartingWith("f:3: ");
    assertThatThrownBy(() -> read("models:\n  - name: x\n    columns:\n      - tests: [unique]\n"))
        .isInstanceOf(RuleFileException.class)
        .hasMessage("f:4: this column has no name");
    assertThatThrownBy(() -> read("hello: world\n"))
        .isInstanceOf(RuleFileException.class)
        .hasMessageContaining("this is no suite of Great Expectations");
    assertThatThrownBy(() -> read("columns: {a: {checks: {isin: &x [*x]}}}"))
        .isInstanceOf(RuleFileException.class)
        .hasMessageContaining("refers to itself");
  }

  @Test
  void filesAreFoundByPathAndByPattern_andAMissingOneIsAMistake()
      throws IOException, RuleFileException {
    Files.createDirectories(folder.resolve("gx/deep"));
    Files.writeString(folder.resolve("gx/a.json"), OLD_SUITE);
    Files.writeString(folder.resolve("gx/deep/b.json"), OLD_SUITE);
    Files.writeString(folder.resolve("schema.pbtxt"), TFDV);

    RuleFiles files =
        RuleFiles.read(folder, Map.of("m", List.of("gx/**.json", "schema.pbtxt"), "n", List.of()));

    Rules rules = files.of(Model.named("m"));
    assertThat(rules.files()).isEqualTo(3);
    assertThat(rules.rules())
        .extracting(Rule::place)
        .contains(
            "gx/a.json, expectation 1", "gx/deep/b.json, expectation 1", "schema.pbtxt, line 2");
    assertThat(files.of(Model.named("n")).isEmpty()).isTrue();
    assertThatThrownBy(() -> RuleFiles.read(folder, Map.of("m", List.of("gx/*.yml", "none.json"))))
        .isInstanceOf(RuleFileException.class)
        .hasMessage(
            "models[].validation.rules of m: no file matches gx/*.yml\n"
                + "models[].validation.rules of m: there is no file none.json");
  }

  @Test
  void aPatternThatWouldTakeForeverTellsNothing() throws RuleFileException {
    Requirement form =
        read("""
                {"expectations": [{"type": "expect_column_values_to_match_regex",
                  "kwargs": {"column": "a", "regex": "^.*.*.*.*.*.*.*x$"}}]}
                """)
            .rules()
            .get(0)
            .requirement();

    assertThat(form.allows("a".repeat(60))).isEmpty();
    assertThat(form.allows("aax")).contains(true);
  }

  @Provide
  Arbitrary<String> broken() {
    return Arbitraries.of(OLD_SUITE, TFDV, PANDERA, DBT)
        .flatMap(
            text ->
                Arbitraries.integers()
                    .between(0, text.length() - 1)
                    .flatMap(
                        at ->
                            Arbitraries.of(
                                    "{", "}", "[", "]", "\"", "'", ":", "\n", "&a", "*a", "-", "#",
                                    "null", "\\", "\t", "<", "1e999", "")
                                .flatMap(
                                    piece ->
                                        Arbitraries.integers()
                                            .between(0, 40)
                                            .map(
                                                cut ->
                                                    text.substring(0, at)
                                                        + piece
                                                        + text.substring(
                                                            Math.min(text.length(), at + cut))))));
  }

  @Property(tries = 2000)
  void whatIsBrokenIsReadOrRefused_neverMore(@ForAll("broken") String text) {
    isReadOrRefused(text);
  }

  @Property(tries = 1000)
  void anyTextIsReadOrRefused_neverMore(@ForAll String text, @ForAll @IntRange(max = 3) int kind) {
    isReadOrRefused(
        List.of("", "feature { name: ", "columns: ", "{\"expectations\": ").get(kind) + text);
  }

  private static void isReadOrRefused(String text) {
    try {
      Rules rules = read(text);
      assertThat(rules.files()).isEqualTo(1);
      rules.rules().forEach(rule -> assertThat(rule.requirement().text()).isNotEmpty());
    } catch (RuleFileException e) {
      assertThat(e.getMessage()).startsWith("f");
    }
  }

  @Property(tries = 200)
  void aRangeIsTheSameInAllFourForms(
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double one,
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double other)
      throws RuleFileException {
    String least = String.format(Locale.ROOT, "%.3f", Math.min(one, other));
    String most = String.format(Locale.ROOT, "%.3f", Math.max(one, other));
    Requirement wanted = within(Double.parseDouble(least), true, Double.parseDouble(most), true);
    List<String> forms =
        List.of(
            "{\"expectations\": [{\"type\": \"expect_column_values_to_be_between\", \"kwargs\":"
                + " {\"column\": \"a\", \"min_value\": %s, \"max_value\": %s}}]}",
            "feature { name: \"a\" float_domain { min: %s max: %s } }",
            "columns: {a: {nullable: true, checks: {in_range: {min_value: %s, max_value: %s}}}}",
            "models: [{name: m, columns: [{name: a, tests: [{dbt_utils.accepted_range:"
                + " {min_value: %s, max_value: %s}}]}]}]");
    for (String form : forms) {
      assertThat(read(String.format(Locale.ROOT, form, least, most)).rules())
          .extracting(Rule::requirement)
          .containsExactly(wanted);
    }
  }
}
