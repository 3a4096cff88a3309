package dev.samovar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulePathsTest {
  private static Configuration read(String models) throws ConfigurationException {
    return Configuration.parse(
        "samovar.yaml",
        "elasticsearch: { url: \"http://localhost:9200\" }\nmodels:\n" + models,
        Map.of());
  }

  private static String mistakes(String models) {
    return String.valueOf(
        catchThrowableOfType(ConfigurationException.class, () -> read(models)).getMessage());
  }

  @Test
  void aModelNamesItsRules() throws ConfigurationException {
    Configuration configuration =
        read(
            """
              - { name: fraud, validation: { rules: ["gx/*.json", schema.pbtxt] } }
              - { name: plain }
            """);

    assertThat(configuration.validationRules())
        .isEqualTo(Map.of("fraud", List.of("gx/*.json", "schema.pbtxt")));
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThat(mistakes("  - { name: fraud, validation: { rule: [a.json] } }\n"))
        .contains("models[0].validation.rules: is missing")
        .contains("models[0].validation.rule: unknown key; did you mean \"rules\"?");
    assertThat(mistakes("  - { name: fraud, validation: { rules: a.json } }\n"))
        .contains("models[0].validation.rules: expected a list");
    assertThat(mistakes("  - { name: fraud, validation: { rules: [\"\"] } }\n"))
        .contains("models[0].validation.rules[0]: expected a path");
  }
}
