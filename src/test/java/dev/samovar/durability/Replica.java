package dev.samovar.durability;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A {@code serve} in a process of its own. */
final class Replica implements AutoCloseable {
  private static final String READY = "Samovar listens in Slack";
  private static final int KEPT_LINES = 400;
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 40;

  private final int number;
  private final int port;
  private final Process process;
  private final long startedAt = System.nanoTime();
  private final CompletableFuture<Long> ready = new CompletableFuture<>();
  private final Deque<String> log = new ArrayDeque<>();

  private Replica(int number, int port, Process process) {
    this.number = number;
    this.port = port;
    this.process = process;
  }

  static Replica start(int number, int port, List<String> command, Path working)
      throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(working.toAbsolutePath().toFile())
            .redirectErrorStream(true)
            .start();
    Replica replica = new Replica(number, port, process);
    Thread reader = new Thread(replica::read, "replica-" + number);
    reader.setDaemon(true);
    reader.start();
    return replica;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (log) {
          log.addLast(line);
          if (log.size() > KEPT_LINES) {
            log.removeFirst();
          }
        }
        if (line.startsWith(READY)) {
          ready.complete(System.nanoTime() - startedAt);
        }
      }
    } catch (IOException e) {
      if (process.isAlive()) {
        throw new UncheckedIOException(e);
      }
    } finally {
      ready.completeExceptionally(new IllegalStateException("It ended:\n" + log()));
    }
  }

  String log() {
    synchronized (log) {
      return String.join("\n", log);
    }
  }

  int number() {
    return number;
  }

  URI events() {
    return at("/slack/events");
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Completed with the nanoseconds that it took. */
  CompletableFuture<Long> ready() {
    return ready;
  }

  /**
   * @return the nanoseconds that it took
   */
  long awaitReady() throws InterruptedException {
    try {
      return ready.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("Replica " + number + " did not start:\n" + log(), e);
    }
  }

  /** As {@code kill -9} does; returns when it is gone. */
  void kill() throws InterruptedException {
    // Process.destroy would also close the stream that its last words come through.
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /** As an operator stops it: what it accepted is finished first. */
  void stop() throws InterruptedException {
    process.toHandle().destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("Replica " + number + " does not stop:\n" + log());
    }
  }

  /** Of all its threads so far. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Now, in MB, as Linux counts it. */
  long resident() throws IOException {
    return status("VmRSS");
  }

  /** The most so far, in MB. */
  long residentAtMost() throws IOException {
    return status("VmHWM");
  }

  private long status(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }
}
