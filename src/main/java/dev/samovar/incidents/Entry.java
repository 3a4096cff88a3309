package dev.samovar.incidents;

import java.time.Instant;

/**
 * A line of the timeline.
 *
 * @param who an id of the face; empty for Samovar itself
 */
public record Entry(Instant at, String who, String what) {}
