/**
 * Pictures where people would rather look than read: pure functions from a report's figures to PNG
 * and a sentence that says the same. Knows no face, no clock and no source; fonts come with it.
 */
@NullMarked
package dev.samovar.charts;

import org.jspecify.annotations.NullMarked;
