package dev.samovar.slack;

import java.util.Optional;

/**
 * Where a question came from, and where its answer goes.
 *
 * @param key of what is answered: its answer is written once
 * @param thread to answer in; empty for a message of its own
 * @param user who asked; empty for another bot
 * @param because why Samovar speaks unasked; empty where it was asked
 * @param answer a message that becomes the answer; empty where one must be written
 */
record Origin(
    String key,
    String channel,
    Optional<String> thread,
    String user,
    Optional<String> because,
    Optional<String> answer) {

  static Origin asked(String key, String channel, Optional<String> thread, String user) {
    return new Origin(key, channel, thread, user, Optional.empty(), Optional.empty());
  }

  static Origin overheard(String key, String channel, String thread, String user, String because) {
    return new Origin(
        key, channel, Optional.of(thread), user, Optional.of(because), Optional.empty());
  }

  Origin becoming(String message) {
    return new Origin(key, channel, thread, user, because, Optional.of(message));
  }
}
