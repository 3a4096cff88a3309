/**
 * Burrow: how far behind their topics Kafka's consumer groups are. Knows the evidence it gives and
 * the client it asks with, and nobody else.
 */
@NullMarked
package dev.samovar.burrow;

import org.jspecify.annotations.NullMarked;
