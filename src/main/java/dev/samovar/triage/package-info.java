/**
 * The core: runs the checks on a request, looks for the onset, ranks the causes and writes the
 * report. Knows checks, statistics and evidence.
 */
@NullMarked
package dev.samovar.triage;

import org.jspecify.annotations.NullMarked;
