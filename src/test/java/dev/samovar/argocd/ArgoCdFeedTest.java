package dev.samovar.argocd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.fixture.Misbehaving;
import dev.samovar.fixture.Routes;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
 * Argo CD's API description (swagger.json): {@code v1alpha1ApplicationStatus.history} is a list of
 * {@code v1alpha1RevisionHistory}: “deployStartedAt, deployedAt, id, initiatedBy {automated,
 * username}, revision: the revision the sync was performed against, revisions, source, sources”;
 * {@code GET /api/v1/applications/{name}/revisions/{revision}/metadata} gives {@code
 * v1alpha1RevisionMetadata}: “author, date, message, signatureInfo, tags”.
 */
@SuppressWarnings("NullAway.Init") // JUnit calls start.
class ArgoCdFeedTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");
  private static final Window WEEK = new Window(NOW.minus(Duration.ofDays(7)), NOW);
  private static final Duration BUDGET = Duration.ofSeconds(5);
  private static final Model MODEL = Model.named("fraud-scorer");
  private static final String ONE = "1".repeat(40);
  private static final String TWO = "2".repeat(40);
  private static final String PATH = "/api/v1/applications/fraud";

  private static final String APPLICATION =
      """
      {"metadata": {"name": "fraud", "namespace": "argocd"},
       "spec": {"source": {"repoURL": "https://git.example.com/ml/deploy", "path": "fraud"}},
       "status": {
         "sync": {"status": "OutOfSync", "revision": "%s"},
         "health": {"status": "Degraded", "message": "Deployment exceeded its progress deadline"},
         "operationState": %s,
         "history": [
           {"id": 6, "revision": "%s", "deployedAt": "2026-05-18T08:00:05Z",
            "deployStartedAt": "2026-05-18T08:00:00Z", "initiatedBy": {"automated": true},
            "source": {"repoURL": "https://git.example.com/ml/deploy", "path": "fraud"}},
           {"id": 7, "revision": "%s", "deployedAt": "2026-05-20T13:58:20Z",
            "deployStartedAt": "2026-05-20T13:58:00Z", "initiatedBy": {"username": "ana"},
            "source": {"repoURL": "https://git.example.com/ml/deploy", "path": "fraud"}},
           {"id": 8, "revision": "%s", "deployedAt": "2026-05-20T14:30:10Z",
            "initiatedBy": {"automated": true},
            "source": {"repoURL": "https://git.example.com/ml/deploy", "path": "fraud"}}]}}
      """;

  private final Routes routes = new Routes();
  private MockWebServer server;

  @BeforeEach
  void start() throws IOException {
    server = new MockWebServer();
    server.setDispatcher(routes);
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.shutdown();
  }

  private static ArgoCdFeed feed(String url, String... applications) throws IOException {
    return new ArgoCdFeed(
        new ArgoCdSettings(
            url,
            Optional.of("argo-token"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of("fraud-scorer", List.of(applications))),
        Clock.systemUTC());
  }

  private List<Event> events(String... applications) throws Exception {
    try (ArgoCdFeed feed = feed(server.url("/").toString(), applications)) {
      return feed.events(MODEL, Dataset.CHANGE, WEEK, BUDGET);
    }
  }

  private void application(String operation) {
    routes.on(PATH, APPLICATION.formatted(ONE, operation, ONE, TWO, ONE));
    routes.on(
        PATH + "/revisions/" + TWO + "/metadata",
        """
        {"author": "Jan Novak <jan@example.com>", "date": "2026-05-20T13:50:00Z",
         "message": "fraud: batch size 128\\n\\nfaster", "signatureInfo": ""}
        """);
  }

  private static String value(Event event, String field) {
    return event.text(field).orElse("");
  }

  @Test
  void syncs_are_changes_with_revisions_author_and_page() throws Exception {
    application("{\"phase\": \"Succeeded\", \"finishedAt\": \"2026-05-20T14:30:10Z\"}");
    List<Event> events = events("argocd/fraud");

    assertThat(events)
        .extracting(Event::time)
        .containsExactly(
            Instant.parse("2026-05-20T14:30:10Z"),
            Instant.parse("2026-05-20T13:58:00Z"),
            Instant.parse("2026-05-18T08:00:00Z"));
    Event sync = events.get(1);
    assertThat(value(sync, Fields.CHANGE_KIND)).isEqualTo("code");
    assertThat(value(sync, Fields.CHANGE_COMPONENT)).isEqualTo("fraud");
    assertThat(value(sync, Fields.CHANGE_FROM)).isEqualTo("1111111111");
    assertThat(value(sync, Fields.CHANGE_TO)).isEqualTo("2222222222");
    assertThat(value(sync, Fields.CHANGE_AUTHOR)).isEqualTo("ana");
    assertThat(value(sync, Fields.CHANGE_SUMMARY))
        .isEqualTo("synced by Argo CD, “fraud: batch size 128”");
    assertThat(value(sync, Fields.CHANGE_URL))
        .isEqualTo(server.url("/applications/argocd/fraud").toString() + "#history-7");
    assertThat(value(events.get(0), Fields.CHANGE_SUMMARY))
        .isEqualTo(
            "rolled back by itself by Argo CD; it is Degraded (“Deployment exceeded its progress"
                + " deadline”), OutOfSync: what runs is not what is in Git");
    assertThat(routes.asked()).contains(PATH + "?appNamespace=argocd");
    assertThat(routes.requests().get(0).getHeader("Authorization")).isEqualTo("Bearer argo-token");
  }

  @Test
  void the_author_of_a_commit_is_named_where_nobody_pressed_a_button() throws Exception {
    application("{}");
    routes.on(
        PATH + "/revisions/" + ONE + "/metadata", "{\"author\": \"Eva <e@x>\", \"message\": \"\"}");
    assertThat(value(events("fraud").get(0), Fields.CHANGE_AUTHOR)).isEqualTo("Eva");
  }

  @Test
  void a_commit_that_cannot_be_looked_up_does_not_hide_its_deployment() throws Exception {
    application("{}");
    routes.on(
        PATH + "/revisions/" + TWO + "/metadata",
        request -> new MockResponse().setResponseCode(500).setBody("rpc error"));
    assertThat(value(events("fraud").get(1), Fields.CHANGE_SUMMARY))
        .isEqualTo("synced by Argo CD; its commit could not be looked up");
  }

  @Test
  void a_sync_that_failed_is_told() throws Exception {
    application(
        """
        {"phase": "Failed", "startedAt": "2026-05-20T14:40:00Z",
         "finishedAt": "2026-05-20T14:41:00Z", "message": "one or more objects failed to apply",
         "operation": {"sync": {"revision": "%s"}, "initiatedBy": {"username": "ana"}}}
        """
            .formatted(TWO));
    Event failed = events("fraud").get(0);
    assertThat(failed.time()).isEqualTo(Instant.parse("2026-05-20T14:41:00Z"));
    assertThat(value(failed, Fields.CHANGE_SUMMARY))
        .isEqualTo("sync by Argo CD failed: “one or more objects failed to apply”");
  }

  @Test
  void charts_are_told_by_their_version_and_syncs_of_the_same_as_configuration() throws Exception {
    routes.on(
        PATH,
        """
        {"metadata": {"name": "fraud"}, "status": {"history": [
          {"id": 1, "revision": "1.2.0", "deployedAt": "2026-05-20T10:00:00Z",
           "source": {"chart": "fraud"}},
          {"id": 2, "revision": "1.2.0", "deployedAt": "2026-05-20T11:00:00Z",
           "source": {"chart": "fraud"}},
          {"id": 3, "deployedAt": "tomorrow"}, 5]}}
        """);
    assertThat(events("fraud"))
        .extracting(one -> value(one, Fields.CHANGE_KIND) + " " + value(one, Fields.CHANGE_TO))
        .containsExactly("config 1.2.0", "code 1.2.0");
    assertThat(routes.asked()).containsExactly(PATH);
  }

  @Test
  void another_model_has_nothing_here_and_is_not_asked_for() throws Exception {
    try (ArgoCdFeed feed = feed(server.url("/").toString(), "fraud")) {
      assertThat(feed.events(Model.named("other"), Dataset.CHANGE, WEEK, BUDGET)).isEmpty();
      assertThat(feed.fields(Model.named("other"), Dataset.CHANGE, BUDGET)).isEmpty();
      assertThat(feed.fields(MODEL, Dataset.CHANGE, BUDGET)).contains(Fields.CHANGE_AUTHOR);
    }
    assertThat(routes.asked()).isEmpty();
  }

  @Test
  void an_application_that_there_is_not_and_one_that_is_refused_are_said() {
    assertThatThrownBy(() -> events("fraud"))
        .hasMessage("Argo CD has no application fraud; check models[].argocd");
    routes.on(
        PATH,
        request ->
            new MockResponse().setResponseCode(403).setBody("{\"message\":\"permission denied\"}"));
    assertThatThrownBy(() -> events("fraud"))
        .hasMessageContaining("Argo CD refuses (403) the application fraud");
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
          try (ArgoCdFeed feed = feed(url, "fraud")) {
            assertThatThrownBy(
                    () -> feed.events(MODEL, Dataset.CHANGE, WEEK, Duration.ofMillis(700)))
                .isInstanceOf(EvidenceException.class)
                .hasMessageContaining("Argo CD");
          }
        });
  }
}
