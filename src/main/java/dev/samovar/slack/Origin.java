package dev.samovar.slack;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a question came from, and where its answer goes.
 *
 * @param key of what is answered: its answer is written once
 * @param thread to answer in; empty for a message of its own
 * @param user who asked; empty for another bot
 * @param because why Samovar speaks unasked; empty where it was asked
 * @param answer a message that becomes the answer; empty where one must be written
 * @param at when it was asked, as Slack says; empty where it does not
 */
record Origin(
    String key,
    String channel,
    Optional<String> thread,
    String user,
    Optional<String> because,
    Optional<String> answer,
    Optional<Instant> at) {

  static Origin asked(String key, String channel, Optional<String> thread, String user) {
    return new Origin(
        key, channel, thread, user, Optional.empty(), Optional.empty(), Optional.empty());
  }

  static Origin overheard(String key, String channel, String thread, String user, String because) {
    return new Origin(
        key,
        channel,
        Optional.of(thread),
        user,
        Optional.of(because),
        Optional.empty(),
        Optional.empty());
  }

  Origin becoming(String message) {
    return new Origin(key, channel, thread, user, because, Optional.of(message), at);
  }

  Origin at(Optional<Instant> moment) {
    return new Origin(key, channel, thread, user, because, answer, moment);
  }
}
