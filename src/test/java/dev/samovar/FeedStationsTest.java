package dev.samovar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.config.Configuration;
import dev.samovar.config.ConfigurationException;
import dev.samovar.doctor.Station;
import dev.samovar.evidence.EventFeed;
import dev.samovar.fixture.Routes;
import dev.samovar.oncall.Directory;
import dev.samovar.oncall.Team;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the sources beside the cluster are told, in the shapes of their own documentation. */
class FeedStationsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-05-20T15:00:00Z"), ZoneOffset.UTC);
  private static final String SECRET = "s3cr3t";

  private final MockWebServer server = new MockWebServer();
  private final Routes routes = new Routes();

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(routes);
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.shutdown();
  }

  private Configuration configuration() throws IOException, ConfigurationException {
    String url = server.url("/").toString().replaceFirst("/$", "");
    Path file = folder.resolve("samovar.yaml");
    Files.writeString(
        file,
        """
        elasticsearch: { url: "http://127.0.0.1:9" }
        airflow: { url: "%1$s/airflow", token: %2$s }
        mlflow: { url: "%1$s/mlflow", token: %2$s }
        github: { url: "%1$s/github", token: %2$s }
        gitlab: { url: "%1$s/gitlab", token: %2$s }
        pagerduty: { url: "%1$s/pagerduty", token: %2$s }
        models:
          - { name: a, team: ml, repository: "github:acme/fraud" }
          - { name: b, team: ml, repository: "github:acme/secret" }
          - { name: c, team: ml, repository: "gitlab:ml/churn" }
        handoffs:
          - { team: ml, channel: c, schedule: "pagerduty:PI7DH85" }
        """
            .formatted(url, SECRET));
    return Configuration.load(file, Map.of());
  }

  private Map<String, Station> stations() throws IOException, ConfigurationException {
    Configuration configuration = configuration();
    FeedStations stations = new FeedStations(configuration);
    try (ConfiguredFeeds feeds = ConfiguredFeeds.of(configuration, CLOCK);
        ConfiguredSchedules schedules =
            ConfiguredSchedules.of(configuration, Directory.EMPTY, CLOCK)) {
      List<Station> all =
          new java.util.ArrayList<>(feeds.all().stream().map(stations::of).toList());
      for (Team team : schedules.roster().teams()) {
        stations.of(team, CLOCK).ifPresent(all::add);
      }
      stations.absent().ifPresent(all::add);
      assertThat(all.toString()).doesNotContain(SECRET);
      return all.stream().collect(Collectors.toMap(Station::name, Function.identity()));
    }
  }

  private static Station named(Map<String, Station> stations, String name) {
    return Objects.requireNonNull(stations.get(name), name);
  }

  private Routes on(String path, String body) {
    return routes.on(
        path,
        request ->
            new MockResponse().setBody(body).setHeader("Date", "Wed, 20 May 2026 15:00:00 GMT"));
  }

  private void well() {
    on("/airflow/api/v2/version", "{\"version\": \"3.0.2\", \"git_version\": null}");
    on("/airflow/api/v2/dags", "{\"dags\": [], \"total_entries\": 0}");
    on("/mlflow/api/2.0/mlflow/registered-models/search", "{}");
    on(
        "/github/meta",
        "{\"verifiable_password_authentication\": true, \"installed_version\": \"3.15.1\"}");
    on("/github/repos/acme/fraud", "{\"id\": 1, \"full_name\": \"acme/fraud\"}");
    on("/gitlab/api/v4/version", "{\"version\": \"17.11.0-ee\", \"revision\": \"abc\"}");
    on("/gitlab/api/v4/projects/ml%2Fchurn", "{\"id\": 3, \"path_with_namespace\": \"ml/churn\"}");
    on(
        "/pagerduty/oncalls",
        """
        {"oncalls": [{"user": {"id": "P1", "name": "Mira", "email": "mira@example.com"},
          "schedule": {"id": "PI7DH85"}, "escalation_level": 1,
          "start": "2026-05-20T09:00:00Z", "end": "2026-05-21T09:00:00Z"}], "more": false}
        """);
  }

  @Test
  void each_is_told_with_version_address_and_clock() throws Exception {
    well();
    Map<String, Station> stations = stations();

    Station airflow = named(stations, "Airflow");
    assertThat(airflow.state()).isEqualTo(Station.State.OK);
    assertThat(airflow.summary()).startsWith("3.0.2 at http://").contains("/airflow, ");
    assertThat(airflow.details()).contains("Its clock agrees with this machine's.");
    assertThat(named(stations, "MLflow").state()).isEqualTo(Station.State.OK);
    assertThat(named(stations, "GitLab").summary()).startsWith("17.11.0-ee at ");
    assertThat(named(stations, "GitHub").summary()).startsWith("Enterprise Server 3.15.1 at ");
    Station pagerDuty = named(stations, "PagerDuty");
    assertThat(pagerDuty.state()).isEqualTo(Station.State.OK);
    assertThat(pagerDuty.details().get(0))
        .isEqualTo("Schedule PI7DH85 of ml: 1 person in the next 7 days.");
    assertThat(named(stations, "others").state()).isEqualTo(Station.State.ABSENT);
    assertThat(named(stations, "others").summary()).isEqualTo("not configured: Grafana OnCall");
  }

  @Test
  void a_project_that_can_not_be_seen_is_named_with_what_to_do() throws Exception {
    well();
    Station github = named(stations(), "GitHub");
    assertThat(github.state()).isEqualTo(Station.State.WARNING);
    assertThat(github.details()).contains("acme/secret is not there, or the token may not see it.");
    assertThat(github.next()).singleElement().asString().contains("acme/secret");
  }

  @Test
  void what_does_not_answer_or_refuses_is_broken_with_what_to_do() throws Exception {
    well();
    routes.on(
        "/airflow/api/v2/dags", request -> new MockResponse().setResponseCode(403).setBody("{}"));
    routes.on(
        "/mlflow/api/2.0/mlflow/registered-models/search",
        request -> new MockResponse().setBody("<html>Sign in</html>"));
    routes.on("/gitlab/api/v4/version", request -> new MockResponse().setResponseCode(401));
    routes.on("/pagerduty/oncalls", request -> new MockResponse().setResponseCode(500));
    Map<String, Station> stations = stations();

    assertThat(named(stations, "Airflow").state()).isEqualTo(Station.State.BROKEN);
    assertThat(named(stations, "Airflow").summary()).contains("403").contains("list of DAGs");
    assertThat(named(stations, "Airflow").next().get(0))
        .contains("credentials that Airflow accepts");
    assertThat(named(stations, "MLflow").summary()).contains("no JSON").contains("mlflow.url");
    assertThat(named(stations, "GitLab").next().get(0)).contains("credentials that GitLab accepts");
    assertThat(named(stations, "PagerDuty").summary()).contains("500");
    assertThat(named(stations, "GitHub").state()).isEqualTo(Station.State.WARNING);
  }

  @Test
  void clocks_that_differ_are_told() throws Exception {
    well();
    routes.on(
        "/gitlab/api/v4/version",
        request ->
            new MockResponse()
                .setBody("{\"version\": \"17.11.0-ee\"}")
                .setHeader("Date", "Wed, 20 May 2026 15:01:00 GMT"));
    Station gitlab = named(stations(), "GitLab");
    assertThat(gitlab.state()).isEqualTo(Station.State.WARNING);
    assertThat(gitlab.details()).anyMatch(one -> one.contains("s ahead of this machine's"));
  }

  @Test
  void an_on_call_schedule_without_anybody_now_is_told() throws Exception {
    well();
    on("/pagerduty/oncalls", "{\"oncalls\": [], \"more\": false}");
    on(
        "/pagerduty/schedules/PI7DH85",
        "{\"schedule\": {\"final_schedule\": {\"rendered_schedule_entries\": []}}}");
    Station pagerDuty = named(stations(), "PagerDuty");
    assertThat(pagerDuty.state()).isEqualTo(Station.State.WARNING);
    assertThat(pagerDuty.details())
        .contains("schedule PI7DH85 of ml has nobody on call now; the rota counts.");
  }

  /** One that a later room brings along needs nothing here. */
  @Test
  void a_feed_that_does_not_tell_is_named() throws Exception {
    EventFeed silent =
        new EventFeed() {
          @Override
          public String name() {
            return "Argo CD";
          }

          @Override
          public java.util.Set<dev.samovar.evidence.Dataset> datasets() {
            return java.util.Set.of();
          }

          @Override
          public List<dev.samovar.evidence.Event> events(
              dev.samovar.evidence.Model model,
              dev.samovar.evidence.Dataset dataset,
              dev.samovar.evidence.Window window,
              java.time.Duration budget) {
            return List.of();
          }
        };
    assertThat(new FeedStations(configuration()).of(silent).summary())
        .isEqualTo("configured; it does not tell how it is");
  }
}
