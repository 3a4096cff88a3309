/**
 * The one HTTP server: health, what other rooms offer it to answer, and the doors through which
 * alerts and changes come in. The only room that knows the server's library.
 */
@NullMarked
package dev.samovar.web;

import org.jspecify.annotations.NullMarked;
