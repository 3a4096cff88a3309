package dev.samovar.redaction;

/**
 * A part of a text that must go.
 *
 * @param what as it is called in the mark left in its place
 */
record Span(int from, int to, String what) {}
