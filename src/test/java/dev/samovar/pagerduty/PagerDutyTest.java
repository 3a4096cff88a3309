package dev.samovar.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Presence;
import dev.samovar.fixture.Routes;
import dev.samovar.oncall.Contact;
import dev.samovar.oncall.Stint;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PagerDuty's REST API in the shapes that its reference shows, and in some that it does not. */
class PagerDutyTest {
  private static final Instant FROM = Instant.parse("2026-05-18T15:00:00Z");
  private static final Instant TO = Instant.parse("2026-05-28T15:00:00Z");
  private static final Duration BUDGET = Duration.ofSeconds(5);
  private static final String NOBODY =
      "{\"oncalls\": [], \"limit\": 100, \"offset\": 0, \"more\": false, \"total\": null}";

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
    try (PagerDuty pagerDuty =
        new PagerDuty(server.url("/").toString(), "t0ken", Optional.empty(), Clock.systemUTC())) {
      return pagerDuty.stints("PI7DH85", FROM, TO, budget);
    }
  }

  /** As of GET /oncalls with include[]=users. */
  private static String onCall(String name, String schedule, String start, String end, int level) {
    return """
    {"escalation_policy": {"id": "PT20YPA", "type": "escalation_policy_reference", "summary": "Another Escalation Policy"},
     "escalation_level": %d,
     "schedule": {"id": "%s", "type": "schedule_reference", "summary": "Daily Engineering Rotation"},
     "user": {"id": "PXPGF42", "type": "user", "summary": "%s", "name": "%s", "email": "%s@example.com",
              "time_zone": "Europe/Berlin", "color": "green", "role": "admin", "job_title": null,
              "contact_methods": [], "notification_rules": []},
     "start": %s, "end": %s}
    """
        .formatted(
            level, schedule, name, name, name.toLowerCase(java.util.Locale.ROOT), start, end);
  }

  private static String page(boolean isMore, String... items) {
    return "{\"oncalls\": ["
        + String.join(",", items)
        + "], \"limit\": 100, \"offset\": 0, \"more\": "
        + isMore
        + "}";
  }

  private static String time(String day) {
    return "\"2026-05-" + day + "T09:00:00Z\"";
  }

  @Test
  void who_is_on_call_is_read_once_however_many_policies_use_the_schedule() throws Exception {
    routes.on(
        "/oncalls",
        page(
            false,
            onCall("Ana", "PI7DH85", time("20"), time("21"), 1),
            onCall("Mira", "PI7DH85", time("19"), time("20"), 1),
            onCall("Mira", "PI7DH85", time("19"), time("20"), 2),
            onCall("Jan", "POTHER1", time("19"), time("20"), 1)));

    assertThat(stints(BUDGET))
        .containsExactly(
            new Stint(
                Instant.parse("2026-05-19T09:00:00Z"),
                Instant.parse("2026-05-20T09:00:00Z"),
                new Contact(
                    "Mira",
                    Optional.of("mira@example.com"),
                    Optional.of(ZoneId.of("Europe/Berlin")))),
            new Stint(
                Instant.parse("2026-05-20T09:00:00Z"),
                Instant.parse("2026-05-21T09:00:00Z"),
                new Contact(
                    "Ana",
                    Optional.of("ana@example.com"),
                    Optional.of(ZoneId.of("Europe/Berlin")))));
    assertThat(routes.parameters("/oncalls"))
        .containsEntry("schedule_ids%5B%5D", "PI7DH85")
        .containsEntry("include%5B%5D", "users")
        .containsEntry("since", "2026-05-18T15:00:00Z")
        .containsEntry("until", "2026-05-28T15:00:00Z")
        .containsEntry("time_zone", "UTC");
    RecordedRequest request = routes.requests().get(0);
    assertThat(request.getHeader("Authorization")).isEqualTo("Token token=t0ken");
    assertThat(request.getHeader("Accept")).isEqualTo("application/vnd.pagerduty+json;version=2");
  }

  @Test
  void one_without_an_end_goes_on() throws Exception {
    routes.on("/oncalls", page(false, onCall("Mira", "PI7DH85", "null", "null", 1)));
    Stint stint = stints(BUDGET).get(0);
    assertThat(stint.from()).isBefore(FROM);
    assertThat(stint.to()).isAfter(TO);
  }

  @Test
  void pages_are_read_to_the_end() throws Exception {
    routes.on(
        "/oncalls",
        request -> {
          boolean isFirst = String.valueOf(request.getPath()).contains("offset=0");
          return new MockResponse()
              .setBody(
                  page(
                      isFirst,
                      isFirst
                          ? onCall("Mira", "PI7DH85", time("19"), time("20"), 1)
                          : onCall("Ana", "PI7DH85", time("20"), time("21"), 1)));
        });
    assertThat(stints(BUDGET))
        .extracting(one -> one.contact().name())
        .containsExactly("Mira", "Ana");
    assertThat(routes.asked()).hasSize(2).last().asString().contains("offset=100");
  }

  /** As of GET /schedules/{id}. */
  @Test
  void a_schedule_that_no_policy_uses_is_read_by_itself() throws Exception {
    routes
        .on("/oncalls", NOBODY)
        .on(
            "/schedules/PI7DH85",
            """
            {"schedule": {"id": "PI7DH85", "type": "schedule", "summary": "Daily Engineering Rotation", "name": "Daily Engineering Rotation",
              "time_zone": "America/New_York", "schedule_layers": [],
              "overrides_subschedule": {"name": "Overrides", "rendered_schedule_entries": []},
              "final_schedule": {"name": "Final Schedule", "rendered_schedule_entries": [
                {"start": "2026-05-20T08:00:00-04:00", "end": "2026-05-20T17:00:00-04:00",
                 "user": {"id": "PXPGF42", "type": "user_reference", "summary": "Regina Phalange",
                          "self": "https://api.pagerduty.com/users/PXPGF42", "html_url": "https://subdomain.pagerduty.com/users/PXPGF42"}}],
                "rendered_coverage_percentage": 37.5},
              "users": [], "teams": [], "escalation_policies": []}}
            """);

    assertThat(stints(BUDGET))
        .containsExactly(
            new Stint(
                Instant.parse("2026-05-20T12:00:00Z"),
                Instant.parse("2026-05-20T21:00:00Z"),
                new Contact("Regina Phalange", Optional.empty(), Optional.empty())));
  }

  @Test
  void what_it_does_not_know_or_does_not_allow_is_said() {
    routes.on("/oncalls", NOBODY);
    assertThatThrownBy(() -> stints(BUDGET))
        .hasMessage("PagerDuty knows no schedule PI7DH85, or the token may not see it");
    routes.on(
        "/oncalls",
        request ->
            new MockResponse()
                .setResponseCode(401)
                .setBody("{\"error\":{\"message\":\"Unauthorized\",\"code\":2006}}"));
    assertThatThrownBy(() -> stints(BUDGET))
        .hasMessageContaining("401")
        .hasMessageContaining("pagerduty")
        .hasMessageNotContaining("t0ken");
  }

  @Test
  void it_is_waited_for_as_it_asks() throws Exception {
    routes.on(
        "/oncalls",
        request ->
            routes.requests().size() == 1
                ? new MockResponse().setResponseCode(429).setHeader("Retry-After", "1")
                : new MockResponse()
                    .setBody(page(false, onCall("Mira", "PI7DH85", time("19"), time("20"), 1))));
    assertThat(stints(BUDGET)).hasSize(1);
    assertThat(routes.requests()).hasSize(2);
  }

  @Test
  void a_server_that_misbehaves_is_an_error_in_time() {
    Duration short_ = Duration.ofMillis(600);
    List<MockResponse> wrong =
        List.of(
            new MockResponse().setResponseCode(500).setBody("oops"),
            new MockResponse().setBody("{\"oncalls\": ["),
            new MockResponse().setBody("<html>Sign in</html>"),
            new MockResponse().setBody("{\"oncalls\": {}}"),
            new MockResponse().setBody("[]"),
            new MockResponse().setBody(""),
            new MockResponse()
                .setBody(page(false, onCall("Mira", "PI7DH85", "\"soon\"", time("20"), 1))),
            new MockResponse().setResponseCode(302).setHeader("Location", "/login"),
            new MockResponse().setBody(NOBODY).setHeadersDelay(5, TimeUnit.SECONDS),
            new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
    for (MockResponse answer : wrong) {
      routes.on("/oncalls", request -> answer);
      long begun = System.nanoTime();
      assertThatThrownBy(() -> stints(short_))
          .as(answer.toString())
          .isInstanceOf(EvidenceException.class)
          .hasMessageContaining("PagerDuty");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void endless_pages_end() {
    String full =
        IntStream.range(0, 100)
            .mapToObj(i -> onCall("P" + i, "PI7DH85", time("19"), time("20"), 1))
            .collect(Collectors.joining(","));
    routes.on("/oncalls", page(true, full));
    assertThatThrownBy(() -> stints(BUDGET)).hasMessageContaining("more than 1000 turns");
    assertThat(routes.requests()).hasSize(10);
  }

  @Test
  void that_it_answers_is_told_with_its_clock() throws Exception {
    routes.on(
        "/oncalls",
        request ->
            new MockResponse().setBody(NOBODY).setHeader("Date", "Wed, 20 May 2026 15:00:30 GMT"));
    try (PagerDuty pagerDuty =
        new PagerDuty(
            server.url("/").toString(),
            "t0ken",
            Optional.empty(),
            Clock.fixed(Instant.parse("2026-05-20T15:00:00Z"), ZoneOffset.UTC))) {
      Presence presence = pagerDuty.presence(BUDGET);
      assertThat(presence.version()).isEqualTo("REST API v2");
      assertThat(presence.skew())
          .hasValueSatisfying(
              skew -> assertThat(skew).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(30)));
    }
  }
}
