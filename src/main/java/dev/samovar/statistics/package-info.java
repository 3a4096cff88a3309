/**
 * Pure functions: distances between distributions, tests, robust spread, change points. Knows
 * nobody.
 */
@NullMarked
package dev.samovar.statistics;

import org.jspecify.annotations.NullMarked;
