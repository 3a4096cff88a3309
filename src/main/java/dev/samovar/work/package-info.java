/**
 * What must be done later, or exactly once: ports, and keepers in memory for the sandbox and tests.
 * Knows no other room; the store implements it in SQL.
 */
@NullMarked
package dev.samovar.work;

import org.jspecify.annotations.NullMarked;
