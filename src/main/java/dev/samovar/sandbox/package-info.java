/**
 * Everything on one machine without accounts: an embedded Elasticsearch in a process of its own,
 * stories to fill it with, and a chat for one. Known only to the launcher and to tests.
 */
@NullMarked
package dev.samovar.sandbox;

import org.jspecify.annotations.NullMarked;
