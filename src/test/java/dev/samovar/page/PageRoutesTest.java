package dev.samovar.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.incidents.Incident;
import dev.samovar.incidents.IncidentsInMemory;
import dev.samovar.incidents.Opening;
import dev.samovar.incidents.Place;
import dev.samovar.runbooks.Runbooks;
import dev.samovar.web.WebServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over the real server. */
class PageRoutesTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Reports.NOW);
  private final AtomicBoolean isAway = new AtomicBoolean();
  private final IncidentsInMemory incidents = new IncidentsInMemory(10);
  private final PageLinks links =
      new PageLinks("https://samovar.example.com", "k".repeat(32), Duration.ofDays(30));
  private final WebServer server =
      new WebServer(
          List.of(
              new PageRoutes(
                  links,
                  new ReportPage(new Runbooks(Optional.empty(), Optional.empty())),
                  incidents,
                  isAway::get,
                  new Clock() {
                    @Override
                    public ZoneId getZone() {
                      return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                      return this;
                    }

                    @Override
                    public Instant instant() {
                      return Objects.requireNonNull(now.get());
                    }
                  })));

  @BeforeEach
  void open() throws Exception {
    server.start(0);
    incidents.open(
        Incident.begin(
                "incident-1",
                new Place("C1", "1.1", "1.2", Optional.of("https://acme.slack.com/archives/C1/p1")),
                new Opening(
                    "fraud-scorer",
                    Reports.NOW.minusSeconds(7200),
                    Set.of(),
                    "it is weird",
                    "U0SECRET",
                    Optional.empty(),
                    Reports.NOW))
            .reported(Reports.rich(), Reports.NOW));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Incident incident() {
    return incidents.find("incident-1").orElseThrow();
  }

  private String path() {
    return URI.create(links.of(incident()).orElseThrow()).getPath();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private void change(java.util.function.UnaryOperator<Incident> how) {
    incidents.change("incident-1", how);
  }

  @Test
  void who_has_the_link_reads_the_report_and_no_other_site_learns_of_it() throws Exception {
    change(
        one ->
            one.ownedBy("U0SECRET", Reports.NOW)
                .explained(Optional.empty(), "a deploy of <@U0SECRET>", "U0SECRET", Reports.NOW));
    HttpResponse<String> answer = get(path());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("amount is 100 times larger")
        .contains("Open; somebody is on it")
        .contains("https://acme.slack.com/archives/C1/p1")
        .contains("This link ends on 2026-06-19 15:00 UTC.")
        .contains("“a deploy of @someone”")
        .doesNotContain("U0SECRET");
    assertThat(answer.headers().map())
        .containsEntry("referrer-policy", List.of("no-referrer"))
        .containsEntry("x-robots-tag", List.of("noindex, nofollow, noarchive"))
        .containsEntry("x-content-type-options", List.of("nosniff"))
        .containsEntry("cache-control", List.of("private, no-store"))
        .containsEntry("content-type", List.of("text/html;charset=utf-8"));
    assertThat(answer.headers().firstValue("content-security-policy").orElse(""))
        .startsWith("default-src 'none'; style-src 'sha256-")
        .contains("img-src data:")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe")
        .doesNotContain("script-src");
  }

  @Test
  void a_link_that_was_never_given_leads_nowhere() throws Exception {
    for (String wrong :
        List.of(
            "/r/x", "/r/incident-1", path() + "A", path().replace("incident-1", "incident-2"))) {
      HttpResponse<String> answer = get(wrong);
      assertThat(answer.statusCode()).as(wrong).isEqualTo(404);
      assertThat(answer.body()).doesNotContain("fraud").doesNotContain("incident");
      assertThat(answer.headers().firstValue("content-security-policy")).isPresent();
    }
  }

  @Test
  void a_link_ends_when_its_time_is_over() throws Exception {
    String path = path();
    now.set(Reports.NOW.plus(Duration.ofDays(30)).minusSeconds(1));
    assertThat(get(path).statusCode()).isEqualTo(200);
    now.set(Reports.NOW.plus(Duration.ofDays(30)));
    HttpResponse<String> ended = get(path);

    assertThat(ended.statusCode()).isEqualTo(410);
    assertThat(ended.body()).contains("This link has ended").doesNotContain("fraud");
  }

  @Test
  void a_revoked_link_stays_dead_when_there_is_a_new_one() throws Exception {
    String old = path();
    change(one -> one.unpublished("U2", Reports.NOW));
    assertThat(get(old).statusCode()).isEqualTo(410);
    change(one -> one.published("U2", Reports.NOW));

    assertThat(get(old).statusCode()).isEqualTo(410);
    assertThat(get(path()).statusCode()).isEqualTo(200);
  }

  @Test
  void what_is_forgotten_is_gone_and_what_may_be_there_is_not() throws Exception {
    String path = path();
    for (int i = 2; i < 20; i++) {
      incidents.open(Incident.begin("incident-" + i, incident().place(), incident().opening()));
      if (incidents.find("incident-1").isEmpty()) {
        break;
      }
    }
    assertThat(get(path).statusCode()).isEqualTo(410);
    isAway.set(true);
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).contains("60");
  }

  @Test
  void who_tries_many_links_is_slowed_down_and_others_are_not() throws Exception {
    int last = 0;
    for (int i = 0; i < 31; i++) {
      last = get("/r/guess" + i).statusCode();
    }

    assertThat(last).isEqualTo(429);
    assertThat(get(path()).statusCode()).isEqualTo(200);
    now.set(Reports.NOW.plusSeconds(60));
    assertThat(get("/r/guess").statusCode()).isEqualTo(404);
  }

  @Test
  void what_becomes_of_the_incident_is_seen_at_the_next_visit() throws Exception {
    assertThat(get(path()).body()).contains("nobody has said they are on it");
    assertThat(get(path()).body()).contains("nobody has said they are on it");
    change(one -> one.resolved("U2", Reports.NOW, "says it is over"));

    assertThat(get(path()).body()).contains("<dd>Resolved");
  }

  @Test
  void a_page_is_not_drawn_again_and_again() throws Exception {
    int last = 0;
    for (int i = 0; i < 61; i++) {
      last = get(path()).statusCode();
    }

    assertThat(last).isEqualTo(429);
  }
}
