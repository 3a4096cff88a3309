package dev.samovar.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Socket Mode: who was given an address may connect there once. */
final class SocketDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SocketDoor.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SECONDS = 10;
  private static final int NOT_INVITED = 1008;
  private static final String PATH = "/link/?ticket=";
  private static final String HELLO =
      "{\"type\":\"hello\",\"num_connections\":1,\"connection_info\":{\"app_id\":\"A1\"},"
          + "\"debug_info\":{}}";

  private final Consumer<JsonNode> acknowledged;
  private final Set<String> invited = ConcurrentHashMap.newKeySet();
  private final List<WebSocket> connections = new CopyOnWriteArrayList<>();
  private final CountDownLatch listening = new CountDownLatch(1);
  private final CountDownLatch connected = new CountDownLatch(1);
  private final WebSocketServer server;

  SocketDoor(InetSocketAddress where, Consumer<JsonNode> acknowledged) {
    this.acknowledged = acknowledged;
    this.server = new Server(where);
    server.setReuseAddr(true);
  }

  void open() throws InterruptedException {
    server.start();
    if (!listening.await(SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("The stand-in for Slack does not listen for connections");
    }
  }

  String invite() {
    String ticket = UUID.randomUUID().toString();
    invited.add(ticket);
    return "ws://127.0.0.1:" + server.getPort() + PATH + ticket;
  }

  boolean await(long seconds) throws InterruptedException {
    return connected.await(seconds, TimeUnit.SECONDS);
  }

  boolean send(String envelope) {
    List<WebSocket> open = new ArrayList<>(connections);
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i).isOpen()) {
        open.get(i).send(envelope);
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    try {
      server.stop(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Server extends WebSocketServer {
    Server(InetSocketAddress where) {
      super(where, 2);
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake handshake) {
      String path = handshake.getResourceDescriptor();
      if (!path.startsWith(PATH) || !invited.remove(path.substring(PATH.length()))) {
        socket.close(NOT_INVITED, "not invited");
        return;
      }
      socket.send(HELLO);
      connections.add(socket);
      connected.countDown();
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason, boolean isRemote) {
      connections.remove(socket);
    }

    @Override
    public void onMessage(WebSocket socket, String message) {
      try {
        acknowledged.accept(JSON.readTree(message));
      } catch (JsonProcessingException e) {
        LOG.warn("What the app sent is no JSON", e);
      }
    }

    @Override
    public void onError(WebSocket socket, Exception e) {
      LOG.warn("A connection broke", e);
    }

    @Override
    public void onStart() {
      listening.countDown();
    }
  }
}
