package dev.samovar.standin;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What a press comes with, and a modal is opened with: once, and soon. Slack waits for three
 * seconds; a laptop that runs an Elasticsearch besides is given more.
 */
final class Triggers {
  private static final Duration GOOD_FOR = Duration.ofSeconds(10);

  private record Trigger(String user, long issued) {}

  private final Map<String, Trigger> issued = new HashMap<>();

  synchronized String issue(String user) {
    long now = System.nanoTime();
    issued.values().removeIf(one -> now - one.issued() > 10 * GOOD_FOR.toNanos());
    String id = UUID.randomUUID().toString();
    issued.put(id, new Trigger(user, now));
    return id;
  }

  /** Whose it was, or what Slack says to a wrong one. */
  record Taken(String user, String error) {}

  synchronized Taken take(String id) {
    Trigger trigger = issued.remove(id);
    if (trigger == null) {
      return new Taken("", "invalid_trigger_id");
    }
    return System.nanoTime() - trigger.issued() > GOOD_FOR.toNanos()
        ? new Taken("", "expired_trigger_id")
        : new Taken(trigger.user(), "");
  }
}
