/**
 * Reads {@code samovar.yaml} once into one tree of records, and says all that is wrong with it in
 * one message. Knows evidence's value types.
 */
@NullMarked
package dev.samovar.config;

import org.jspecify.annotations.NullMarked;
