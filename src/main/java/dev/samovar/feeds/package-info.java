/**
 * Joins the events of other places (feeds) with those of the log store, so that a check asks one
 * port and never knows how many places answered. Feeds have few events: they are counted here.
 */
@NullMarked
package dev.samovar.feeds;

import org.jspecify.annotations.NullMarked;
