package dev.samovar.understanding;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The place of one word in a phrase, and what may fill it.
 *
 * @param words whole ones
 * @param beginnings of words
 * @param numbers forms of numbers
 * @param model whether a model's name may
 */
record Place(Set<String> words, Set<String> beginnings, Set<NumberForm> numbers, boolean model) {

  /** {@code #} for any number, {@code -#%} for one with that sign and unit. */
  record NumberForm(String sign, String unit) {
    boolean fits(String word) {
      return word.startsWith(sign) && word.endsWith(unit);
    }
  }

  /**
   * @param written {@code fail*|crash|<metric>|#}
   * @param classes the words of each class
   */
  static Place of(String written, Map<String, List<String>> classes) {
    Set<String> words = new HashSet<>();
    Set<String> beginnings = new HashSet<>();
    Set<NumberForm> numbers = new HashSet<>();
    for (String choice : choices(written, classes)) {
      int hash = choice.indexOf('#');
      if (hash >= 0) {
        numbers.add(new NumberForm(choice.substring(0, hash), choice.substring(hash + 1)));
      } else if (choice.endsWith("*")) {
        beginnings.add(WordForm.of(choice.substring(0, choice.length() - 1)));
      } else {
        words.add(choice.startsWith(":") ? choice : WordForm.of(choice));
      }
    }
    return new Place(words, beginnings, numbers, words.remove("@"));
  }

  private static List<String> choices(String written, Map<String, List<String>> classes) {
    List<String> choices = new ArrayList<>();
    for (String choice : written.split("\\|", -1)) {
      if (choice.startsWith("<")) {
        List<String> members = classes.get(choice.substring(1, choice.length() - 1));
        if (members == null) {
          throw new IllegalStateException("lexicon.txt knows no class " + choice);
        }
        choices.addAll(members);
      } else {
        choices.add(choice);
      }
    }
    return choices;
  }

  boolean takes(String number) {
    for (NumberForm form : numbers) {
      if (form.fits(number)) {
        return true;
      }
    }
    return false;
  }
}
