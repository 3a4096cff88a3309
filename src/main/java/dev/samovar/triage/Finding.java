package dev.samovar.triage;

import dev.samovar.checks.Check;
import dev.samovar.checks.Outcome;

/** A check and what it found. */
record Finding(Check check, Outcome.Found found) {}
