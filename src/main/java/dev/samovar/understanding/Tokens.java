package dev.samovar.understanding;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The words of a text, where its clauses and sentences begin, and how its sentences end. */
final class Tokens {
  private static final Set<String> CONTRASTS =
      Set.of(
          "but",
          "however",
          "though",
          "although",
          "while",
          "whereas",
          "yet",
          "except",
          "plus",
          "btw",
          "aber",
          "pero",
          "mais",
          "mas",
          "lekin",
          "maar",
          "ma",
          "sondern");

  /** A dot behind these ends no sentence. */
  private static final Set<String> SHORT =
      Set.of("ca", "approx", "vs", "incl", "eg", "ie", "e", "g", "nr", "max");

  /** Behind one of these a new clause begins where both sides have a verb. */
  private static final Set<String> JOINS =
      Set.of("and", "so", "und", "y", "et", "because", "cause");

  private static final Set<String> VERBS =
      Set.of(
          "is", "are", "was", "were", "has", "have", "had", "looks", "look", "seems", "s", "its",
          "works", "returns", "gives", "goes", "went", "shows", "keeps", "got", "does", "did",
          "isnt", "arent", "im", "ist", "sind", "es", "est", "can", "cant", "will", "normal",
          "fine", "ok", "healthy", "return", "give", "show", "fails", "breaks");

  /** So many words behind a join its verb has to come. */
  private static final int REACH_OF_JOIN = 4;

  private static final int LONGEST_EMOJI = 40;

  /**
   * A word or a number in lower case, without accents and apostrophes.
   *
   * @param start of the word in the plain text
   * @param clause counts from 0 through the text; so does {@code sentence}
   * @param contrast whether its clause follows a word like “but” in its sentence
   */
  record Token(String word, int start, int end, int clause, int sentence, boolean contrast) {
    boolean isNumber() {
      char first = word.charAt(0);
      return isDigit(first)
          || (word.length() > 1 && "+-×~$€£".indexOf(first) >= 0 && isDigit(word.charAt(1)));
    }

    private Token with(String other, int inClause) {
      return new Token(other, start, end, inClause, sentence, contrast);
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }
  }

  private final List<Token> tokens = new ArrayList<>();
  private final List<Boolean> questions = new ArrayList<>(List.of(false));
  private final String text;
  private int clause;
  private int sentence;
  private boolean contrast;
  private boolean isFresh = true;

  /**
   * @param text plain, as {@link Markup} leaves it
   */
  Tokens(String text) {
    this.text = text;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (Character.isLetterOrDigit(c) || isSign(i)) {
        i = word(i);
      } else if (c == ':' && emojiEnd(i) > 0) {
        int end = emojiEnd(i);
        add(text.substring(i, end), i, end);
        i = end;
      } else {
        i = mark(c, i);
      }
    }
    splitJoins();
  }

  int size() {
    return tokens.size();
  }

  Token get(int index) {
    return tokens.get(index);
  }

  /** Reads a word as another one. */
  void replace(int index, String word) {
    Token token = tokens.get(index);
    tokens.set(index, token.with(word, token.clause()));
  }

  /** The word there; blank outside the text. */
  String word(int index, String otherwise) {
    return index < 0 || index >= tokens.size() ? otherwise : tokens.get(index).word();
  }

  boolean isQuestion(int ofSentence) {
    return questions.get(ofSentence);
  }

  /** As it was written. */
  String between(int from, int to) {
    return text.substring(tokens.get(from).start(), tokens.get(to - 1).end());
  }

  char charAt(int index) {
    return text.charAt(index);
  }

  /** The mark behind a token, where it touches it. */
  char after(int index) {
    int end = tokens.get(index).end();
    return end < text.length() ? text.charAt(end) : ' ';
  }

  /** {@code +18%}, {@code -30%}, {@code ×10}: a sign that belongs to its number. */
  private boolean isSign(int i) {
    return "+-×~$€£".indexOf(text.charAt(i)) >= 0
        && i + 1 < text.length()
        && Character.isDigit(text.charAt(i + 1))
        && (i == 0 || " (=:~+-".indexOf(text.charAt(i - 1)) >= 0);
  }

  private int emojiEnd(int i) {
    int end = i + 1;
    while (end < text.length() && end - i < LONGEST_EMOJI && isEmojiLetter(text.charAt(end))) {
      end++;
    }
    boolean isClosed = end < text.length() && text.charAt(end) == ':';
    return end > i + 2 && isClosed && !Character.isDigit(text.charAt(i + 1)) ? end + 1 : -1;
  }

  private static boolean isEmojiLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '+' || c == '-';
  }

  private int word(int start) {
    int end = start + 1;
    boolean isNumber = !Character.isLetter(text.charAt(start));
    while (end < text.length() && goesOn(end, isNumber)) {
      if (!isNumber && WordForm.isHump(text, start, end)) {
        break;
      }
      end++;
    }
    add(WordForm.of(text.substring(start, end)), start, end);
    return end;
  }

  private boolean goesOn(int end, boolean isNumber) {
    char c = text.charAt(end);
    if (Character.isLetterOrDigit(c)) {
      return true;
    }
    boolean isInside = end + 1 < text.length();
    if (c == '\'') {
      return !isElision(end) && isInside && Character.isLetter(text.charAt(end + 1));
    }
    return isNumber
        && (c == '%'
            || ((c == '.' || c == ',' || c == ':')
                && isInside
                && Character.isDigit(text.charAt(end + 1))
                && Character.isDigit(text.charAt(end - 1))));
  }

  /** The article in “l'ETA”: a word of its own. */
  private boolean isElision(int apostrophe) {
    return apostrophe > 0
        && "lLdD".indexOf(text.charAt(apostrophe - 1)) >= 0
        && (apostrophe == 1 || !Character.isLetterOrDigit(text.charAt(apostrophe - 2)));
  }

  private int mark(char c, int i) {
    boolean isEnd = i + 1 >= text.length() || Character.isWhitespace(text.charAt(i + 1));
    boolean isArrow = c == '→' || (i > 0 && c == '>' && "-=".indexOf(text.charAt(i - 1)) >= 0);
    if (isArrow) {
      add("→", i, i + 1);
    } else if (c == '%') {
      add("%", i, i + 1);
    } else if (c == '\n' || c == '!' || (c == '.' && isEnd && !isShort()) || c == '…' || c == '|') {
      nextSentence();
    } else if (c == '?' || c == '¿') {
      if (c == '?' && !tokens.isEmpty()) {
        questions.set(tokens.get(tokens.size() - 1).sentence(), true);
      }
      nextSentence();
    } else if (",;()—–[]{}".indexOf(c) >= 0
        || (c == ':' && isEnd && i > 0 && text.charAt(i - 1) != '"')
        || (c == '-' && isEnd && i > 0 && text.charAt(i - 1) == ' ')) {
      nextClause();
    }
    return i + 1;
  }

  private boolean isShort() {
    return !tokens.isEmpty() && SHORT.contains(tokens.get(tokens.size() - 1).word());
  }

  private void nextSentence() {
    if (!isFresh) {
      sentence++;
      questions.add(false);
      nextClause();
      contrast = false;
      isFresh = true;
    }
  }

  private void nextClause() {
    if (!tokens.isEmpty() && tokens.get(tokens.size() - 1).clause() == clause) {
      clause++;
    }
  }

  private void add(String word, int start, int end) {
    if (word.isEmpty()) {
      return;
    }
    if (CONTRASTS.contains(word)) {
      nextClause();
      contrast = true;
    }
    tokens.add(new Token(word, start, end, clause, sentence, contrast));
    isFresh = false;
  }

  /** “X is fine and Y is broken” are two clauses, “slow and broken” is one. */
  private void splitJoins() {
    int added = 0;
    boolean hasVerb = false;
    int last = -1;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      hasVerb = hasVerb && token.clause() == last;
      last = token.clause();
      if (hasVerb && JOINS.contains(token.word()) && hasVerbSoon(i)) {
        added++;
        hasVerb = false;
      }
      hasVerb = hasVerb || VERBS.contains(token.word());
      if (added > 0) {
        tokens.set(i, token.with(token.word(), token.clause() + added));
      }
    }
  }

  private boolean hasVerbSoon(int join) {
    for (int i = join + 1; i <= join + REACH_OF_JOIN && i < tokens.size(); i++) {
      if (tokens.get(i).sentence() != tokens.get(join).sentence()) {
        return false;
      }
      if (VERBS.contains(tokens.get(i).word())) {
        return true;
      }
    }
    return false;
  }
}
