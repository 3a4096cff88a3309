package dev.samovar.repository;

import java.time.Instant;
import java.util.Optional;

/**
 * A pull or merge request that was merged.
 *
 * @param revision of the branch after it, where it is known
 * @param title as it is there: not yet fit to be shown
 */
public record Merge(
    Instant at, long number, Optional<Revision> revision, String title, String author) {}
