package dev.samovar.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samovar.evidence.Condition;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.EvidenceException.Kind;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Metrics.Line;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.http.HttpSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that cannot be made to misbehave so, and what must be said about each. */
class MisbehavingPrometheusTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");
  private static final String MATRIX =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[";

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.shutdown();
  }

  private void answers(String... bodies) {
    for (String body : bodies) {
      server.enqueue(new MockResponse().setBody(body));
    }
  }

  private void knows() {
    answers(
        "{\"status\":\"success\",\"data\":[\"up\",\"other\"]}",
        "{\"status\":\"success\",\"data\":[{\"__name__\":\"up\",\"pod\":\"m\"}]}");
  }

  private List<Line> lines(Duration length, Duration step) throws EvidenceException, IOException {
    try (PrometheusSource source =
        new PrometheusSource(
            HttpSettings.of(
                "Prometheus",
                "prometheus",
                server.url("/select/0/prometheus").toString(),
                Map.of("X-Scope-OrgID", "ml")),
            Clock.systemUTC())) {
      return source
          .open(Duration.ofMillis(1500))
          .lines(
              Model.named("m"),
              List.of("up"),
              Condition.is(Fields.label("pod"), "m"),
              List.of("pod"),
              new Window(NOW.minus(length), NOW),
              step);
    }
  }

  private void fails(Kind kind, String... words) {
    assertThatThrownBy(() -> lines(Duration.ofHours(1), Duration.ofMinutes(1)))
        .isInstanceOfSatisfying(EvidenceException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContainingAll(words);
  }

  private static HttpUrl form(RecordedRequest request) {
    return HttpUrl.get("http://form/?" + request.getBody().readUtf8());
  }

  @Test
  void asks_below_the_prefix_with_the_tenant_and_reads_values_that_are_no_numbers()
      throws Exception {
    knows();
    answers(
        MATRIX
            + "{\"metric\":{\"samovar_metric\":\"up\",\"pod\":\"m\"},\"values\":"
            + "[[1779285659.999,\"NaN\"],[1779285719.999,\"+Inf\"],[1779285779.999,\"2.5e1\"]]}]},"
            + "\"infos\":[\"PromQL info: metric might not be a counter\"]}");

    List<Line> lines = lines(Duration.ofHours(1), Duration.ofMinutes(1));

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).points()).hasSize(1);
    assertThat(lines.get(0).points().get(0).value()).isEqualTo(25);
    assertThat(lines.get(0).points().get(0).time()).isEqualTo(Instant.ofEpochSecond(1_779_285_720));
    RecordedRequest names = server.takeRequest();
    assertThat(names.getPath()).startsWith("/select/0/prometheus/api/v1/label/__name__/values?");
    assertThat(names.getHeader("X-Scope-OrgID")).isEqualTo("ml");
    assertThat(form(server.takeRequest()).queryParameterValues("match[]"))
        .containsExactlyInAnyOrder(
            "{__name__=~\"up\",pod=~\"m\"}", "{__name__=~\"up\",exported_pod=~\"m\"}");
    assertThat(form(server.takeRequest()).queryParameter("query"))
        .isEqualTo(
            "label_replace(max by (pod) (max_over_time(up{pod=~\"m\"}[60000ms])),"
                + " \"samovar_metric\", \"up\", \"\", \"\")");
  }

  @Test
  void never_asks_for_more_points_than_a_server_gives() throws Exception {
    knows();
    answers(MATRIX + "]}}");

    assertThat(lines(Duration.ofDays(30), Duration.ofSeconds(1))).isEmpty();

    server.takeRequest();
    server.takeRequest();
    HttpUrl asked = form(server.takeRequest());
    double points = (number(asked, "end") - number(asked, "start")) / number(asked, "step") + 1;
    assertThat(points).isBetween(10_000.0, 11_000.0);
    assertThat(number(asked, "end")).isEqualTo(NOW.getEpochSecond() - 0.001);
  }

  private static double number(HttpUrl asked, String name) {
    return Double.parseDouble(String.valueOf(asked.queryParameter(name)));
  }

  @Test
  void a_part_of_the_stores_is_partial() {
    answers("{\"status\":\"success\",\"data\":[\"up\"],\"warnings\":[\"store-7: unavailable\"]}");
    fails(Kind.PARTIAL, "store-7: unavailable");
  }

  @Test
  void so_is_a_part_that_victoriametrics_admits() {
    knows();
    answers(MATRIX + "]},\"isPartial\":true}");
    fails(Kind.PARTIAL, "only a part");
  }

  @Test
  void what_the_server_cannot_execute_is_said_in_its_words() {
    knows();
    server.enqueue(
        new MockResponse()
            .setResponseCode(422)
            .setBody(
                "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"query processing"
                    + " would load too many samples into memory in query execution\"}"));
    fails(Kind.BROKEN, "422", "too many samples");
  }

  @Test
  void an_error_is_broken() {
    server.enqueue(new MockResponse().setResponseCode(500).setBody("boom"));
    fails(Kind.BROKEN, "500", "boom");
  }

  @Test
  void half_an_answer_is_none() {
    answers("{\"status\":\"success\",\"data\":[\"u");
    fails(Kind.BROKEN, "no JSON");
  }

  @Test
  void a_page_of_something_else_is_none() {
    answers("{\"cluster_name\":\"elasticsearch\"}");
    fails(Kind.BROKEN, "no usable answer");
  }

  @Test
  void another_type_than_asked_for_is_none() {
    knows();
    answers("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}");
    fails(Kind.BROKEN, "no matrix");
  }

  @Test
  void a_value_that_is_no_number_is_none() {
    knows();
    answers(MATRIX + "{\"metric\":{},\"values\":[[1,\"many\"]]}]}}");
    fails(Kind.BROKEN, "“many” is no number");
  }

  @Test
  void silence_is_a_timeout() {
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    fails(Kind.TIMEOUT, "1500 ms");
  }
}
