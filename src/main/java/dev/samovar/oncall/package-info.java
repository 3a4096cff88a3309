/**
 * Who is on call: by the team's rota, or by the schedule that it keeps in another program. Knows no
 * face and no clock.
 */
@NullMarked
package dev.samovar.oncall;

import org.jspecify.annotations.NullMarked;
