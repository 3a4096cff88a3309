package dev.samovar.evidence;

import java.time.Instant;

/** A value of a field, how often it occurred, and when first and last. */
public record ValueCount(String value, long count, Instant first, Instant last) {}
