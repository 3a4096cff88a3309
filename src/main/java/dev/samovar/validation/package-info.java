/** Reads the validation rules that teams already have, of the tools they use. Knows evidence. */
@NullMarked
package dev.samovar.validation;

import org.jspecify.annotations.NullMarked;
