/**
 * Changes that somebody tells of, by a command or by a deploy pipeline: what they must say, and
 * where they are written so that investigations find them.
 */
@NullMarked
package dev.samovar.changes;

import org.jspecify.annotations.NullMarked;
