package dev.samovar.incidents;

import java.time.Instant;

/** Of an earlier incident what is needed to recognise it. */
public record Earlier(String id, String model, Instant at, Traits traits) {}
