package dev.samovar.incidents;

import dev.samovar.checks.CheckId;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What somebody says of a cause: it was this, or it was not.
 *
 * @param rank of the cause in the report that was judged, from 1; empty where it was not named
 * @param confidence that the report gave it
 */
public record Opinion(
    CheckId cause,
    boolean wasIt,
    String user,
    Instant at,
    OptionalInt rank,
    OptionalDouble confidence) {}
