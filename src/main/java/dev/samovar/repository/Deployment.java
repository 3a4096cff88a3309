package dev.samovar.repository;

import java.time.Instant;

/**
 * A revision that was brought to where it runs.
 *
 * @param at when that began
 * @param author who or what started it
 */
public record Deployment(Instant at, Revision revision, String author, State state) {

  /** How it went, as far as was known at the window's end. */
  public enum State {
    SUCCEEDED,
    RUNNING,
    FAILED,
    /** Too many to look them all up. */
    UNKNOWN;

    /** Whether what came next replaced it. */
    boolean mayRun() {
      return this == SUCCEEDED || this == UNKNOWN;
    }
  }
}
