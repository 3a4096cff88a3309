/** What must not leave the process is taken out of texts. Pure but for the decorators beside it. */
@NullMarked
package dev.samovar.redaction;

import org.jspecify.annotations.NullMarked;
