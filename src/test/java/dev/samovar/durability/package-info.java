/**
 * Judges of durable work: the real {@code serve} in processes that are killed, against a Slack that
 * remembers and a store that outlives them.
 */
@NullMarked
package dev.samovar.durability;

import org.jspecify.annotations.NullMarked;
