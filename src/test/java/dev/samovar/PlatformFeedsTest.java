package dev.samovar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.config.Configuration;
import dev.samovar.doctor.Station;
import dev.samovar.fixture.Routes;
import dev.samovar.kubernetes.StandInKubernetes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit gives the folder.
class PlatformFeedsTest {
  @TempDir Path folder;

  private Configuration configuration(String platforms) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("samovar.yaml"),
            """
            elasticsearch: { url: "http://localhost:9200" }
            %s
            models:
              - name: fraud
                kubernetes: ml/fraud
                upstream: [orders-enrich]
            """
                .formatted(platforms));
    return Configuration.load(file, Map.of());
  }

  private static List<Station> stations(Configuration configuration) {
    return PlatformFeeds.stations(
        configuration.platforms(), configuration.models(), Duration.ofSeconds(5));
  }

  @Test
  void what_is_configured_is_told_with_what_it_knows_of_the_models() throws Exception {
    try (StandInKubernetes cluster = new StandInKubernetes();
        MockWebServer other = new MockWebServer()) {
      cluster.deployment("ml", "fraud");
      cluster.pod("ml", "fraud", "a", Instant.parse("2026-05-20T12:00:00Z"));
      cluster.node("node-a", "Ready", "True", Instant.parse("2026-05-20T12:00:00Z"));
      other.setDispatcher(
          new Routes()
              .on("/overview", "{\"flink-version\": \"2.1.0\", \"jobs-running\": 3}")
              .on("/jobs/overview", "{\"jobs\": []}")
              .on("/v3/kafka", "{\"clusters\": [\"main\"]}")
              .on("/v3/kafka/main/consumer", "{\"consumers\": [\"orders-enrich\"]}"));
      other.start();
      String url = other.url("/").toString();
      Configuration configuration =
          configuration(
              """
              kubernetes: { url: "%s", token: "%s" }
              flink: { url: "%s" }
              burrow: { url: "%s" }
              argocd: { url: "%s" }
              """
                  .formatted(cluster.url(), StandInKubernetes.TOKEN, url, url, url));

      assertThat(stations(configuration))
          .extracting(one -> one.name() + " " + one.state() + ": " + one.summary())
          .containsExactly(
              "Kubernetes OK: Kubernetes v1.33.2",
              "Argo CD BROKEN: Argo CD answered the version with status 404: {}",
              "Flink WARNING: Flink 2.1.0, 3 jobs running",
              "Burrow OK: Burrow, which watches main");
      assertThat(stations(configuration).get(0).details())
          .containsExactly("fraud: 1 pod of fraud in namespace ml.");
      assertThat(stations(configuration).get(3).details())
          .containsExactly("fraud: consumer groups orders-enrich.");
      try (ConfiguredFeeds feeds = ConfiguredFeeds.of(configuration, Clock.systemUTC())) {
        assertThat(feeds.all())
            .extracting(feed -> feed.name())
            .containsExactly("Kubernetes", "Argo CD", "Flink");
        assertThat(feeds.figures())
            .extracting(feed -> feed.name())
            .containsExactly("Kubernetes", "Flink", "Burrow");
      }
    }
  }

  @Test
  void what_is_not_configured_is_not_there() throws Exception {
    Configuration configuration =
        configuration("kubernetes: { url: \"http://127.0.0.1:1\", token: none }");
    assertThat(stations(configuration))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.state()).isEqualTo(Station.State.BROKEN);
              assertThat(one.summary()).contains("Kubernetes can't be reached");
              assertThat(one.toString()).doesNotContain("none,");
            });
  }
}
