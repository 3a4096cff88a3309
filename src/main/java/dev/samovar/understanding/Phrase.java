package dev.samovar.understanding;

import java.util.List;
import java.util.Map;

/** A few words to look for; how they are written says the head of {@code lexicon.txt}. */
final class Phrase {
  /** No phrase covers more tokens than this. */
  static final int LONGEST = 24;

  private static final int GAP = -1;
  private static final int CLAUSE_EDGE = -2;
  private static final int SENTENCE_START = -3;
  private static final int SENTENCE_END = -4;
  private static final int MESSAGE_START = -5;
  private static final int MESSAGE_END = -6;

  private static final int WIDEST_GAP = 5;

  private final String text;

  /** Numbers of the vocabulary's places, and marks below 0. */
  private final int[] parts;

  private final int first;

  /**
   * @param classes the words of each class
   */
  Phrase(String text, Map<String, List<String>> classes, Vocabulary vocabulary) {
    this.text = text.strip();
    String[] written = this.text.split("\\s+", -1);
    this.parts = new int[written.length];
    for (int i = 0; i < written.length; i++) {
      parts[i] =
          switch (written[i]) {
            case ".." -> GAP;
            case "/" -> CLAUSE_EDGE;
            case "^" -> SENTENCE_START;
            case "$" -> SENTENCE_END;
            case "^^" -> MESSAGE_START;
            case "$$" -> MESSAGE_END;
            default -> vocabulary.number(Place.of(written[i], classes));
          };
    }
    int at = 0;
    while (at < parts.length && parts[at] < GAP) {
      at++;
    }
    if (at == parts.length || parts[at] == GAP) {
      throw new IllegalStateException("lexicon.txt: a phrase must begin with a word: " + text);
    }
    this.first = parts[at];
  }

  /** The number of the place it begins with. */
  int first() {
    return first;
  }

  /**
   * Where the phrase ends that begins at a token: the index behind its last word; -1 where it does
   * not begin there. A gap is as short as it can be.
   */
  int end(Spotted text, int from) {
    for (int part : parts) {
      if (part >= 0 && !text.has(part)) {
        return -1;
      }
    }
    return end(text, from, from, 0);
  }

  private int end(Spotted text, int from, int at, int index) {
    if (index == parts.length) {
      return at;
    }
    int part = parts[index];
    if (part == GAP) {
      return gap(text, from, at, index + 1);
    }
    if (part < 0) {
      return holds(part, text, at) ? end(text, from, at, index + 1) : -1;
    }
    if (at == text.size() || (at > from && !text.isOneSentence(at)) || !text.fills(at, part)) {
      return -1;
    }
    return end(text, from, text.behind(at, part), index + 1);
  }

  private static boolean holds(int mark, Spotted text, int at) {
    boolean isEdge = at == 0 || at == text.size();
    return switch (mark) {
      case CLAUSE_EDGE -> isEdge || !text.isOneClause(at);
      case SENTENCE_START, SENTENCE_END -> isEdge || !text.isOneSentence(at);
      case MESSAGE_START -> at == 0;
      default -> at == text.size();
    };
  }

  private int gap(Spotted text, int from, int at, int index) {
    for (int to = at; to <= at + WIDEST_GAP && to < text.size(); to++) {
      if (!text.isOneClause(to)) {
        return -1;
      }
      int end = end(text, from, to, index);
      if (end >= 0) {
        return end;
      }
    }
    return -1;
  }

  @Override
  public String toString() {
    return text;
  }
}
