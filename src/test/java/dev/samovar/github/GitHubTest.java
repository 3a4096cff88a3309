package dev.samovar.github;

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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** GitHub's REST API in the shapes that it documents, and in some that it does not. */
class GitHubTest {
  private static final Window WINDOW =
      new Window(Instant.parse("2026-05-19T15:00:00Z"), Instant.parse("2026-05-20T15:00:00Z"));
  private static final Duration BUDGET = Duration.ofSeconds(10);
  private static final Repository ALL =
      new Repository("github", "acme/fraud", List.of(), Optional.empty(), "production");
  private static final Repository PART =
      new Repository(
          "github", "acme/fraud", List.of("models/fraud"), Optional.empty(), "production");
  private static final String BASE = "/api/v3/repos/acme/fraud";
  private static final String NEW = "99d03678b90d914dbb1b109132516d71a4a03ea8";
  private static final String OLD = "a91957a858320c0e17f3a0eca7cfacbff50ea29a";
  private static final String ODD = "6dcb09b5b57875f334f61aebed695e2e4193db5e";

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
    return events(repository, WINDOW);
  }

  private List<Event> events(Repository repository, Window window)
      throws EvidenceException, IOException {
    try (GitHub github =
        new GitHub(
            server.url("/api/v3").toString(),
            Optional.of("t0ken"),
            Optional.empty(),
            Clock.systemUTC())) {
      return new RepositoryFeed(github, Map.of("fraud-scorer", repository))
          .events(Model.named("fraud-scorer"), Dataset.CHANGE, window, BUDGET);
    }
  }

  private static String text(Event event, String field) {
    return event.text(field).orElse("");
  }

  private static String deployment(int id, String sha, String created) {
    return """
        {"url": "https://api.github.com/repos/acme/fraud/deployments/%d", "id": %d,
         "node_id": "MDEwOkRlcGxveW1lbnQx", "sha": "%s", "ref": "main", "task": "deploy", "payload": {},
         "original_environment": "production", "environment": "production", "description": null,
         "creator": {"login": "deploy-bot", "id": 1, "type": "User"},
         "created_at": "%s", "updated_at": "%s",
         "statuses_url": "https://evil.example/statuses", "repository_url": "https://evil.example/"}
        """
        .formatted(id, id, sha, created, created);
  }

  private static String statuses(String... stateAndTime) {
    return Stream.of(stateAndTime)
        .map(one -> one.split("@", 2))
        .map(
            parts ->
                """
                {"id": 1, "state": "%s", "creator": {"login": "octocat"}, "description": "",
                 "environment": "production", "target_url": "", "created_at": "%s"}
                """
                    .formatted(parts[0], parts[1]))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String commit(String sha, String message, String login) {
    return """
        {"sha": "%s", "html_url": "https://evil.example/commit",
         "commit": {"author": {"name": "Ana B", "date": "2026-05-20T12:00:00Z"}, "message": "%s"},
         "author": %s, "parents": []}
        """
        .formatted(sha, message, login.isEmpty() ? "null" : "{\"login\": \"" + login + "\"}");
  }

  private static String comparison(int total, List<String> commits, List<String> files) {
    return """
        {"html_url": "https://evil.example/", "status": "ahead", "ahead_by": %d, "behind_by": 0,
         "total_commits": %d, "commits": [%s], "files": [%s]}
        """
        .formatted(
            total,
            total,
            String.join(",", commits),
            files.stream()
                .map(f -> "{\"filename\": \"" + f + "\", \"status\": \"modified\", \"changes\": 3}")
                .collect(Collectors.joining(",")));
  }

  private void twoDeployments(String... statusesOfTheNewer) {
    routes
        .on(
            BASE + "/deployments",
            "["
                + deployment(2, NEW, "2026-05-20T13:50:00Z")
                + ","
                + deployment(1, OLD, "2026-05-16T09:00:00Z")
                + "]")
        .on(BASE + "/deployments/2/statuses", statuses(statusesOfTheNewer))
        .on(
            BASE + "/deployments/1/statuses",
            statuses("inactive@2026-05-20T13:57:00Z", "success@2026-05-16T09:05:00Z"));
  }

  private void twoDeployments() {
    twoDeployments(
        "success@2026-05-20T13:58:00Z",
        "in_progress@2026-05-20T13:56:00Z",
        "queued@2026-05-20T13:50:00Z");
  }

  private void compared(String from, String to, String comparison) {
    routes.on(BASE + "/compare/" + from + "..." + to, comparison);
  }

  @Test
  void aDeploymentIsAChangeAtTheTimeItBeganWithWhatIsInIt() throws Exception {
    twoDeployments();
    compared(
        OLD,
        NEW,
        comparison(
            4,
            List.of(
                commit(ODD, "Scale amounts\\n\\nlong text", "ana"),
                commit(OLD, "Second", ""),
                commit(NEW, "Third", "ana"),
                commit(ODD, "Fourth", "bo")),
            List.of("models/fraud/features.py", "requirements.lock")));

    List<Event> events = events(ALL);

    assertThat(events).hasSize(1);
    Event event = events.get(0);
    assertThat(event.time()).isEqualTo(Instant.parse("2026-05-20T13:56:00Z"));
    assertThat(text(event, Fields.MODEL)).isEqualTo("fraud-scorer");
    assertThat(text(event, Fields.CHANGE_KIND)).isEqualTo("code");
    assertThat(text(event, Fields.CHANGE_COMPONENT)).isEqualTo("acme/fraud");
    assertThat(text(event, Fields.CHANGE_FROM)).isEqualTo("a91957a85832");
    assertThat(text(event, Fields.CHANGE_TO)).isEqualTo("99d03678b90d");
    assertThat(text(event, Fields.CHANGE_AUTHOR)).isEqualTo("ana, Ana B, bo");
    assertThat(text(event, Fields.CHANGE_SUMMARY))
        .isEqualTo(
            "deployed to production: 4 commits: “Scale amounts”, “Second”, “Third” and 1 more");
    assertThat(text(event, Fields.CHANGE_URL))
        .isEqualTo(server.url("/acme/fraud/compare/" + OLD + "..." + NEW).toString());
    assertThat(routes.parameters(BASE + "/deployments"))
        .containsEntry("environment", "production")
        .containsEntry("per_page", "100");
    assertThat(routes.requests())
        .allSatisfy(
            request -> {
              assertThat(request.getHeader("Authorization")).isEqualTo("Bearer t0ken");
              assertThat(request.getHeader("X-GitHub-Api-Version")).isEqualTo("2022-11-28");
              assertThat(request.getHeader("Accept")).isEqualTo("application/vnd.github+json");
            });
  }

  @Test
  void whatHappenedAfterTheWindowIsNotKnownYet() throws Exception {
    twoDeployments(
        "failure@2026-05-20T15:30:00Z",
        "in_progress@2026-05-20T14:59:00Z",
        "queued@2026-05-20T13:50:00Z");
    compared(OLD, NEW, comparison(1, List.of(commit(NEW, "Only", "ana")), List.of("a.py")));

    assertThat(events(ALL))
        .singleElement()
        .satisfies(
            event ->
                assertThat(text(event, Fields.CHANGE_SUMMARY))
                    .isEqualTo("deployment to production began: 1 commit: “Only”"));
    Window earlier = new Window(WINDOW.from(), Instant.parse("2026-05-20T14:00:00Z"));
    assertThat(events(ALL, earlier)).as("queued only").isEmpty();
  }

  @Test
  void aFailedDeploymentIsSaidToHaveFailedAndReplacesNothing() throws Exception {
    routes
        .on(
            BASE + "/deployments",
            Stream.of(
                    deployment(3, ODD, "2026-05-20T14:00:00Z"),
                    deployment(2, NEW, "2026-05-20T13:50:00Z"),
                    deployment(1, OLD, "2026-05-16T09:00:00Z"))
                .collect(Collectors.joining(",", "[", "]")))
        .on(BASE + "/deployments/3/statuses", statuses("success@2026-05-20T14:01:00Z"))
        .on(BASE + "/deployments/2/statuses", statuses("failure@2026-05-20T13:58:00Z"))
        .on(BASE + "/deployments/1/statuses", "[]");
    compared(OLD, NEW, comparison(1, List.of(commit(NEW, "Broken", "ana")), List.of("a.py")));
    compared(OLD, ODD, comparison(1, List.of(commit(ODD, "Sound", "bo")), List.of("a.py")));

    List<Event> events = events(ALL);

    assertThat(events)
        .extracting(event -> text(event, Fields.CHANGE_SUMMARY))
        .containsExactly(
            "deployed to production: 1 commit: “Sound”",
            "deployment to production failed: 1 commit: “Broken”");
    assertThat(events)
        .extracting(event -> text(event, Fields.CHANGE_FROM))
        .containsOnly("a91957a85832");
    assertThat(events.get(1).time()).isEqualTo(Instant.parse("2026-05-20T13:50:00Z"));
  }

  @Test
  void goingBackAndTheSameAgainAreCalledSo() throws Exception {
    twoDeployments();
    compared(OLD, NEW, comparison(0, List.of(), List.of()));
    compared(NEW, OLD, comparison(1, List.of(commit(OLD, "Faster", "bo")), List.of("a.yaml")));
    assertThat(events(ALL))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(text(event, Fields.CHANGE_SUMMARY))
                  .isEqualTo("deployed to production, which takes back 1 commit: “Faster”");
              assertThat(text(event, Fields.CHANGE_KIND)).isEqualTo("config");
            });

    routes.on(
        BASE + "/deployments",
        "["
            + deployment(2, OLD, "2026-05-20T13:50:00Z")
            + ","
            + deployment(1, OLD, "2026-05-16T09:00:00Z")
            + "]");
    assertThat(events(ALL))
        .singleElement()
        .satisfies(
            event ->
                assertThat(text(event, Fields.CHANGE_SUMMARY))
                    .isEqualTo("deployed to production, the same commit again"));
  }

  @Test
  void onlyWhatTouchesTheModelsPartCounts() throws Exception {
    twoDeployments();
    compared(
        OLD,
        NEW,
        comparison(
            2,
            List.of(commit(ODD, "Checkout", "cy"), commit(NEW, "Bump torch", "ana")),
            List.of("shop/checkout.py", "models/fraud/requirements.lock")));
    routes.on(BASE + "/commits", "[" + commit(NEW, "Bump torch", "ana") + "]");
    assertThat(events(PART))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(text(event, Fields.CHANGE_SUMMARY))
                  .isEqualTo("deployed to production: 1 commit: “Bump torch”");
              assertThat(text(event, Fields.CHANGE_KIND)).isEqualTo("dependency");
              assertThat(text(event, Fields.CHANGE_AUTHOR)).isEqualTo("ana");
            });
    assertThat(routes.parameters(BASE + "/commits"))
        .containsEntry("path", "models/fraud")
        .containsEntry("sha", NEW);

    compared(
        OLD,
        NEW,
        comparison(1, List.of(commit(ODD, "Checkout", "cy")), List.of("models/fraudulent.py")));
    assertThat(events(PART)).isEmpty();
  }

  @Test
  void aListOfFilesThatIsCutOffSaysNothingAboutTheRest() throws Exception {
    twoDeployments();
    List<String> locks =
        IntStream.range(0, 300).mapToObj(i -> "shop/" + i + "/poetry.lock").toList();
    compared(OLD, NEW, comparison(1, List.of(commit(NEW, "Wide", "ana")), locks));
    assertThat(events(ALL))
        .singleElement()
        .satisfies(event -> assertThat(text(event, Fields.CHANGE_KIND)).isEqualTo("code"));

    routes.on(BASE + "/commits", "[" + commit(NEW, "Wide", "ana") + "]");
    assertThat(events(PART)).hasSize(1);
    routes.on(BASE + "/commits", "[" + commit(OLD, "Other", "ana") + "]");
    assertThat(events(PART)).isEmpty();
  }

  @Test
  void aDeploymentIsKnownEvenWhereItsContentIsNot() throws Exception {
    twoDeployments();
    routes.on(
        BASE + "/compare/" + OLD + "..." + NEW,
        request -> new MockResponse().setResponseCode(403).setBody("no\u202e contents"));
    assertThat(events(ALL))
        .singleElement()
        .satisfies(
            event ->
                assertThat(text(event, Fields.CHANGE_SUMMARY))
                    .startsWith("deployed to production; what is in it is unknown: GitHub refuses")
                    .doesNotContain("\u202e"));
  }

  private static String pull(int number, String merged, String branch, String title) {
    return """
        {"number": %d, "state": "closed", "title": "%s", "user": {"login": "ana"},
         "html_url": "https://evil.example/", "updated_at": "2026-05-20T14:00:00Z",
         "merged_at": %s, "merge_commit_sha": "%s",
         "base": {"ref": "%s", "repo": {"default_branch": "trunk"}}}
        """
        .formatted(number, title, merged.isEmpty() ? "null" : "\"" + merged + "\"", NEW, branch);
  }

  @Test
  void withoutDeploymentsWhatWasMergedCounts() throws Exception {
    routes
        .on(BASE + "/deployments", "[]")
        .on(
            BASE + "/pulls",
            Stream.of(
                    pull(7, "2026-05-20T13:00:00Z", "trunk", "Round scores"),
                    pull(8, "2026-05-20T13:30:00Z", "feature", "Into a branch"),
                    pull(9, "", "trunk", "Closed only"),
                    pull(10, "2026-05-19T14:59:59Z", "trunk", "Before"))
                .collect(Collectors.joining(",", "[", "]")))
        .on(BASE + "/pulls/7/files", "[{\"filename\": \"conf/serving.yaml\"}]");

    assertThat(events(ALL))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.time()).isEqualTo(Instant.parse("2026-05-20T13:00:00Z"));
              assertThat(text(event, Fields.CHANGE_KIND)).isEqualTo("config");
              assertThat(text(event, Fields.CHANGE_AUTHOR)).isEqualTo("ana");
              assertThat(text(event, Fields.CHANGE_TO)).isEqualTo("99d03678b90d");
              assertThat(text(event, Fields.CHANGE_SUMMARY)).startsWith("merged: “Round scores”");
              assertThat(text(event, Fields.CHANGE_URL))
                  .isEqualTo(server.url("/acme/fraud/pull/7").toString());
            });
    assertThat(events(PART)).as("touches none of its paths").isEmpty();
  }

  private void fails(EvidenceException.Kind kind, String... words) {
    assertThatThrownBy(() -> events(ALL))
        .isInstanceOfSatisfying(EvidenceException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContainingAll(words)
        .hasMessageNotContaining("t0ken");
  }

  @Test
  void aServerThatMisbehavesIsNamed() {
    fails(EvidenceException.Kind.DENIED, "acme/fraud", "404", "may not see");
    routes.on(BASE + "/deployments", request -> new MockResponse().setResponseCode(500));
    fails(EvidenceException.Kind.BROKEN, "GitHub", "500");
    routes.on(
        BASE + "/deployments",
        request ->
            new MockResponse()
                .setResponseCode(403)
                .setHeader("X-RateLimit-Remaining", "0")
                .setHeader("X-RateLimit-Reset", "1779292800"));
    fails(EvidenceException.Kind.BROKEN, "limit of requests is used up", "16:00");
    routes.on(BASE + "/deployments", "[{\"id\": 1, \"sha\"");
    fails(EvidenceException.Kind.BROKEN, "no JSON");
    routes.on(BASE + "/deployments", "{\"message\": \"hello\"}");
    fails(EvidenceException.Kind.BROKEN, "list of deployments", "no list");
    routes.on(
        BASE + "/deployments", "[" + deployment(1, "../../evil", "2026-05-20T13:50:00Z") + "]");
    fails(EvidenceException.Kind.BROKEN, "sha is no commit's id");
    routes.on(BASE + "/deployments", "[" + deployment(1, NEW, "yesterday") + "]");
    fails(EvidenceException.Kind.BROKEN, "created_at is no time");
  }

  @Test
  void pagesWithoutEndEndAndNoOtherHostIsAsked() throws Exception {
    try (MockWebServer other = new MockWebServer()) {
      other.start();
      routes
          .on(
              BASE + "/deployments",
              request ->
                  new MockResponse()
                      .setHeader("Link", "<" + other.url("/steal") + ">; rel=\"next\"")
                      .setBody("[" + deployment(5, NEW, "2026-05-20T13:50:00Z") + "]"))
          .on(BASE + "/deployments/5/statuses", "[]");
      fails(EvidenceException.Kind.PARTIAL, "more than 1000", "list of deployments");
      assertThat(other.getRequestCount()).isZero();
      assertThat(routes.asked().stream().filter(path -> path.contains("/deployments?")))
          .hasSize(10)
          .last()
          .asString()
          .contains("&page=10");
    }
  }

  @Test
  void readsFurtherPagesUntilWhatRanBefore() throws Exception {
    routes.on(
        BASE + "/deployments",
        request -> {
          boolean isSecond = String.valueOf(request.getPath()).contains("&page=2");
          return new MockResponse()
              .setHeader("Link", "<https://api.github.com/x?page=9>; rel=\"next\"")
              .setBody(
                  "["
                      + (isSecond
                          ? deployment(1, OLD, "2026-05-16T09:00:00Z")
                          : deployment(2, NEW, "2026-05-20T13:50:00Z"))
                      + "]");
        });
    routes
        .on(BASE + "/deployments/2/statuses", statuses("success@2026-05-20T13:58:00Z"))
        .on(BASE + "/deployments/1/statuses", statuses("success@2026-05-16T09:05:00Z"));
    assertThat(events(ALL))
        .singleElement()
        .satisfies(event -> assertThat(text(event, Fields.CHANGE_FROM)).isEqualTo("a91957a85832"));
  }

  @Test
  void asksNothingForAModelOfWhichItWasNotTold() throws Exception {
    try (GitHub github =
        new GitHub(
            server.url("/").toString(), Optional.empty(), Optional.empty(), Clock.systemUTC())) {
      RepositoryFeed feed = new RepositoryFeed(github, Map.of("another", ALL));
      assertThat(feed.events(Model.named("fraud-scorer"), Dataset.CHANGE, WINDOW, BUDGET))
          .isEmpty();
    }
    assertThat(server.getRequestCount()).isZero();
  }

  private Optional<RepositoryFiles.Text> deployed(String path) throws Exception {
    try (GitHub github =
        new GitHub(
            server.url("/api/v3").toString(),
            Optional.of("t0ken"),
            Optional.empty(),
            Clock.systemUTC())) {
      return new DeployedFiles(github, Map.of("fraud-scorer", PART))
          .deployed(Model.named("fraud-scorer"), path, WINDOW.to());
    }
  }

  private static String file(String encoding, String content) {
    return """
        {"type": "file", "encoding": "%s", "size": 13, "name": "requirements.lock",
         "path": "requirements.lock", "content": "%s", "sha": "%s",
         "download_url": "https://evil.example/requirements.lock"}
        """
        .formatted(encoding, content, ODD);
  }

  @Test
  void aFileIsReadAtTheRevisionThatWasDeployedLast() throws Exception {
    routes.on(
        BASE + "/deployments",
        "["
            + deployment(3, ODD, "2026-05-20T16:00:00Z")
            + ","
            + deployment(2, NEW, "2026-05-20T12:00:00Z")
            + ","
            + deployment(1, OLD, "2026-05-10T12:00:00Z")
            + "]");
    routes.on(BASE + "/deployments/2/statuses", statuses("success@2026-05-20T12:01:00Z"));
    routes.on(BASE + "/deployments/1/statuses", statuses("success@2026-05-10T12:01:00Z"));
    routes.on(BASE + "/contents/requirements.lock", file("base64", "dG9yY2g9PTIu\\nMS4wCg==\\n"));

    assertThat(deployed("requirements.lock"))
        .contains(new RepositoryFiles.Text("torch==2.1.0\n", "GitHub at 99d03678b90d"));
    assertThat(routes.parameters(BASE + "/contents/requirements.lock")).containsEntry("ref", NEW);
    assertThat(deployed("../secret")).isEmpty();
  }

  @Test
  void aFileOfTheModelsFolder_andALargeOne() throws Exception {
    routes.on(BASE + "/deployments", "[" + deployment(1, OLD, "2026-05-10T12:00:00Z") + "]");
    routes.on(BASE + "/deployments/1/statuses", "[]");
    routes.on(BASE + "/contents/models/fraud/requirements.lock", file("none", ""));
    routes.on(
        BASE + "/git/blobs/" + ODD,
        "{\"encoding\": \"base64\", \"content\": \"dG9yY2g9PTIuMC4w\"}");

    assertThat(deployed("./requirements.lock"))
        .contains(new RepositoryFiles.Text("torch==2.0.0", "GitHub at a91957a85832"));
  }

  @Test
  void aFileThatIsNotThere_andARevisionThatNobodyKnows_areSaid() {
    routes.on(BASE + "/deployments", "[]");
    assertThatThrownBy(() -> deployed("requirements.lock"))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContaining("GitHub records no deployment of acme/fraud to production");

    routes.on(BASE + "/deployments", "[" + deployment(1, OLD, "2026-05-10T12:00:00Z") + "]");
    routes.on(BASE + "/deployments/1/statuses", "[]");
    assertThatThrownBy(() -> deployed("requirements.lock"))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContaining(
            "has no requirements.lock or models/fraud/requirements.lock in acme/fraud");

    routes.on(BASE + "/contents/requirements.lock", file("base64", "%%%"));
    assertThatThrownBy(() -> deployed("requirements.lock")).isInstanceOf(EvidenceException.class);
  }

  @Test
  void thePagesForPeopleAreBesideTheApi() {
    Map<String, String> sites =
        Map.of(
            "https://api.github.com", "https://github.com",
            "https://api.acme.ghe.com/", "https://acme.ghe.com",
            "https://git.acme.example/api/v3", "https://git.acme.example",
            "https://u:p@git.acme.example:8443/git/api/v3/", "https://git.acme.example:8443/git");
    sites.forEach(
        (api, site) ->
            assertThat(GitHub.site(HttpUrl.get(api)))
                .as(api.toUpperCase(Locale.ROOT))
                .isEqualTo(site));
  }
}
