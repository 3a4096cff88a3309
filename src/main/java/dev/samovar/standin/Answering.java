package dev.samovar.standin;

import com.fasterxml.jackson.databind.JsonNode;

/** Who answers what an app asks of Slack; on any thread, several at once. */
public interface Answering {
  ApiAnswer answer(ApiCall call) throws Exception;

  /** The app acknowledged an envelope, or said something with it. */
  default void acknowledged(JsonNode ack) {}
}
