package dev.samovar.incidents;

import java.util.Optional;

/**
 * Where an incident is talked about.
 *
 * @param thread the message it began with
 * @param answer the one message that tells its present state
 * @param link where people open that message; empty where it is not known yet
 */
public record Place(String channel, String thread, String answer, Optional<String> link) {
  public Place(String channel, String thread, String answer) {
    this(channel, thread, answer, Optional.empty());
  }
}
