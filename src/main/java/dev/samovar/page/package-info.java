/**
 * The report as a page that needs nothing else: what it says, how it looks, the signed link to it
 * and where it is served. Knows the report's words, the runbooks, incidents and the web's routes.
 */
@NullMarked
package dev.samovar.page;

import org.jspecify.annotations.NullMarked;
