/**
 * Flink's REST API: the jobs that models read from. Knows the evidence it gives and the client it
 * asks with, and nobody else.
 */
@NullMarked
package dev.samovar.flink;

import org.jspecify.annotations.NullMarked;
