/**
 * Incidents that nobody tuned a check to, written as CONTRACT.md describes events, and the table of
 * what Samovar makes of them.
 */
@NullMarked
package dev.samovar.scoreboard;

import org.jspecify.annotations.NullMarked;
