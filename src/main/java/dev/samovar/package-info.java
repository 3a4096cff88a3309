/** The launcher: commands, and the wiring by hand in one place. Knows every room. */
@NullMarked
package dev.samovar;

import org.jspecify.annotations.NullMarked;
