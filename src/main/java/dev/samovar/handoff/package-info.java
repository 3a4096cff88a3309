/**
 * What one shift hands to the next, and whether it was taken. Knows the incidents, the
 * investigation, the rota and the runbooks; no face and no clock.
 */
@NullMarked
package dev.samovar.handoff;

import org.jspecify.annotations.NullMarked;
