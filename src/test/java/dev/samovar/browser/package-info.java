/** A browser for tests of pages. */
@NullMarked
package dev.samovar.browser;

import org.jspecify.annotations.NullMarked;
