package dev.samovar.checks;

import java.time.Instant;

/**
 * When the trouble began.
 *
 * @param at the best estimate; {@code earliest} and {@code latest} bound it
 */
public record Onset(Instant at, Instant earliest, Instant latest) {}
