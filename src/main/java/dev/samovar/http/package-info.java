/**
 * Asking other programs over HTTP: one client per source, with its own connections, limits and
 * breaker. Knows the evidence's way to say that a source could not answer, and nobody else.
 */
@NullMarked
package dev.samovar.http;

import org.jspecify.annotations.NullMarked;
