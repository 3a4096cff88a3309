package dev.samovar.incidents;

import dev.samovar.checks.CheckId;
import java.time.Instant;
import java.util.Optional;

/**
 * A step of a runbook that somebody did.
 *
 * @param step counts from 0
 * @param what the step said then; empty in what was kept before it was noted
 */
public record Tick(CheckId check, int step, String user, Instant at, Optional<String> what) {}
