package dev.samovar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samovar.evidence.EvidenceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonClientTest {
  private static final Duration BUDGET = Duration.ofSeconds(5);
  private static final Question QUESTION = Question.get("list", "api", "a/b c");

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.shutdown();
  }

  private JsonClient client(HttpSettings settings) throws IOException {
    return new JsonClient(settings, Clock.systemUTC());
  }

  private JsonClient client() throws IOException {
    return client(
        HttpSettings.of(
            "Airflow", "airflow", server.url("/prefix").toString(), Credentials.bearer("secret")));
  }

  private static void fails(JsonClient client, EvidenceException.Kind kind, String... words) {
    assertThatThrownBy(() -> client.ask(QUESTION, BUDGET))
        .isInstanceOfSatisfying(EvidenceException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContainingAll(words)
        .hasMessageNotContaining("secret");
  }

  @Test
  void asks_below_the_prefix_with_credentials_and_encodes_segments_and_parameters()
      throws Exception {
    server.enqueue(new MockResponse().setBody("{\"a\": 1}").setHeader("X-Next", "n"));
    Answer answer = client().ask(QUESTION.with("q", "a&b=é").with("q", "+"), BUDGET);
    assertThat(answer.body().get("a").asInt()).isEqualTo(1);
    assertThat(answer.header("x-next")).contains("n");
    RecordedRequest request = server.takeRequest();
    assertThat(request.getPath()).isEqualTo("/prefix/api/a%2Fb%20c?q=a%26b%3D%C3%A9&q=%2B");
    assertThat(request.getHeader("Authorization")).isEqualTo("Bearer secret");
  }

  @Test
  void posts_forms_and_json() throws Exception {
    server.enqueue(new MockResponse().setBody("[]"));
    server.enqueue(new MockResponse().setBody("[]"));
    JsonClient client = client();
    client.ask(Question.postForm("query", "api").with("query", "up{a=\"b\"}"), BUDGET);
    client.ask(
        Question.postJson(
            "token", new com.fasterxml.jackson.databind.node.TextNode("x"), "auth", "token"),
        BUDGET);
    assertThat(server.takeRequest().getBody().readUtf8()).isEqualTo("query=up%7Ba%3D%22b%22%7D");
    assertThat(server.takeRequest().getBody().readUtf8()).isEqualTo("\"x\"");
  }

  @Test
  void says_what_was_wrong() throws Exception {
    JsonClient client = client();
    server.enqueue(new MockResponse().setResponseCode(401));
    fails(client, EvidenceException.Kind.DENIED, "Airflow", "401", "airflow");
    server.enqueue(new MockResponse().setResponseCode(403).setBody("no\u001b[31m\nread"));
    fails(client, EvidenceException.Kind.DENIED, "403", "list", "no [31m read");
    server.enqueue(new MockResponse().setResponseCode(302).setHeader("Location", "http://evil/"));
    fails(client, EvidenceException.Kind.BROKEN, "redirects", "airflow.url");
    server.enqueue(new MockResponse().setBody("<html>login</html>"));
    fails(client, EvidenceException.Kind.BROKEN, "no JSON", "<html>login");
    server.enqueue(new MockResponse().setBody("{\"a\": 1} trailing"));
    fails(client, EvidenceException.Kind.BROKEN, "no JSON");
    server.enqueue(new MockResponse().setBody("[".repeat(100_000)));
    fails(client, EvidenceException.Kind.BROKEN, "no JSON");
  }

  @Test
  void a_thing_that_is_not_there_is_empty_only_where_that_is_asked() throws Exception {
    JsonClient client = client();
    server.enqueue(new MockResponse().setResponseCode(404));
    server.enqueue(new MockResponse().setResponseCode(404).setBody("no such DAG"));
    assertThat(client.find(QUESTION, BUDGET)).isEmpty();
    fails(client, EvidenceException.Kind.BROKEN, "404", "no such DAG");
  }

  @Test
  void an_answer_that_is_cut_off_or_too_long_or_late_is_none() throws Exception {
    server.enqueue(
        new MockResponse()
            .setBody("{\"a\": \"" + "x".repeat(5000) + "\"}")
            .setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY));
    fails(client(), EvidenceException.Kind.BROKEN, "Airflow", "list");
    HttpSettings given =
        HttpSettings.of("Airflow", "airflow", server.url("/").toString(), Map.of());
    server.enqueue(new MockResponse().setBody("\"" + "x".repeat(2 << 20) + "\""));
    fails(
        client(
            new HttpSettings(
                "Airflow",
                "airflow",
                given.url(),
                Map.of(),
                Optional.empty(),
                given.connectTimeout(),
                1 << 20)),
        EvidenceException.Kind.BROKEN,
        "more than 1 MB");
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    JsonClient hurried = client();
    assertThatThrownBy(() -> hurried.ask(QUESTION, Duration.ofMillis(200)))
        .isInstanceOfSatisfying(
            EvidenceException.class,
            e -> assertThat(e.kind()).isEqualTo(EvidenceException.Kind.TIMEOUT))
        .hasMessageContaining("within 200 ms");
  }

  @Test
  void comes_again_when_it_is_told_to_and_not_where_that_is_too_late() throws Exception {
    JsonClient client = client();
    server.enqueue(new MockResponse().setResponseCode(429).setHeader("Retry-After", "0"));
    server.enqueue(new MockResponse().setBody("1"));
    assertThat(client.ask(QUESTION, BUDGET).body().asInt()).isEqualTo(1);
    server.enqueue(new MockResponse().setResponseCode(503).setHeader("Retry-After", "3600"));
    fails(client, EvidenceException.Kind.BROKEN, "503");
    server.enqueue(
        new MockResponse()
            .setResponseCode(429)
            .setHeader("Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT"));
    server.enqueue(new MockResponse().setResponseCode(429));
    fails(client, EvidenceException.Kind.BROKEN, "too often");
  }

  @Test
  void tells_a_limit_that_is_used_up_from_a_refusal() throws Exception {
    server.enqueue(
        new MockResponse()
            .setResponseCode(403)
            .setHeader("X-RateLimit-Remaining", "0")
            .setHeader("X-RateLimit-Reset", "1779292800")
            .setBody("{\"message\": \"API rate limit exceeded\"}"));
    fails(
        client(),
        EvidenceException.Kind.BROKEN,
        "too often (403)",
        "used up until 2026-05-20T16:00:00Z");
    server.enqueue(
        new MockResponse().setResponseCode(403).setHeader("X-RateLimit-Remaining", "12"));
    fails(client(), EvidenceException.Kind.DENIED, "refuses");
    server.enqueue(new MockResponse().setResponseCode(403).setHeader("Retry-After", "0"));
    server.enqueue(new MockResponse().setBody("1"));
    assertThat(client().ask(QUESTION, BUDGET).body().asInt()).isEqualTo(1);
  }

  @Test
  void leaves_a_source_alone_that_failed_often_but_not_one_that_says_no() throws Exception {
    JsonClient client = client();
    for (int i = 0; i < 6; i++) {
      server.enqueue(new MockResponse().setResponseCode(400));
      fails(client, EvidenceException.Kind.BROKEN, "400");
    }
    for (int i = 0; i < 5; i++) {
      server.enqueue(new MockResponse().setResponseCode(500));
      fails(client, EvidenceException.Kind.BROKEN, "500");
    }
    fails(client, EvidenceException.Kind.UNREACHABLE, "left alone");
    assertThat(server.getRequestCount()).isEqualTo(11);
  }

  @Test
  void says_where_nobody_answers() throws Exception {
    JsonClient client = client();
    server.shutdown();
    fails(client, EvidenceException.Kind.UNREACHABLE, "can't be reached", "/prefix");
    JsonClient lost =
        client(HttpSettings.of("Airflow", "airflow", "http://nowhere.invalid", Map.of()));
    fails(lost, EvidenceException.Kind.UNREACHABLE, "host is unknown");
  }

  @Test
  void trusts_the_given_authority_only(@TempDir Path folder) throws Exception {
    HeldCertificate own =
        new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    try (MockWebServer secure = new MockWebServer()) {
      secure.useHttps(
          new HandshakeCertificates.Builder().heldCertificate(own).build().sslSocketFactory(),
          false);
      secure.start();
      secure.enqueue(new MockResponse().setBody("1"));
      HttpSettings settings =
          HttpSettings.of("Airflow", "airflow", secure.url("/").toString(), Map.of());
      Path pem = Files.writeString(folder.resolve("ca.pem"), own.certificatePem());
      fails(client(settings), EvidenceException.Kind.UNREACHABLE, "trusted", "airflow.ca_file");
      assertThat(client(settings.trusting(Optional.of(pem))).ask(QUESTION, BUDGET).body().asInt())
          .isEqualTo(1);
    }
  }
}
