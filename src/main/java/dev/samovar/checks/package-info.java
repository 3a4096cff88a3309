/**
 * The fixed set of diagnostics, one class a check: each a pure function of the case and the
 * evidence. Knows evidence and statistics, nothing else.
 */
@NullMarked
package dev.samovar.checks;

import org.jspecify.annotations.NullMarked;
