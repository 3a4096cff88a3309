package dev.samovar.durability;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/** Envelopes over the connections that replicas opened, each to any of them. */
final class SocketCarrier implements Carrier {
  private static final long PATIENCE_SECONDS = 3;

  private record Sent(WebSocket connection, CompletableFuture<String> acknowledged) {}

  private final Random random;
  private final AtomicInteger envelopes = new AtomicInteger();
  private final Map<String, Sent> pending = new ConcurrentHashMap<>();
  private final List<WebSocket> connections = new ArrayList<>();
  private CompletableFuture<Long> connected = new CompletableFuture<>();
  private final WebSocketServer server;

  SocketCarrier(long seed) throws InterruptedException {
    this.random = new Random(seed);
    CountDownLatch listening = new CountDownLatch(1);
    server =
        new WebSocketServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)) {
          @Override
          public void onOpen(WebSocket socket, ClientHandshake handshake) {
            socket.send(
                "{\"type\":\"hello\",\"num_connections\":1,"
                    + "\"connection_info\":{\"app_id\":\"A1\"},\"debug_info\":{}}");
            opened(socket);
          }

          @Override
          public void onClose(WebSocket socket, int code, String reason, boolean remote) {
            closed(socket);
          }

          @Override
          public void onMessage(WebSocket socket, String message) {
            Sent sent = pending.get(Workspace.parse(message).path("envelope_id").asText());
            if (sent != null) {
              sent.acknowledged().complete("");
            }
          }

          @Override
          public void onError(WebSocket socket, Exception e) {
            // Who was connected was killed; onClose follows.
          }

          @Override
          public void onStart() {
            listening.countDown();
          }
        };
    server.setReuseAddr(true);
    server.setDaemon(true);
    server.start();
    if (!listening.await(10, TimeUnit.SECONDS)) {
      throw new AssertionError("The sockets' server does not start");
    }
  }

  String url() {
    return "ws://127.0.0.1:" + server.getPort();
  }

  private synchronized void opened(WebSocket socket) {
    connections.add(socket);
    connected.complete(0L);
  }

  private synchronized void closed(WebSocket socket) {
    connections.remove(socket);
    if (connections.isEmpty() && connected.isDone()) {
      connected = new CompletableFuture<>();
    }
    pending.values().stream()
        .filter(sent -> sent.connection().equals(socket))
        .forEach(sent -> sent.acknowledged().complete("connection_failed"));
  }

  @Override
  public synchronized CompletableFuture<String> carry(
      Kind kind, String payload, int retry, String why) {
    if (connections.isEmpty()) {
      return CompletableFuture.completedFuture("connection_failed");
    }
    WebSocket connection = connections.get(random.nextInt(connections.size()));
    String id = "envelope" + envelopes.incrementAndGet();
    CompletableFuture<String> acknowledged =
        new CompletableFuture<String>()
            .completeOnTimeout("timeout", PATIENCE_SECONDS, TimeUnit.SECONDS);
    pending.put(id, new Sent(connection, acknowledged));
    String envelope =
        "{\"envelope_id\":\"%s\",\"type\":\"%s\",\"accepts_response_payload\":%s,%s\"payload\":%s}"
            .formatted(
                id,
                kind.envelope(),
                kind != Kind.EVENT,
                kind == Kind.EVENT
                    ? "\"retry_attempt\":%d,\"retry_reason\":\"%s\",".formatted(retry, why)
                    : "",
                payload);
    try {
      connection.send(envelope);
    } catch (org.java_websocket.exceptions.WebsocketNotConnectedException e) {
      acknowledged.complete("connection_failed");
    }
    return acknowledged.whenComplete((reason, failure) -> pending.remove(id));
  }

  @Override
  public synchronized CompletableFuture<Long> somebodyListens() {
    return connected;
  }

  @Override
  public void close() {
    try {
      server.stop(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
