package dev.samovar.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Repository;
import dev.samovar.evidence.RepositoryFiles;
import dev.samovar.evidence.Window;
import dev.samovar.fixture.Routes;
import dev.samovar.repository.DeployedFiles;
import dev.samovar.repository.RepositoryFeed;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** GitLab's REST API in the shapes that it documents, and in some that it does not. */
class GitLabTest {
  private static final Window WINDOW =
      new Window(Instant.parse("2026-05-19T15:00:00Z"), Instant.parse("2026-05-20T15:00:00Z"));
  private static final String BASE = "/git/api/v4/projects/group%2Fsub%2Ffraud";
  private static final String NEW = "99d03678b90d914dbb1b109132516d71a4a03ea8";
  private static final String OLD = "a91957a858320c0e17f3a0eca7cfacbff50ea29a";
  private static final Repository ALL =
      new Repository("gitlab", "group/sub/fraud", List.of(), Optional.empty(), "production");
  private static final Repository PART =
      new Repository("gitlab", "group/sub/fraud", List.of("fraud"), Optional.of("main"), "live");

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

  private List<Event> events(Repository repository) throws EvidenceException, IOException {
    try (GitLab gitlab =
        new GitLab(
            server.url("/git").toString(),
            Optional.of("t0ken"),
            Optional.empty(),
            Clock.systemUTC())) {
      return new RepositoryFeed(gitlab, Map.of("fraud-scorer", repository))
          .events(Model.named("fraud-scorer"), Dataset.CHANGE, WINDOW, Duration.ofSeconds(10));
    }
  }

  private static String text(Event event, String field) {
    return event.text(field).orElse("");
  }

  private static String quoted(String text) {
    return text.isEmpty() ? "null" : "\"" + text + "\"";
  }

  private static String deployment(
      int id, String sha, String status, String created, String started, String finished) {
    return """
        {"created_at": "%s", "updated_at": "2026-05-21T08:00:00.414Z", "status": "%s",
         "deployable": {"id": 657, "name": "deploy", "ref": "main", "status": "%s", "created_at": "%s",
           "started_at": %s, "finished_at": %s, "pipeline": {"web_url": "http://evil.example/"}},
         "environment": {"id": 9, "name": "production"}, "id": %d, "iid": 1, "ref": "main",
         "sha": "%s", "user": {"id": 1, "name": "Administrator", "username": "root"}}
        """
        .formatted(created, status, status, created, quoted(started), quoted(finished), id, sha);
  }

  private void deployments(String... deployments) {
    routes.on(
        BASE + "/deployments", Stream.of(deployments).collect(Collectors.joining(",", "[", "]")));
  }

  private void compared(String files) {
    routes.on(
        BASE + "/repository/compare",
        """
        {"commit": null, "compare_timeout": false, "compare_same_ref": false, "web_url": "https://evil.example/",
         "commits": [{"id": "%s", "short_id": "99d03678", "title": "Scale amounts\\r", "message": "m",
           "author_name": "Ana", "author_email": "ana@example.com", "created_at": "2016-08-11T09:36:01.000+02:00"}],
         "diffs": [%s]}
        """
            .formatted(
                NEW,
                Stream.of(files.split(",", -1))
                    .map(
                        f ->
                            "{\"old_path\": \"%s\", \"new_path\": \"%s\", \"diff\": \"\"}"
                                .formatted(f, f))
                    .collect(Collectors.joining(","))));
  }

  private static String before() {
    return deployment(
        41,
        OLD,
        "success",
        "2026-05-10T07:36:40.222Z",
        "2026-05-10T07:36:50.222Z",
        "2026-05-10T07:40:00.222Z");
  }

  @Test
  void aDeploymentIsAChangeAtTheTimeItBegan() throws Exception {
    deployments(
        deployment(
            42,
            NEW,
            "success",
            "2026-05-20T13:30:00.000Z",
            "2026-05-20T15:56:00.000+02:00",
            "2026-05-20T13:59:00.000Z"),
        before());
    compared("fraud/poetry.lock,pyproject.toml");

    List<Event> events = events(ALL);

    assertThat(events).hasSize(1);
    Event event = events.get(0);
    assertThat(event.time()).isEqualTo(Instant.parse("2026-05-20T13:56:00Z"));
    assertThat(text(event, Fields.CHANGE_KIND)).isEqualTo("dependency");
    assertThat(text(event, Fields.CHANGE_COMPONENT)).isEqualTo("group/sub/fraud");
    assertThat(text(event, Fields.CHANGE_FROM)).isEqualTo("a91957a85832");
    assertThat(text(event, Fields.CHANGE_AUTHOR)).isEqualTo("Ana");
    assertThat(text(event, Fields.CHANGE_SUMMARY))
        .isEqualTo("deployed to production: 1 commit: “Scale amounts”");
    assertThat(text(event, Fields.CHANGE_URL))
        .isEqualTo(server.url("/git/group/sub/fraud/-/compare/" + OLD + "..." + NEW).toString());
    assertThat(routes.requests())
        .allSatisfy(request -> assertThat(request.getHeader("PRIVATE-TOKEN")).isEqualTo("t0ken"));
    assertThat(routes.parameters(BASE + "/repository/compare"))
        .containsEntry("from", OLD)
        .containsEntry("to", NEW);
    assertThat(routes.parameters(BASE + "/deployments")).containsEntry("sort", "desc");
  }

  @Test
  void whatWaitsIsNotDeployedAndWhatEndedLaterIsStillRunning() throws Exception {
    deployments(
        deployment(45, NEW, "blocked", "2026-05-20T14:40:00Z", "", ""),
        deployment(44, NEW, "canceled", "2026-05-20T14:30:00Z", "", ""),
        deployment(43, NEW, "created", "2026-05-20T14:20:00Z", "", ""),
        deployment(
            42,
            NEW,
            "failed",
            "2026-05-20T14:10:00Z",
            "2026-05-20T14:11:00Z",
            "2026-05-20T15:00:01Z"),
        before());
    compared("a.py");
    assertThat(events(ALL))
        .singleElement()
        .satisfies(
            event ->
                assertThat(text(event, Fields.CHANGE_SUMMARY))
                    .startsWith("deployment to production began"));
  }

  @Test
  void onlyWhatTouchesTheModelsPartCounts() throws Exception {
    deployments(deployment(42, NEW, "failed", "2026-05-20T13:30:00Z", "", ""), before());
    compared("fraud/model.py");
    routes.on(BASE + "/repository/commits", "[{\"id\": \"" + NEW + "\"}]");
    assertThat(events(PART))
        .singleElement()
        .satisfies(
            event ->
                assertThat(text(event, Fields.CHANGE_SUMMARY))
                    .startsWith("deployment to live failed: 1 commit"));
    assertThat(routes.parameters(BASE + "/repository/commits"))
        .containsEntry("path", "fraud")
        .containsEntry("ref_name", NEW);
    compared("shop/model.py");
    assertThat(events(PART)).isEmpty();
  }

  @Test
  void withoutDeploymentsWhatWasMergedIntoTheDefaultBranchCounts() throws Exception {
    deployments();
    routes
        .on(
            BASE,
            "{\"id\": 3, \"default_branch\": \"trunk\", \"web_url\": \"https://evil.example\"}")
        .on(
            BASE + "/merge_requests",
            """
            [{"id": 1, "iid": 12, "title": "Round scores", "state": "merged", "target_branch": "trunk",
              "merged_at": "2026-05-20T15:00:00.520+02:00", "updated_at": "2026-05-21T08:00:00Z",
              "author": {"id": 1, "username": "ana"}, "merge_commit_sha": null,
              "squash_commit_sha": "%s", "sha": "%s", "web_url": "https://evil.example"},
             {"id": 2, "iid": 13, "title": "Long ago, commented today", "state": "merged",
              "merged_at": "2026-04-20T15:00:00Z", "updated_at": "2026-05-20T08:00:00Z",
              "author": {"username": "bo"}, "merge_commit_sha": "%s", "sha": "%s"}]
            """
                .formatted(NEW, OLD, OLD, OLD))
        .on(
            BASE + "/merge_requests/12/diffs",
            "[{\"old_path\": \"a.py\", \"new_path\": \"b.py\", \"renamed_file\": true}]");
    assertThat(events(ALL))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.time()).isEqualTo(Instant.parse("2026-05-20T13:00:00.520Z"));
              assertThat(text(event, Fields.CHANGE_TO)).isEqualTo("99d03678b90d");
              assertThat(text(event, Fields.CHANGE_AUTHOR)).isEqualTo("ana");
              assertThat(text(event, Fields.CHANGE_URL))
                  .isEqualTo(server.url("/git/group/sub/fraud/-/merge_requests/12").toString());
            });
    assertThat(routes.parameters(BASE + "/merge_requests"))
        .containsEntry("target_branch", "trunk")
        .containsEntry("updated_after", "2026-05-19T15:00:00Z")
        .containsEntry("state", "merged");
  }

  private void fails(EvidenceException.Kind kind, String... words) {
    assertThatThrownBy(() -> events(ALL))
        .isInstanceOfSatisfying(EvidenceException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContainingAll(words)
        .hasMessageNotContaining("t0ken");
  }

  @Test
  void aServerThatMisbehavesIsNamed() {
    fails(EvidenceException.Kind.DENIED, "group/sub/fraud", "404");
    routes.on(BASE + "/deployments", request -> new MockResponse().setResponseCode(502));
    fails(EvidenceException.Kind.BROKEN, "GitLab", "502");
    routes.on(
        BASE + "/deployments",
        request ->
            new MockResponse().setResponseCode(429).setHeader("RateLimit-Reset", "1779292800"));
    fails(EvidenceException.Kind.BROKEN, "limit of requests is used up", "16:00");
    deployments("{\"created_at\": 5}");
    fails(EvidenceException.Kind.BROKEN, "created_at is no time");
    deployments(deployment(42, NEW + "/..", "success", "2026-05-20T13:30:00Z", "", ""));
    fails(EvidenceException.Kind.BROKEN, "sha is no commit's id");
    routes.on(
        BASE + "/deployments",
        request ->
            new MockResponse()
                .setHeader("X-Next-Page", "2")
                .setBody(
                    "[" + deployment(42, NEW, "created", "2026-05-20T13:30:00Z", "", "") + "]"));
    fails(EvidenceException.Kind.PARTIAL, "more than 1000");
  }

  @Test
  void aFileIsReadAtTheRevisionThatWasDeployedLast() throws Exception {
    deployments(before());
    routes.on(
        BASE + "/repository/files/deps%2Frequirements.lock",
        """
        {"file_name": "requirements.lock", "file_path": "deps/requirements.lock", "size": 13,
         "encoding": "base64", "content": "dG9yY2g9PTIuMS4wCg==", "ref": "main"}
        """);
    try (GitLab gitlab =
        new GitLab(
            server.url("/git").toString(),
            Optional.of("t0ken"),
            Optional.empty(),
            Clock.systemUTC())) {
      assertThat(
              new DeployedFiles(gitlab, Map.of("fraud-scorer", ALL))
                  .deployed(Model.named("fraud-scorer"), "deps/requirements.lock", WINDOW.to()))
          .contains(new RepositoryFiles.Text("torch==2.1.0\n", "GitLab at a91957a85832"));
    }
    assertThat(routes.parameters(BASE + "/repository/files/deps%2Frequirements.lock"))
        .containsEntry("ref", OLD);
  }
}
