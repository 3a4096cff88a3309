package dev.samovar.understanding;

/**
 * A phrase of the lexicon in a text.
 *
 * @param from the index of its first token
 * @param to the index behind its last
 */
record Match(Section section, int from, int to) {
  int length() {
    return to - from;
  }

  boolean is(Section.Kind kind) {
    return section.kind() == kind;
  }

  boolean covers(int token) {
    return from <= token && token < to;
  }

  /** Whether the other lies within this longer one. */
  boolean swallows(Match other) {
    return length() > other.length() && from <= other.from && other.to <= to;
  }
}
