package dev.samovar.charts;

import java.time.Instant;

/** Something that happened at a moment. */
record Mark(Instant at, String text) {}
