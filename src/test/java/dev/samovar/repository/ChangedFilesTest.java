package dev.samovar.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangedFilesTest {

  @ParameterizedTest
  @CsvSource({
    "requirements.txt, dependency",
    "a/requirements-prod.lock;b/poetry.lock, dependency",
    "poetry.lock;pyproject.toml, dependency",
    "web/package.json;web/package-lock.json, dependency",
    "env/environment.yml, dependency",
    "pyproject.toml, config",
    "conf/serving.yaml;.env.production, config",
    "poetry.lock;conf/serving.yaml, config",
    "poetry.lock;train.py, code",
    "padlock.py, code",
    "Dockerfile, code",
    "'', code"
  })
  void theFilesGiveTheKind(String files, String kind) {
    List<String> names = files.isEmpty() ? List.of() : List.of(files.split(";", -1));
    assertThat(new ChangedFiles(names, true).kind()).isEqualTo(kind);
    assertThat(new ChangedFiles(names, false).kind()).isEqualTo("code");
  }
}
