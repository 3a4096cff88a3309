package dev.samovar.durability;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The replicas on one store; Slack sends to any of them. */
final class Fleet implements AutoCloseable {
  private final Launcher launcher;
  private final String storeUrl;
  private final Random random;
  private final List<Replica> replicas = new CopyOnWriteArrayList<>();
  private CompletableFuture<Long> listening = new CompletableFuture<>();

  Fleet(Launcher launcher, String storeUrl, long seed) {
    this.launcher = launcher;
    this.storeUrl = storeUrl;
    this.random = new Random(seed);
  }

  Replica start() throws IOException {
    return started(launcher.start(storeUrl));
  }

  /**
   * @param flags of the JVM
   */
  Replica start(List<String> flags) throws IOException {
    return started(launcher.start(storeUrl, flags));
  }

  private synchronized Replica started(Replica replica) {
    replicas.add(replica);
    CompletableFuture<Long> told = listening.isDone() ? new CompletableFuture<>() : listening;
    listening = told;
    CompletableFuture<Void> unused = replica.ready().thenAccept(told::complete);
    return replica;
  }

  Replica newest() {
    return replicas.get(replicas.size() - 1);
  }

  void kill(Replica replica) throws InterruptedException {
    forget(replica);
    replica.kill();
  }

  /** As in a rolling restart. */
  void stop(Replica replica) throws InterruptedException {
    forget(replica);
    replica.stop();
  }

  private synchronized void forget(Replica replica) {
    replicas.remove(replica);
    if (replicas.isEmpty() && listening.isDone()) {
      listening = new CompletableFuture<>();
    }
  }

  /** Of any replica, also of one that has just died. */
  synchronized URI address() {
    List<Replica> now = List.copyOf(replicas);
    if (now.isEmpty()) {
      return URI.create("http://127.0.0.1:1/nobody");
    }
    return now.get(random.nextInt(now.size())).events();
  }

  /** Completed when the newest replica listens, or the next one where none is left. */
  synchronized CompletableFuture<Long> somebodyListens() {
    return listening;
  }

  String logs() {
    StringBuilder logs = new StringBuilder();
    for (Replica replica : replicas) {
      logs.append("--- replica ").append(replica.number()).append("\n").append(replica.log());
    }
    return logs.toString();
  }

  /** Stops all as an operator would, so that nothing is under way any more. */
  void stop() throws InterruptedException {
    for (Replica replica : replicas) {
      replica.stop();
    }
  }

  @Override
  public void close() {
    for (Replica replica : replicas) {
      replica.close();
    }
  }
}
