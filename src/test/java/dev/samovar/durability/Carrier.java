package dev.samovar.durability;

import java.util.concurrent.CompletableFuture;

/** A way on which Slack hands things over: HTTP, or Socket Mode. */
interface Carrier extends AutoCloseable {
  /** What is handed over, by its name in Socket Mode. */
  enum Kind {
    EVENT("events_api"),
    COMMAND("slash_commands"),
    PRESS("interactive");

    private final String envelope;

    Kind(String envelope) {
      this.envelope = envelope;
    }

    String envelope() {
      return envelope;
    }
  }

  /**
   * @param payload as JSON
   * @param retry 0 the first time
   * @param why it comes again
   * @return empty where it was acknowledged in time; else why not, in Slack's terms
   */
  CompletableFuture<String> carry(Kind kind, String payload, int retry, String why);

  /** Completed when somebody listens. */
  CompletableFuture<Long> somebodyListens();

  @Override
  void close();
}
