/**
 * What was asked and what became of it: who owns it, what was found when, what people said of the
 * causes, what was done. Immutable incidents and the store that keeps them. Knows triage, checks
 * and the words of reports; no face and no clock.
 */
@NullMarked
package dev.samovar.incidents;

import org.jspecify.annotations.NullMarked;
