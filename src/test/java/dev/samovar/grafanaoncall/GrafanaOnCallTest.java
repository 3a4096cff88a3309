package dev.samovar.grafanaoncall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samovar.evidence.EvidenceException;
import dev.samovar.fixture.Routes;
import dev.samovar.oncall.Contact;
import dev.samovar.oncall.Stint;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The API of Grafana OnCall in the shapes that its reference shows, and in some that it does not.
 */
class GrafanaOnCallTest {
  private static final Instant FROM = Instant.parse("2023-01-02T12:00:00Z");
  private static final Instant TO = Instant.parse("2023-01-05T12:00:00Z");
  private static final Duration BUDGET = Duration.ofSeconds(5);
  private static final String PATH = "/oncall/api/v1/schedules/SBM7DV7BKFUYU/final_shifts";

  private final MockWebServer server = new MockWebServer();
  private final Routes routes = new Routes();

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(routes);
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.shutdown();
  }

  private List<Stint> stints(Duration budget) throws EvidenceException, IOException {
    try (GrafanaOnCall source =
        new GrafanaOnCall(
            server.url("/oncall").toString(),
            "glsa_t0ken",
            Optional.of("https://acme.grafana.net"),
            Optional.empty(),
            Clock.systemUTC())) {
      return source.stints("SBM7DV7BKFUYU", FROM, TO, budget);
    }
  }

  private static String shift(String name, String from, String to) {
    return """
    {"user_pk": "UC2CHRT5SD34X", "user_email": "%s@example.com", "user_username": "%s",
     "shift_start": "%s", "shift_end": "%s"}
    """
        .formatted(name, name, from, to);
  }

  private static String page(String next, String... shifts) {
    return "{\"count\": 12, \"next\": %s, \"previous\": null, \"results\": [%s]}"
        .formatted(next, String.join(",", shifts));
  }

  @Test
  void the_final_shifts_that_overlap_the_time_are_read() throws Exception {
    routes.on(
        PATH,
        page(
            "null",
            shift("alice", "2023-01-02T09:00:00Z", "2023-01-02T17:00:00Z"),
            shift("bob", "2023-01-04T09:00:00Z", "2023-01-04T17:00:00Z"),
            shift("eve", "2023-01-02T00:00:00Z", "2023-01-02T09:00:00Z")));

    assertThat(stints(BUDGET))
        .containsExactly(
            new Stint(
                Instant.parse("2023-01-02T09:00:00Z"),
                Instant.parse("2023-01-02T17:00:00Z"),
                new Contact("alice", Optional.of("alice@example.com"), Optional.empty())),
            new Stint(
                Instant.parse("2023-01-04T09:00:00Z"),
                Instant.parse("2023-01-04T17:00:00Z"),
                new Contact("bob", Optional.of("bob@example.com"), Optional.empty())));
    assertThat(routes.parameters(PATH))
        .containsEntry("start_date", "2023-01-02")
        .containsEntry("end_date", "2023-01-05");
    RecordedRequest request = routes.requests().get(0);
    assertThat(request.getHeader("Authorization")).isEqualTo("glsa_t0ken");
    assertThat(request.getHeader("X-Grafana-URL")).isEqualTo("https://acme.grafana.net");
  }

  @Test
  void pages_are_counted_and_no_other_host_is_asked() throws Exception {
    routes.on(
        PATH,
        request -> {
          boolean isFirst = String.valueOf(request.getPath()).endsWith("page=1");
          return new MockResponse()
              .setBody(
                  isFirst
                      ? page(
                          "\"https://evil.example/?page=2\"",
                          shift("alice", "2023-01-02T09:00:00Z", "2023-01-02T17:00:00Z"))
                      : page("null", shift("bob", "2023-01-04T09:00:00Z", "2023-01-04T17:00:00Z")));
        });
    assertThat(stints(BUDGET))
        .extracting(one -> one.contact().name())
        .containsExactly("alice", "bob");
    assertThat(routes.requests()).hasSize(2);
  }

  @Test
  void endless_pages_end() {
    routes.on(PATH, page("\"x\"", shift("alice", "2023-01-02T09:00:00Z", "2023-01-02T17:00:00Z")));
    assertThatThrownBy(() -> stints(BUDGET)).hasMessageContaining("more than 10 pages");
    assertThat(routes.requests()).hasSize(10);
  }

  @Test
  void what_is_not_there_and_what_is_wrong_is_said_in_time() {
    assertThatThrownBy(() -> stints(BUDGET))
        .hasMessage("Grafana OnCall knows no schedule SBM7DV7BKFUYU, or the token may not see it");
    List<MockResponse> wrong =
        List.of(
            new MockResponse().setResponseCode(503).setBody("oops"),
            new MockResponse().setResponseCode(403).setBody("{\"detail\":\"Invalid token.\"}"),
            new MockResponse().setBody("{\"results\": [{\"shift_start\": \"2023"),
            new MockResponse().setBody("{\"results\": 3}"),
            new MockResponse()
                .setBody(page("null", shift("alice", "then", "2023-01-02T17:00:00Z"))),
            new MockResponse().setBody(page("null")).setHeadersDelay(5, TimeUnit.SECONDS));
    for (MockResponse answer : wrong) {
      routes.on(PATH, request -> answer);
      assertThatThrownBy(() -> stints(Duration.ofMillis(600)))
          .as(answer.toString())
          .isInstanceOf(EvidenceException.class)
          .hasMessageContaining("Grafana OnCall")
          .hasMessageNotContaining("t0ken");
    }
  }
}
