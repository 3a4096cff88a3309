package dev.samovar.understanding;

import dev.samovar.evidence.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the models that a text names: by name or alias, never by what they are about. */
public final class ModelNames {
  /** Shorter words have too many neighbours for a typo to be obvious. */
  private static final int SHORTEST_WITH_TYPO = 5;

  private final Map<String, Model> byName = new LinkedHashMap<>();
  private final Map<Pattern, Model> patterns = new LinkedHashMap<>();

  public ModelNames(List<Model> models) {
    List<Map.Entry<String, Model>> names = new ArrayList<>();
    for (Model model : models) {
      Stream.concat(Stream.of(model.name()), model.aliases().stream())
          .map(name -> name.toLowerCase(Locale.ROOT).strip())
          .filter(name -> !name.isEmpty())
          .forEach(name -> names.add(Map.entry(name, model)));
    }
    names.sort(
        Comparator.comparingInt((Map.Entry<String, Model> entry) -> entry.getKey().length())
            .reversed()
            .thenComparing(Map.Entry::getKey));
    for (Map.Entry<String, Model> entry : names) {
      byName.putIfAbsent(entry.getKey(), entry.getValue());
      patterns.put(pattern(entry.getKey()), entry.getValue());
    }
  }

  /** Hyphens, spaces and underscores alike; a plural or genitive counts. */
  private static Pattern pattern(String name) {
    String words =
        Stream.of(name.split("[-_\\s]+", -1))
            .map(Pattern::quote)
            .reduce((a, b) -> a + "[-_\\s]*" + b)
            .orElse(Pattern.quote(name));
    return Pattern.compile("(?<![\\p{L}\\p{N}])" + words + "(?:'?s)?(?![\\p{L}\\p{N}])");
  }

  /** The model of exactly that name or alias, in any case. */
  public Optional<Model> exact(String name) {
    return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT).strip()));
  }

  public List<String> all() {
    return List.copyOf(byName.keySet());
  }

  /** A model and where it is named. */
  record Mention(Model model, int start, int end) {}

  /** In the order of the text, each model once. {@code text} is in lower case. */
  List<Mention> in(String text) {
    Map<String, Mention> found = new LinkedHashMap<>();
    List<Mention> all = new ArrayList<>();
    patterns.forEach(
        (pattern, model) -> {
          Matcher matcher = pattern.matcher(text);
          while (matcher.find()) {
            all.add(new Mention(model, matcher.start(), matcher.end()));
          }
        });
    if (all.isEmpty()) {
      typos(text, all);
    }
    all.sort(Comparator.comparingInt(Mention::start));
    all.forEach(mention -> found.putIfAbsent(mention.model().name(), mention));
    return List.copyOf(found.values());
  }

  /** Words, and neighbours of two, that are one slip away from a name. */
  private void typos(String text, List<Mention> found) {
    Matcher words = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}-]*").matcher(text);
    String previous = "";
    int previousStart = 0;
    while (words.find()) {
      String word = words.group();
      for (String candidate : List.of(word, previous + " " + word)) {
        int start = candidate.equals(word) ? words.start() : previousStart;
        for (Map.Entry<String, Model> entry : byName.entrySet()) {
          if (isSlip(candidate, entry.getKey())) {
            found.add(new Mention(entry.getValue(), start, words.end()));
          }
        }
      }
      previous = word;
      previousStart = words.start();
    }
  }

  /** Two neighbours swapped, or one letter too many or too few, behind the same first letter. */
  static boolean isSlip(String word, String name) {
    if (name.length() < SHORTEST_WITH_TYPO
        || word.charAt(0) != name.charAt(0)
        || Math.abs(word.length() - name.length()) > 1) {
      return false;
    }
    int i = 0;
    while (i < word.length() && i < name.length() && word.charAt(i) == name.charAt(i)) {
      i++;
    }
    String restOfWord = word.substring(i);
    String restOfName = name.substring(i);
    if (restOfWord.length() == restOfName.length()) {
      return restOfWord.length() >= 2
          && restOfWord.charAt(0) == restOfName.charAt(1)
          && restOfWord.charAt(1) == restOfName.charAt(0)
          && restOfWord.substring(2).equals(restOfName.substring(2));
    }
    return restOfWord.length() > restOfName.length()
        ? restOfWord.substring(1).equals(restOfName)
        : restOfName.substring(1).equals(restOfWord);
  }
}
