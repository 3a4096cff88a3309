package dev.samovar.checks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Groups log lines by the template that wrote them: a parse tree of fixed depth (number of words,
 * first words), then the most similar group (He et al., “Drain”, ICWS 2017).
 */
final class LogTemplates {
  private static final String ANY = "<*>";
  private static final double SIMILAR = 0.5;
  private static final int DEPTH = 2;
  private static final int MOST_WORDS = 40;

  /** What differs from line to line of one template. */
  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\[redacted: [^\\]]{1,60}\\]"
              + "|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F-]{22}"
              + "|\\b0x[0-9a-fA-F]+\\b"
              + "|\\b[0-9a-fA-F]{12,}\\b"
              + "|\"[^\"]*\"|'[^']*'"
              + "|[+-]?\\d[\\d.,:eE+-]*(?:[a-zA-Z%]{1,3}\\b)?");

  private final Map<List<String>, List<Group>> leaves = new LinkedHashMap<>();

  /**
   * A template.
   *
   * @param text its words, {@code <*>} where they differ
   * @param example the first line it was seen in
   * @param lines how many of those that were added
   */
  record Template(String text, String example, int lines) {

    /** Up to eight words, of letters alone, that every line of it has. */
    List<String> words() {
      return Arrays.stream(text.split("[^\\p{L}]+", -1))
          .filter(word -> word.length() > 2)
          .distinct()
          .sorted(Comparator.comparingInt(String::length).reversed())
          .limit(8)
          .sorted()
          .toList();
    }
  }

  private static final class Group {
    private final List<String> words;
    private final String example;
    private int lines;

    Group(List<String> words, String example) {
      this.words = new ArrayList<>(words);
      this.example = example;
    }

    double similarity(List<String> other) {
      int same = 0;
      for (int i = 0; i < words.size(); i++) {
        if (words.get(i).equals(other.get(i))) {
          same++;
        }
      }
      return (double) same / words.size();
    }

    void add(List<String> other) {
      lines++;
      for (int i = 0; i < words.size(); i++) {
        if (!words.get(i).equals(other.get(i))) {
          words.set(i, ANY);
        }
      }
    }
  }

  void add(String line) {
    List<String> words =
        Arrays.stream(VARIABLE.matcher(line).replaceAll(ANY).strip().split("\\s+", -1))
            .limit(MOST_WORDS)
            .map(word -> word.contains(ANY) ? mask(word) : word)
            .toList();
    List<String> key = new ArrayList<>();
    key.add(Integer.toString(words.size()));
    words.stream().limit(DEPTH).forEach(key::add);
    List<Group> groups = leaves.computeIfAbsent(key, unused -> new ArrayList<>());
    Group best =
        groups.stream()
            .filter(group -> group.similarity(words) >= SIMILAR)
            .max(Comparator.comparingDouble(group -> group.similarity(words)))
            .orElse(null);
    if (best == null) {
      best = new Group(words, line);
      groups.add(best);
    }
    best.add(words);
  }

  /** {@code size=<*>} keeps its name; what is mostly figures is only a figure. */
  private static String mask(String word) {
    String letters = word.replace(ANY, "");
    return letters.chars().filter(Character::isLetter).count() < 2 ? ANY : word;
  }

  /** The most frequent first, ties by text. */
  List<Template> templates() {
    return leaves.values().stream()
        .flatMap(List::stream)
        .map(group -> new Template(String.join(" ", group.words), group.example, group.lines))
        .sorted(Comparator.comparingInt(Template::lines).reversed().thenComparing(Template::text))
        .toList();
  }
}
