/** Reads the lock files that Python's installers write. Knows evidence. */
@NullMarked
package dev.samovar.lockfile;

import org.jspecify.annotations.NullMarked;
