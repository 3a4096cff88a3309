package dev.samovar.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.samovar.checks.CheckId;
import dev.samovar.checks.Checks;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.triage.Investigation;
import dev.samovar.triage.Progress;
import dev.samovar.triage.Report;
import dev.samovar.triage.Request;
import dev.samovar.triage.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An Elasticsearch that is down, slow, closed to us, or something else entirely. */
class BrokenServerTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");

  private final ExecutorService workers = Executors.newFixedThreadPool(12);
  private final ExecutorService serving = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(serving);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    workers.shutdownNow();
    serving.shutdownNow();
  }

  private void answers(int status, String type, String body) {
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", type);
          exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
          exchange.sendResponseHeaders(status, bytes.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
          }
        });
  }

  private Report investigate(String url) throws IOException {
    return investigate(url, Duration.ofSeconds(15));
  }

  private Report investigate(String url, Duration deadline) throws IOException {
    try (ElasticsearchSource source = new ElasticsearchSource(ElasticsearchSettings.plain(url))) {
      return new Investigation(source, Checks.all(), workers, deadline, () -> "t")
          .investigate(
              new Request(Model.named("m"), new Window(NOW.minusSeconds(7200), NOW), "", Set.of()),
              Progress.SILENT);
    }
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Test
  void down_is_said_in_every_row_and_nothing_was_reached() throws IOException {
    String url = url();
    server.stop(0);

    Report report = investigate(url);

    assertThat(report.verdict()).isEqualTo(Verdict.CANNOT_TELL);
    assertThat(report.reached()).isFalse();
    assertThat(report.rows()).hasSize(CheckId.values().length);
    assertThat(report.row(CheckId.DATA_DRIFT).state()).isEqualTo(Report.State.FAILED);
    assertThat(report.row(CheckId.DATA_DRIFT).reason()).contains("Elasticsearch");
    assertThat(report.row(CheckId.DATA_DRIFT).remedy()).isNotEmpty();
  }

  @Test
  void refused_credentials_are_said_as_such() throws IOException {
    answers(
        401,
        "application/json",
        "{\"error\":{\"type\":\"security_exception\",\"reason\":\"missing authentication"
            + " credentials\"},\"status\":401}");

    Report report = investigate(url());

    assertThat(report.row(CheckId.DATA_DRIFT).reason()).contains("401").contains("api_key");
    assertThat(report.reached()).isFalse();
  }

  @Test
  void slow_is_timed_out_and_the_deadline_holds() throws IOException {
    server.createContext(
        "/",
        exchange -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });

    Report report = investigate(url(), Duration.ofSeconds(1));

    assertThat(report.row(CheckId.DATA_DRIFT).state()).isEqualTo(Report.State.NOT_CHECKED);
    assertThat(report.row(CheckId.DATA_DRIFT).reason()).contains("tim");
    assertThat(report.reached()).isFalse();
  }

  @Test
  void a_port_that_speaks_something_else_is_said_to() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Future<?> unusedToo =
          serving.submit(
              () -> {
                while (true) {
                  try (Socket socket = other.accept()) {
                    int unused = socket.getInputStream().read(new byte[8192]);
                    socket
                        .getOutputStream()
                        .write("This is not an HTTP port".getBytes(StandardCharsets.UTF_8));
                  }
                }
              });
      Report report = investigate("http://127.0.0.1:" + other.getLocalPort());

      assertThat(report.row(CheckId.DATA_DRIFT).reason()).contains("is elasticsearch.url right");
      assertThat(report.verdict()).isEqualTo(Verdict.CANNOT_TELL);
    }
  }

  @Test
  void another_server_is_no_elasticsearch() throws IOException {
    answers(200, "text/html", "<html>hello</html>");

    Report report = investigate(url());

    assertThat(report.verdict()).isEqualTo(Verdict.CANNOT_TELL);
    assertThat(report.row(CheckId.DATA_DRIFT).state()).isEqualTo(Report.State.FAILED);
  }

  @Test
  void a_failing_shard_is_no_answer() throws IOException {
    answers(
        503,
        "application/json",
        "{\"error\":{\"type\":\"search_phase_execution_exception\",\"reason\":\"Partial shards"
            + " failure\",\"phase\":\"query\",\"grouped\":true,\"failed_shards\":[]},\"status\":503}");

    Report report = investigate(url());

    assertThat(report.row(CheckId.DATA_DRIFT).state()).isEqualTo(Report.State.FAILED);
    assertThat(report.verdict()).isEqualTo(Verdict.CANNOT_TELL);
  }
}
