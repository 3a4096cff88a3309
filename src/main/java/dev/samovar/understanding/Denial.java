package dev.samovar.understanding;

import java.util.Set;

/** Whether a “not” before a trouble takes it back: “isn't slow”, “no errors at all”. */
final class Denial {
  /** So many words before a trouble a “not” still denies it. */
  private static final int REACH = 3;

  /** So many before other words. */
  private static final int NEAR = 1;

  private static final Set<String> NOT =
      Set.of(
          "not", "isnt", "arent", "wasnt", "werent", "no", "never", "nothing", "doesnt", "didnt",
          "hasnt", "havent", "without", "neither", "nor", "none", "nicht", "kein", "keine",
          "keinen", "nie", "ni", "sin", "sans", "pas", "aucun", "aucune", "ningun", "nenhum",
          "nessun", "geen", "niet", "hardly");

  /** “Not only slow”, “no idea why it is slow”, “not sure but slow” deny nothing. */
  private static final Set<String> EMPTY =
      Set.of(
          "only", "just", "idea", "clue", "sure", "matter", "longer", "more", "found", "doubt",
          "wonder");

  /** “Don't look slow to me” denies it, “don't load” does not. */
  private static final Set<String> SEEN =
      Set.of("look", "seem", "see", "have", "find", "think", "show", "appear", "feel", "notice");

  private final Tokens tokens;

  Denial(Tokens tokens) {
    this.tokens = tokens;
  }

  static boolean isNot(String word) {
    return NOT.contains(word);
  }

  boolean reaches(Match trouble) {
    return isBefore(trouble, REACH);
  }

  /** “Not urgent” supports nothing, and what “hasn't completed” is not over. */
  boolean takesBack(Match match) {
    return switch (match.section().kind()) {
      case SUPPORT, SILENCE, WELL -> isBefore(match, NEAR);
      default -> false;
    };
  }

  private boolean isBefore(Match trouble, int reach) {
    int clause = tokens.get(trouble.from()).clause();
    for (int i = trouble.from() - 1; i >= Math.max(0, trouble.from() - reach); i--) {
      if (tokens.get(i).clause() != clause) {
        return false;
      }
      boolean isNot =
          isNot(tokens.get(i).word())
              || (tokens.get(i).word().equals("dont") && SEEN.contains(tokens.word(i + 1, "")));
      if (isNot && !EMPTY.contains(tokens.word(i + 1, ""))) {
        return true;
      }
    }
    return false;
  }
}
