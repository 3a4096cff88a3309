package dev.samovar.burrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Metrics.Line;
import dev.samovar.evidence.Metrics.Point;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.fixture.Misbehaving;
import dev.samovar.fixture.Routes;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Burrow's wiki, “Consumer Group Status”: “The endpoint "/lag" will return an object that includes
 * all partitions for the consumer, regardless of the evaluated state of the partition”; the shape
 * is the one shown there, with {@code totallag} as the code has it.
 */
@SuppressWarnings("NullAway.Init") // JUnit calls start.
class BurrowFeedTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");
  private static final Window DAY = new Window(NOW.minus(Duration.ofDays(1)), NOW);
  private static final Duration BUDGET = Duration.ofSeconds(5);

  private static final String STATUS =
      """
      {"error": false, "message": "consumer status returned",
       "status": {"cluster": "main", "group": "fraud-consumer", "status": "ERR", "complete": 1,
         "partitions": [
           {"topic": "orders", "partition": 0, "owner": "", "status": "STOP", "complete": 1,
            "current_lag": 900, "start": {"offset": 1, "timestamp": 1779288600000, "lag": 20},
            "end": {"offset": 1, "timestamp": 1779288900000, "lag": 400}},
           {"topic": "orders", "partition": 1, "owner": "", "status": "OK", "complete": 1,
            "current_lag": 5, "start": {"offset": 1, "timestamp": 1779288660000, "lag": 4},
            "end": null}],
         "partition_count": 2, "maxlag": null, "totallag": 905},
       "request": {"url": "/v3/kafka/main/consumer/fraud-consumer/lag", "host": "burrow"}}
      """;

  private final Routes routes = new Routes();
  private MockWebServer server;

  @BeforeEach
  void start() throws IOException {
    server = new MockWebServer();
    server.setDispatcher(routes);
    server.start();
    routes
        .on("/v3/kafka", "{\"error\": false, \"clusters\": [\"main\"]}")
        .on(
            "/v3/kafka/main/consumer",
            "{\"error\": false, \"consumers\": [\"fraud-consumer\", \"fraudulent\", \"other\"]}")
        .on("/v3/kafka/main/consumer/fraud-consumer/lag", STATUS);
  }

  @AfterEach
  void stop() throws IOException {
    server.shutdown();
  }

  private static BurrowFeed feed(String url, Optional<String> cluster) throws IOException {
    return new BurrowFeed(
        new BurrowSettings(
            url, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), cluster),
        Clock.fixed(NOW.plusSeconds(1), ZoneOffset.UTC));
  }

  @Test
  void lag_and_judgement_of_the_groups_that_bear_the_models_name_are_told() throws Exception {
    try (BurrowFeed feed = feed(server.url("/").toString(), Optional.empty())) {
      List<Line> lines = feed.lines(Model.named("fraud"), DAY, BUDGET);
      assertThat(lines)
          .extracting(Line::metric)
          .containsExactly("burrow_kafka_consumer_lag_total", "burrow_kafka_consumer_status");
      assertThat(lines.get(0).labels())
          .isEqualTo(Map.of("cluster", "main", "consumer_group", "fraud-consumer"));
      assertThat(lines.get(0).points())
          .containsExactly(
              new Point(Instant.ofEpochMilli(1_779_288_600_000L), 24),
              new Point(NOW.minusMillis(1), 905));
      assertThat(lines.get(1).points()).containsExactly(new Point(NOW.minusMillis(1), 3));
      assertThat(feed.lines(Model.named("unknown"), DAY, BUDGET)).isEmpty();
    }
  }

  @Test
  void a_cluster_that_is_named_is_asked_alone() throws Exception {
    try (BurrowFeed feed = feed(server.url("/").toString(), Optional.of("main"))) {
      assertThat(feed.lines(Model.named("fraud"), DAY, BUDGET)).hasSize(2);
    }
    assertThat(routes.asked()).doesNotContain("/v3/kafka");
  }

  private static Stream<MockResponse> answers() {
    return Misbehaving.answers();
  }

  @ParameterizedTest
  @MethodSource("answers")
  void a_server_that_misbehaves_is_no_answer(MockResponse answer) throws Exception {
    Misbehaving.with(
        answer,
        url -> {
          try (BurrowFeed feed = feed(url, Optional.empty())) {
            assertThatThrownBy(() -> feed.lines(Model.named("m"), DAY, Duration.ofMillis(700)))
                .isInstanceOf(EvidenceException.class)
                .hasMessageContaining("Burrow");
          }
        });
  }
}
