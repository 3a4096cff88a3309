package dev.samovar.understanding;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Slips of the finger in known words: a letter left out, doubled, or swapped with the next. */
final class Typos {
  /** Shorter words have other words for neighbours. */
  private static final int SHORTEST = 6;

  private final Map<String, String> meant = new HashMap<>();

  /**
   * @param words rightly spelled
   */
  Typos(Set<String> words) {
    for (String word : words) {
      if (word.length() >= SHORTEST && word.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
        for (int i = 1; i < word.length() - 1; i++) {
          add(word.substring(0, i) + word.substring(i + 1), word, words);
          add(word.substring(0, i) + word.charAt(i) + word.substring(i), word, words);
          String rest = word.substring(i + 2);
          add(word.substring(0, i) + word.charAt(i + 1) + word.charAt(i) + rest, word, words);
        }
      }
    }
  }

  private void add(String slip, String word, Set<String> words) {
    if (!words.contains(slip)) {
      meant.putIfAbsent(slip, word);
    }
  }

  /** Models' names stay as they are. */
  void correct(Tokens tokens, List<ModelNames.Mention> named) {
    int i = 0;
    for (ModelNames.Mention mention : named) {
      correct(tokens, i, mention.from());
      i = mention.to();
    }
    correct(tokens, i, tokens.size());
  }

  private void correct(Tokens tokens, int from, int to) {
    for (int i = from; i < to; i++) {
      String right = meant.get(tokens.get(i).word());
      if (right != null) {
        tokens.replace(i, right);
      }
    }
  }
}
