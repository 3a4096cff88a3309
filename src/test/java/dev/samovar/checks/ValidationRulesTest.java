package dev.samovar.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.fixture.World;
import dev.samovar.triage.Report;
import dev.samovar.triage.Report.State;
import dev.samovar.validation.RuleFileException;
import dev.samovar.validation.RuleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the check says of the rules that a team already has, on the real Elasticsearch. */
class ValidationRulesTest {
  private static final String SUITE =
      """
      {"name": "fraud", "expectations": [
        {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "amount"}},
        {"type": "expect_column_values_to_be_between",
         "kwargs": {"column": "amount", "min_value": %s, "max_value": 10000, "mostly": %s}},
        {"type": "expect_column_values_to_be_in_set",
         "kwargs": {"column": "country", "value_set": ["DE", "FR", "US"]}}]}
      """;

  @TempDir private Path folder = Path.of("");

  private World with(String file, String content, World world)
      throws IOException, RuleFileException {
    Files.writeString(folder.resolve(file), content);
    return world.rules(RuleFiles.read(folder, Map.of("m", List.of(file))));
  }

  /** An amount of zero on which the model fails, a fifth of the last hour. */
  private static World zeros(Consumer<Map<String, Object>> further) {
    Random random = new Random(4);
    return new World()
        .predictions(
            400,
            event -> {
              event.put("ml.validation.outcome", "pass");
              if (World.isTrouble(event) && random.nextDouble() < 0.2) {
                event.put("ml.features.amount", 0.0);
                event.put("event.outcome", "failure");
              }
              further.accept(event);
            });
  }

  private static void isFound(Report.Row row) {
    assertThat(row.state()).as(row.summary() + row.reason()).isEqualTo(State.FOUND);
  }

  @Test
  void catch_aSliceThatNoRuleCovers() throws Exception {
    Report.Row row =
        with("fraud.json", SUITE.formatted("0", "1.0"), zeros(event -> {}))
            .ask(CheckId.VALIDATION_GAP);

    isFound(row);
    assertThat(row.summary())
        .contains("no rule covers amount")
        .contains("fraud.json, expectation 2 allows 0 to 10000");
  }

  @Test
  void catch_aSliceThatARuleCoversWhichIsNotRun() throws Exception {
    Report report = with("fraud.json", SUITE.formatted("0.01", "1.0"), zeros(event -> {})).report();
    Report.Row row = report.row(CheckId.VALIDATION_GAP);

    isFound(row);
    assertThat(row.summary())
        .contains("a rule covers it, and its rows passed all the same")
        .contains("fraud.json, expectation 2 allows 0.01 to 10000");
    assertThat(
            report.causes().stream()
                .filter(cause -> cause.check() == CheckId.VALIDATION_GAP)
                .flatMap(cause -> cause.evidence().stream())
                .map(Fact::text))
        .anyMatch(text -> text.contains("not run on what is served"));
  }

  @Test
  void catch_aSliceThatALenientRuleLetsPass() throws Exception {
    Report.Row row =
        with("fraud.json", SUITE.formatted("0.01", "0.6"), zeros(event -> {}))
            .ask(CheckId.VALIDATION_GAP);

    isFound(row);
    assertThat(row.summary()).contains("lenient").contains("40.0 % of a batch to differ");
  }

  @Test
  void catch_withoutLoggedVerdicts_ifRulesAreKnown() throws Exception {
    World silent = zeros(event -> event.remove("ml.validation.outcome"));
    assertThat(silent.ask(CheckId.VALIDATION_GAP).state()).isEqualTo(State.NOT_CHECKED);

    Report.Row row =
        with("fraud.json", SUITE.formatted("0", "1.0"), silent).ask(CheckId.VALIDATION_GAP);

    isFound(row);
    assertThat(row.summary()).contains("no rule covers amount").doesNotContain("no rule rejected");
  }

  @Test
  void catch_aValueThatOnlyAPatternCouldTell_andSaysWhatItCouldNotRead() throws Exception {
    Random random = new Random(4);
    World world =
        new World()
            .predictions(
                400,
                event -> {
                  event.put("ml.validation.outcome", "pass");
                  if (World.isTrouble(event) && random.nextDouble() < 0.2) {
                    event.put("ml.features.country", "ZZ");
                    event.put("event.outcome", "failure");
                  }
                });
    String schema =
        """
        version: 2
        models:
          - name: payments
            columns:
              - name: COUNTRY
                tests:
                  - dbt_expectations.expect_column_values_to_match_regex: {regex: "^[A-Z]{2}$"}
                  - relationships: {to: ref('countries'), field: code}
        """;
    Report report = with("schema.yml", schema, world).report();
    Report.Row row = report.row(CheckId.VALIDATION_GAP);

    isFound(row);
    assertThat(row.summary())
        .contains("no rule that could be understood covers country")
        .contains("schema.yml, line 7 allows what matches /^[A-Z]{2}$/");
    assertThat(report.causes().stream().flatMap(cause -> cause.evidence().stream()).map(Fact::text))
        .anyMatch(
            text ->
                text.contains("1 rule that may be about it could not be understood")
                    && text.contains("ref('countries')"));
  }

  @Test
  void lookAlike_rowsThatTheirRuleDidReject() throws Exception {
    Report.Row row =
        with(
                "fraud.json",
                SUITE.formatted("0.01", "1.0"),
                zeros(
                    event -> {
                      if (Double.valueOf(0.0).equals(event.get("ml.features.amount"))) {
                        event.put("ml.validation.outcome", "fail");
                      }
                    }))
            .ask(CheckId.VALIDATION_GAP);

    assertThat(row.state()).as(row.summary()).isEqualTo(State.CLEAR);
    assertThat(row.summary()).contains("3 rules in 1 file understood, 0 not");
  }

  @Test
  void tooLittle_saysSo() throws Exception {
    Report.Row row =
        with(
                "fraud.json",
                SUITE.formatted("0", "1.0"),
                new World().predictions(1, event -> event.put("ml.validation.outcome", "pass")))
            .ask(CheckId.VALIDATION_GAP);

    assertThat(row.state()).as(row.summary()).isEqualTo(State.NOT_CHECKED);
    assertThat(row.reason()).contains("not enough data");
  }
}
