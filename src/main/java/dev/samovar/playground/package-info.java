/**
 * The page at which people use the stand-in for Slack: renders its messages, homes and modals, and
 * hands on what they do. Whatever was said is text here, never markup.
 */
@NullMarked
package dev.samovar.playground;

import org.jspecify.annotations.NullMarked;
