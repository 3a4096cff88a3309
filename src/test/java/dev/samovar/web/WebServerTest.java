package dev.samovar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebServerTest {
  private static HttpResponse<String> send(WebServer server, String path, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    return HttpClient.newHttpClient()
        .send(
            body.length == 0
                ? request.GET().build()
                : request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static final byte[] NOTHING = {};

  private static Routes echo() {
    return () ->
        List.of(
            Route.post(
                "/say/{what}",
                call -> {
                  if (call.text().equals("break")) {
                    throw new IOException("a secret of the inside");
                  }
                  return Answer.text(200, call.parts().get("what") + " " + call.query().get("q"));
                }));
  }

  @Test
  void it_answers_what_is_offered() throws Exception {
    try (WebServer server = new WebServer(List.of(echo()))) {
      server.start(0);
      assertThat(send(server, "/say/hello?q=1&q=2", new byte[] {65}).body()).isEqualTo("hello 1\n");
      assertThat(send(server, "/nothing", NOTHING).statusCode()).isEqualTo(404);
      assertThat(send(server, "/say/hello", NOTHING).statusCode()).isEqualTo(405);
    }
  }

  @Test
  void what_breaks_inside_stays_inside() throws Exception {
    try (WebServer server = new WebServer(List.of(echo()))) {
      server.start(0);
      HttpResponse<String> answer =
          send(server, "/say/hello", "break".getBytes(StandardCharsets.UTF_8));
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).doesNotContain("secret");
    }
  }

  @Test
  void too_much_is_not_read() throws Exception {
    try (WebServer server = new WebServer(List.of(echo()))) {
      server.start(0);
      assertThat(send(server, "/say/hello", new byte[WebServer.MOST_BYTES + 1]).statusCode())
          .isEqualTo(413);
    }
  }

  @Test
  void a_port_that_another_has_is_named() throws Exception {
    try (ServerSocket other = new ServerSocket(0);
        WebServer server = new WebServer(List.of())) {
      assertThatThrownBy(() -> server.start(other.getLocalPort()))
          .isInstanceOf(PortException.class)
          .hasMessageContaining("port " + other.getLocalPort());
    }
  }

  @Test
  void every_answer_says_how_a_browser_must_treat_it() throws Exception {
    try (WebServer server = new WebServer(List.of(echo()))) {
      server.start(0);
      for (String path : List.of("/nothing", "/say/hello")) {
        var headers = send(server, path, NOTHING).headers();
        assertThat(headers.firstValue("X-Content-Type-Options")).as(path).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
            .startsWith("default-src 'none'");
      }
    }
  }

  @Test
  void one_address_may_ask_so_often_and_no_more() {
    long[] now = {0};
    Bound bound = new Bound(3, () -> now[0]);
    for (int i = 0; i < 3; i++) {
      assertThat(bound.admits("a")).isTrue();
    }
    assertThat(bound.admits("a")).isFalse();
    assertThat(bound.admits("b")).isTrue();
    now[0] = 59_000_000_000L;
    assertThat(bound.admits("a")).isFalse();
    now[0] = 60_000_000_000L;
    assertThat(bound.admits("a")).isTrue();
  }
}
