/**
 * A catalogue of lines that the software of ML teams is known to write, and the class of cause each
 * tells of. Knows nobody.
 */
@NullMarked
package dev.samovar.signatures;

import org.jspecify.annotations.NullMarked;
