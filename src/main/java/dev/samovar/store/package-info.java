/**
 * What must survive a restart, in SQL: an embedded H2 file, or PostgreSQL for several replicas.
 * Knows work, incidents and what they hold; known only to the launcher.
 */
@NullMarked
package dev.samovar.store;

import org.jspecify.annotations.NullMarked;
