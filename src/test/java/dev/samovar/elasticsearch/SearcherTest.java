package dev.samovar.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Query;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a cluster that never answers sees of those who ask: not too many, and none that gave up. */
class SearcherTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int MOST = 3;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();

  @SuppressWarnings("NullAway.Init") // Opened before each.
  private ServerSocket server;

  @SuppressWarnings("NullAway.Init") // Opened before each.
  private ElasticsearchSource source;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Future<?> unused = threads.submit(this::accept);
    source =
        new ElasticsearchSource(
            new ElasticsearchSettings(
                List.of("http://127.0.0.1:" + server.getLocalPort()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(3),
                MOST));
  }

  @AfterEach
  void close() throws IOException {
    source.close();
    server.close();
    threads.shutdownNow();
  }

  private Void accept() throws IOException {
    while (true) {
      Socket socket = server.accept();
      Future<?> unused = threads.submit(() -> swallow(socket));
    }
  }

  private Void swallow(Socket socket) throws IOException {
    try (socket;
        InputStream in = socket.getInputStream()) {
      seen.add(in.read() < 0 ? "nothing" : "asked");
      while (in.read() >= 0) {
        // Whatever is asked.
      }
      seen.add("closed");
    }
    return null;
  }

  private Callable<Optional<EvidenceException.Kind>> asking() {
    return () -> {
      try {
        source
            .open("t", LONG)
            .events()
            .tally(Query.of(Model.named("m"), Dataset.INFERENCE), List.of(), Map.of());
        return Optional.empty();
      } catch (EvidenceException e) {
        return Optional.of(e.kind());
      }
    };
  }

  @Test
  void who_gives_up_takes_the_question_along() throws Exception {
    Future<?> asked = threads.submit(asking());
    assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("asked");

    asked.cancel(true);

    assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("closed");
  }

  @Test
  void no_more_than_so_many_ask_at_once() throws Exception {
    List<Future<?>> asked = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      asked.add(threads.submit(asking()));
      assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("asked");
    }
    for (int i = 0; i < MOST; i++) {
      asked.add(threads.submit(asking()));
    }
    assertThat(seen.poll(1, TimeUnit.SECONDS)).as("one more than may").isNull();

    asked.get(0).cancel(true);
    assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("closed");
    assertThat(seen.poll(20, TimeUnit.SECONDS)).as("the next one's turn").isEqualTo("asked");
  }
}
