package dev.samovar.understanding;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A text with the words of time in their plain form, as {@code times.txt} gives them. */
final class TimeWords {
  private static final int LONGEST = 5;
  private static final Map<String, String> PLAIN = load();

  /**
   * A word of the text.
   *
   * @param plain the plain form, or the word itself
   * @param token the index of its first token
   * @param isPossessive whether an “s” was taken off: yesterday's
   */
  record Word(String plain, int token, boolean isPossessive) {}

  private final List<Word> words = new ArrayList<>();

  TimeWords(Tokens tokens) {
    int i = 0;
    while (i < tokens.size()) {
      i += take(tokens, i);
    }
  }

  List<Word> all() {
    return words;
  }

  /** How many tokens the longest known phrase there has. */
  private int take(Tokens tokens, int from) {
    StringBuilder joined = new StringBuilder();
    String best = tokens.get(from).word();
    boolean isPossessive = false;
    int length = 1;
    for (int i = from; i < tokens.size() && i < from + LONGEST; i++) {
      if (tokens.get(i).sentence() != tokens.get(from).sentence()) {
        break;
      }
      joined.append(i == from ? "" : "_").append(tokens.get(i).word());
      String phrase = joined.toString();
      String known = PLAIN.get(phrase);
      boolean isGenitive = known == null && phrase.endsWith("s");
      if (isGenitive) {
        known = PLAIN.get(phrase.substring(0, phrase.length() - 1));
      }
      if (known != null) {
        best = known;
        isPossessive = isGenitive;
        length = i - from + 1;
      }
    }
    words.add(new Word(best, from, isPossessive));
    return length;
  }

  private static Map<String, String> load() {
    Map<String, String> plain = new HashMap<>();
    try (InputStream in = TimeWords.class.getResourceAsStream("times.txt");
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      for (String line : reader.lines().toList()) {
        int equals = line.indexOf('=');
        if (!line.startsWith("#") && equals > 0) {
          String meaning = line.substring(0, equals).strip();
          plain.putIfAbsent(meaning, meaning);
          for (String word : line.substring(equals + 1).strip().split("\\s+", -1)) {
            plain.putIfAbsent(WordForm.of(word), meaning);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return plain;
  }
}
