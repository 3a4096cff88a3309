package dev.samovar.work;

import java.time.Instant;

/**
 * Something to be done.
 *
 * @param key names it among those of its kind
 * @param due when it was to be done, which may be a while ago
 */
public record Job(String kind, String key, String payload, Instant due) {}
