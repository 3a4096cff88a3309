package dev.samovar.slack;

import dev.samovar.web.WebServer;
import java.util.List;

/** A bot in HTTP mode and the server that Slack comes to. */
final class ServedBot implements AutoCloseable {
  private final SlackBot bot;
  private final WebServer server;
  private final int port;

  /**
   * @param port 0 for any free one
   */
  ServedBot(SlackBot bot, int port) {
    this.bot = bot;
    this.server = new WebServer(List.of(bot));
    this.port = port;
  }

  void start() throws Exception {
    bot.start();
    server.start(port);
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
    bot.close();
  }
}
