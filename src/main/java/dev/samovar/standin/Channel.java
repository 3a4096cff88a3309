package dev.samovar.standin;

import java.util.Optional;

/**
 * Where people write.
 *
 * @param with the person whose direct messages with the app these are; empty for a channel
 */
public record Channel(String id, String name, String purpose, Optional<String> with) {
  public boolean isDirect() {
    return with.isPresent();
  }
}
