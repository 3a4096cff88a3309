package dev.samovar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.samovar.evidence.Repository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepositoriesTest {
  private static final String START = "elasticsearch: { url: \"http://localhost:9200\" }\n";

  private static Repositories read(String text) throws ConfigurationException {
    return Configuration.parse("samovar.yaml", START + text, Map.of("TOKEN", "s3cret"))
        .repositories();
  }

  private static String mistakes(String text) {
    return String.valueOf(
        catchThrowableOfType(ConfigurationException.class, () -> read(text)).getMessage());
  }

  @Test
  void aModelSaysWhereItsCodeIs() throws ConfigurationException {
    Repositories repositories =
        read(
            """
            github: { url: "https://git.acme.example/api/v3", token: "${TOKEN}" }
            models:
              - { name: fraud, repository: "github:acme/fraud" }
              - name: churn
                repository:
                  at: "gitlab:ml/teams/churn"
                  paths: ["/models/churn/", shared]
                  branch: release
                  environment: live
              - { name: plain }
            """);

    assertThat(repositories.github().url()).isEqualTo("https://git.acme.example/api/v3");
    assertThat(repositories.github().token()).contains(new Secret("s3cret"));
    assertThat(repositories.gitlab())
        .isEqualTo(new Repositories.Host("https://gitlab.com", Optional.empty(), Optional.empty()));
    assertThat(repositories.at("github"))
        .containsExactly(
            Map.entry(
                "fraud",
                new Repository("github", "acme/fraud", List.of(), Optional.empty(), "production")));
    assertThat(repositories.at("gitlab"))
        .containsExactly(
            Map.entry(
                "churn",
                new Repository(
                    "gitlab",
                    "ml/teams/churn",
                    List.of("models/churn", "shared"),
                    Optional.of("release"),
                    "live")));
  }

  @ParameterizedTest
  @CsvSource({
    "githup:acme/fraud, did you mean \"github:\"?",
    "acme/fraud, write github:owner/name",
    "github:acme, is no project",
    "github:acme/fraud/x, is no project",
    "github:acme/.., is no project",
    "gitlab:fraud, is no project",
    "gitlab:a/../b, is no project",
    "https://github.com/acme/fraud, does not say where it is"
  })
  void whatIsNoRepositoryIsNamedWithItsPlace(String given, String said) {
    assertThat(mistakes("models:\n  - { name: m, repository: \"" + given + "\" }\n"))
        .contains("samovar.yaml:3:28: models[0].repository: \"" + given + "\"", said)
        .doesNotContain("\n");
  }

  @Test
  void wrongKeysAreNamedOnce() {
    assertThat(
            mistakes(
                """
                github: { tokn: x }
                gitlab: { url: gitlab.com }
                models:
                  - name: m
                    repository: { at: "github:a/b", path: [x], paths: ["*.py"] }
                  - name: n
                    repository: { paths: [x] }
                  - name: o
                    repositry: "github:a/b"
                """))
        .contains(
            "github.tokn: unknown key; did you mean \"token\"?",
            "gitlab.url: \"gitlab.com\" is no http",
            "models[0].repository.path: unknown key; did you mean \"paths\"?",
            "models[0].repository.paths[0]: \"*.py\" is no file or folder",
            "models[1].repository.at: is missing",
            "models[2].repositry: unknown key; did you mean \"repository\"?");
  }
}
