@NullMarked
package dev.samovar.packaging;

import org.jspecify.annotations.NullMarked;
