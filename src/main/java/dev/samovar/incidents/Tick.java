package dev.samovar.incidents;

import dev.samovar.checks.CheckId;
import java.time.Instant;

/**
 * A step of a runbook that somebody did.
 *
 * @param step counts from 0
 */
public record Tick(CheckId check, int step, String user, Instant at) {}
