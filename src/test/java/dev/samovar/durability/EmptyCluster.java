package dev.samovar.durability;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * What an Elasticsearch without any index answers, after a while: investigations are real, short,
 * and say that they can't tell.
 */
final class EmptyCluster implements AutoCloseable {
  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService wire = Executors.newScheduledThreadPool(2);
  private final Duration pause;
  private final Runnable asked;
  private final Set<String> ids = ConcurrentHashMap.newKeySet();

  /**
   * @param asked is told of each question
   */
  EmptyCluster(Duration pause, Runnable asked) throws IOException {
    this.pause = pause;
    this.asked = asked;
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    http.setExecutor(threads);
    http.createContext("/", this::answer);
    http.start();
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** Under which the questions of investigations came: {@code X-Opaque-Id}. */
  Set<String> ids() {
    return Set.copyOf(ids);
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    // Whether it lives is asked all the time, and is no part of an investigation.
    if (!path.equals("/")) {
      asked.run();
      ids.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Opaque-Id")));
    }
    String body =
        path.equals("/")
            ? "{\"version\":{\"number\":\"8.19.0\"},\"tagline\":\"You Know, for Search\"}"
            : path.endsWith("/_field_caps")
                ? "{\"indices\":[],\"fields\":{}}"
                : path.contains("/_resolve/index/")
                    ? "{\"indices\":[],\"aliases\":[],\"data_streams\":[]}"
                    : "{\"took\":1,\"timed_out\":false,\"_shards\":{\"total\":0,\"successful\":0,"
                        + "\"skipped\":0,\"failed\":0},\"hits\":{\"max_score\":0,\"hits\":[]}}";
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    ScheduledFuture<?> unused =
        wire.schedule(
            () -> {
              try {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
                exchange.sendResponseHeaders(200, bytes.length);
                try (OutputStream out = exchange.getResponseBody()) {
                  out.write(bytes);
                }
              } catch (IOException e) {
                // Who asked was killed meanwhile.
                exchange.close();
              }
            },
            pause.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
    wire.shutdownNow();
  }
}
