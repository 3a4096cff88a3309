/**
 * How Samovar itself is: whether it lives and is ready, its metrics, its log. The only room that
 * knows Micrometer and the logging back-end; known only to the launcher.
 */
@NullMarked
package dev.samovar.operations;

import org.jspecify.annotations.NullMarked;
