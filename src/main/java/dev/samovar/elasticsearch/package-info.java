/**
 * Asks Elasticsearch. Implements the ports of evidence by aggregations that run where the events
 * are; known only to the launcher. Basic-licence features of servers 8 and 9, no scripts.
 */
@NullMarked
package dev.samovar.elasticsearch;

import org.jspecify.annotations.NullMarked;
