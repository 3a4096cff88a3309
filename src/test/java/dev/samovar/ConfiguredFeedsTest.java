package dev.samovar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.config.Configuration;
import dev.samovar.config.ConfigurationException;
import dev.samovar.evidence.EventFeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit gives the folder.
class ConfiguredFeedsTest {
  @TempDir Path folder;

  private List<String> names(String models) throws IOException, ConfigurationException {
    Path file =
        Files.writeString(
            folder.resolve("samovar.yaml"),
            "elasticsearch: { url: \"http://localhost:9200\" }\nmodels:\n" + models);
    try (ConfiguredFeeds feeds =
        ConfiguredFeeds.of(Configuration.load(file, Map.of()), Clock.systemUTC())) {
      return feeds.all().stream().map(EventFeed::name).toList();
    }
  }

  @Test
  void aForgeIsAskedWhereAModelIsThere() throws Exception {
    assertThat(names("  - { name: a }\n")).isEmpty();
    assertThat(names("  - { name: a, repository: \"gitlab:ml/a\" }\n")).containsExactly("GitLab");
    assertThat(
            names(
                """
                - { name: a, repository: "github:acme/a" }
                - { name: b, repository: { at: "gitlab:ml/b" } }
                """))
        .containsExactly("GitHub", "GitLab");
  }
}
