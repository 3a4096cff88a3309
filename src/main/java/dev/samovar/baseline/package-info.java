/**
 * Computes the training profile of a model's version from a file in one pass and constant memory.
 * Knows evidence.
 */
@NullMarked
package dev.samovar.baseline;

import org.jspecify.annotations.NullMarked;
