/**
 * What can be asked of a team's logs and metrics, in the core's own words: ports, and the value
 * types they speak in. Knows nobody.
 */
@NullMarked
package dev.samovar.evidence;

import org.jspecify.annotations.NullMarked;
