package dev.samovar.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.alerts.Parcel;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertRoutesTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");
  private static final String SECRET = "a secret of some length";
  private static final String ALERT = "{\"name\": \"Odd\", \"startsAt\": \"2026-05-20T14:00:00Z\"}";

  private final List<Parcel> kept = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();
  private final Gate gate = new Gate(SECRET, Clock.fixed(NOW, ZoneOffset.UTC));
  private final WebServer server =
      new WebServer(List.of(new AlertRoutes(gate, this::keep, Clock.fixed(NOW, ZoneOffset.UTC))));

  private boolean keep(String kind, String key, String payload) {
    assertThat(kind).isEqualTo(Parcel.KIND);
    boolean isFirst = keys.add(key);
    if (isFirst) {
      kept.add(Parcel.of(payload));
    }
    return isFirst;
  }

  @BeforeEach
  void open() throws PortException {
    server.start(0);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> post(String source, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + "/v1/alerts/" + source))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> authorised(String source, String body) throws Exception {
    return post(source, body, "Authorization", "Bearer " + SECRET);
  }

  private int signed(Instant at, String body, String signedBody) throws Exception {
    String time = Long.toString(at.getEpochSecond());
    String signature = gate.sign(time, signedBody.getBytes(StandardCharsets.UTF_8));
    return post("generic", body, "X-Samovar-Timestamp", time, "X-Samovar-Signature", signature)
        .statusCode();
  }

  @Test
  void an_alert_is_kept_before_it_is_acknowledged() throws Exception {
    HttpResponse<String> answer = authorised("generic", ALERT);

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).contains("\"accepted\":1");
    assertThat(kept).singleElement().matches(parcel -> parcel.received().equals(NOW));
  }

  @Test
  void a_delivery_that_comes_again_is_kept_once() throws Exception {
    assertThat(authorised("generic", ALERT).statusCode()).isEqualTo(202);
    assertThat(authorised("generic", ALERT).statusCode()).isEqualTo(202);
    assertThat(kept).hasSize(1);
  }

  @Test
  void who_does_not_know_the_secret_stays_outside() throws Exception {
    assertThat(post("generic", ALERT).statusCode()).isEqualTo(401);
    assertThat(post("generic", ALERT, "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
    assertThat(post("generic", ALERT, "Authorization", "Bearer " + SECRET + "x").statusCode())
        .isEqualTo(401);
    assertThat(post("generic", ALERT, "Authorization", "Bearer ").statusCode()).isEqualTo(401);
    // Nor is anything told of what there is.
    assertThat(post("nothing", "no JSON").statusCode()).isEqualTo(401);
    assertThat(kept).isEmpty();
  }

  @Test
  void a_signature_of_the_body_and_the_time_will_do() throws Exception {
    assertThat(signed(NOW, ALERT, ALERT)).isEqualTo(202);
    assertThat(signed(NOW.minusSeconds(299), ALERT, ALERT)).isEqualTo(202);
    assertThat(signed(NOW.minusSeconds(301), ALERT, ALERT)).isEqualTo(401);
    assertThat(signed(NOW.plusSeconds(301), ALERT, ALERT)).isEqualTo(401);
    assertThat(signed(NOW, ALERT, ALERT + " ")).isEqualTo(401);
  }

  /** {@code printf '%s' "1779289200:{}" | openssl dgst -sha256 -hmac "a secret of some length"}. */
  @Test
  void the_signature_is_that_of_openssl() {
    assertThat(gate.sign("1779289200", "{}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("v1=e03ca7d638f48a39ed6eadb0878b466b6a24c133226ca0699b1cfdaa9c82f82b");
  }

  @Test
  void an_unknown_sender_is_told_the_nearest() throws Exception {
    HttpResponse<String> answer = authorised("alertmanger", ALERT);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("did you mean /v1/alerts/alertmanager?");
  }

  @Test
  void what_can_not_be_read_is_answered_with_a_sentence() throws Exception {
    HttpResponse<String> answer = authorised("alertmanager", "{\"alerts\": {}}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("alerts is an object; expected a list […].\n");
    assertThat(authorised("generic", "[".repeat(100_000)).statusCode()).isEqualTo(400);
    assertThat(kept).isEmpty();
  }

  @Test
  void a_huge_body_is_refused() throws Exception {
    assertThat(authorised("generic", "{\"name\": \"" + "x".repeat(1_000_000) + "\"}").statusCode())
        .isEqualTo(413);
    assertThat(authorised("generic", "x".repeat(3_000_000)).statusCode()).isEqualTo(413);
    assertThat(kept).isEmpty();
  }

  @Test
  void a_test_event_is_accepted_and_nothing_kept() throws Exception {
    assertThat(
            authorised("pagerduty", "{\"event\": {\"event_type\": \"pagey.ping\", \"data\": {}}}")
                .statusCode())
        .isEqualTo(202);
    assertThat(kept).isEmpty();
  }
}
