/** The runbook pages: found, read, and what they say to do first. Knows the checks' ids. */
@NullMarked
package dev.samovar.runbooks;

import org.jspecify.annotations.NullMarked;
