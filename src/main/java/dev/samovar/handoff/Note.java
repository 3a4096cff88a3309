package dev.samovar.handoff;

import java.time.Instant;

/**
 * What somebody wants the next one to know.
 *
 * @param who an id of the face
 */
public record Note(String who, Instant at, String text) {}
