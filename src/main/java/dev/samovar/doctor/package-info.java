/** What Samovar can see, what it can't, and what to do about that. */
@NullMarked
package dev.samovar.doctor;

import org.jspecify.annotations.NullMarked;
