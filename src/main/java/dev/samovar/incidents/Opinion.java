package dev.samovar.incidents;

import dev.samovar.checks.CheckId;
import java.time.Instant;

/** What somebody says of a cause that was named: it was this, or it was not. */
public record Opinion(CheckId cause, boolean wasIt, String user, Instant at) {}
