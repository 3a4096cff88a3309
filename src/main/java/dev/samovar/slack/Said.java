package dev.samovar.slack;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something was said.
 *
 * @param key of the delivery: the same when it is delivered again
 * @param user who said it; null for another bot
 * @param bot id or name of that bot; null for a person
 */
record Said(
    String key,
    String channel,
    String ts,
    @Nullable String threadTs,
    @Nullable String user,
    @Nullable String bot,
    String text,
    boolean isDirect,
    boolean isMention) {

  /** When, as its timestamp says. */
  Optional<Instant> moment() {
    return ts.matches("\\d{1,10}\\.\\d{1,9}")
        ? Optional.of(Instant.ofEpochMilli((long) (Double.parseDouble(ts) * 1000)))
        : Optional.empty();
  }

  String thread() {
    return threadTs == null ? ts : threadTs;
  }

  boolean isAddressed() {
    return isDirect || isMention;
  }
}
