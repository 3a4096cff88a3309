package dev.samovar.work;

import java.time.Instant;

/** Who asked what: written, never changed. */
public interface Audit {

  /**
   * @param user an id of the face; empty for another bot
   * @param place where it was asked; empty where that is no channel
   * @param what command, button or form
   * @param content the words or the thing it is about, without secrets
   */
  record Entry(
      Instant at, String user, String place, String what, String content, Outcome outcome) {}

  /** What became of it. */
  enum Outcome {
    DONE,
    REFUSED
  }

  void record(Entry entry);
}
