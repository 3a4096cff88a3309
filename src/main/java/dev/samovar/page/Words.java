package dev.samovar.page;

import dev.samovar.report.Wording;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of a sentence.
 *
 * @param isCode whether it stood between backticks
 */
public record Words(String text, boolean isCode) {

  /** Backticks that have no partner stay. */
  static List<Words> of(String sentence) {
    List<Words> all = new ArrayList<>();
    String rest = Wording.plain(sentence);
    for (int open = rest.indexOf('`'); open >= 0; open = rest.indexOf('`')) {
      int close = rest.indexOf('`', open + 1);
      if (close < 0) {
        break;
      }
      add(all, rest.substring(0, open), false);
      add(all, rest.substring(open + 1, close), true);
      rest = rest.substring(close + 1);
    }
    add(all, rest, false);
    return List.copyOf(all);
  }

  private static void add(List<Words> all, String text, boolean isCode) {
    if (!text.isEmpty()) {
      all.add(new Words(text, isCode));
    }
  }
}
