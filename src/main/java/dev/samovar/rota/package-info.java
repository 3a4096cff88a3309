/** Shifts and who has them. Knows no other room, no face and no clock. */
@NullMarked
package dev.samovar.rota;

import org.jspecify.annotations.NullMarked;
