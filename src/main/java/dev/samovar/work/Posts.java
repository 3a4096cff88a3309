package dev.samovar.work;

import java.time.Instant;
import java.util.Optional;

/**
 * Messages that are written once. The intent is kept before a message is sent, and where it stands
 * after: who finds an intent without a place looks whether the message arrived.
 */
public interface Posts {
  /**
   * @param id travels with the message, to find it by
   * @param message where it stands; empty while that is not known
   */
  record Post(String id, Instant intended, Optional<String> message) {}

  /**
   * Keeps that a message is to be sent.
   *
   * @param id the same whenever the same message is meant
   * @return what is known of it; the earlier intent where there is one
   */
  Post intend(String id, Instant now);

  /** It arrived. */
  void arrived(String id, String message);
}
