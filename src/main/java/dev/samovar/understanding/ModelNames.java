package dev.samovar.understanding;

import dev.samovar.evidence.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the models that a text names: by name or alias, never by what they are about. */
public final class ModelNames {
  /** Shorter words have too many neighbours for a typo to be obvious. */
  private static final int SHORTEST_WITH_TYPO = 5;

  /** From here on another letter in the place of one is obvious, too. */
  private static final int SHORTEST_WITH_OTHER_LETTER = 8;

  private final Map<String, Model> byName = new LinkedHashMap<>();

  /** Names without what separates their words. */
  private final Map<String, Model> joined = new LinkedHashMap<>();

  private final int mostWords;

  public ModelNames(List<Model> models) {
    int most = 1;
    for (Model model : models) {
      for (String name :
          Stream.concat(Stream.of(model.name()), model.aliases().stream()).toList()) {
        Tokens tokens = new Tokens(name);
        if (tokens.size() > 0) {
          byName.putIfAbsent(name.toLowerCase(Locale.ROOT).strip(), model);
          joined.putIfAbsent(join(tokens, 0, tokens.size()), model);
          most = Math.max(most, tokens.size());
        }
      }
    }
    this.mostWords = most;
  }

  /** The model of exactly that name or alias, in any case. */
  public Optional<Model> exact(String name) {
    return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT).strip()));
  }

  public List<String> all() {
    return List.copyOf(byName.keySet());
  }

  /**
   * A model and where it is named.
   *
   * @param from the index of the first token
   * @param to the index behind the last
   */
  record Mention(Model model, int from, int to) {}

  /** In the order of the text. Typos count only where no name is right. */
  List<Mention> in(Tokens tokens) {
    List<Mention> exact = find(tokens, false);
    return exact.isEmpty() ? find(tokens, true) : exact;
  }

  private List<Mention> find(Tokens tokens, boolean withTypos) {
    List<Mention> found = new ArrayList<>();
    int i = 0;
    while (i < tokens.size()) {
      Optional<Mention> mention = at(tokens, i, withTypos);
      mention.filter(named -> !isTicket(tokens, named)).ifPresent(found::add);
      i = mention.map(Mention::to).orElse(i + 1);
    }
    return found;
  }

  /** {@code FRAUD-88} is a ticket. */
  private static boolean isTicket(Tokens tokens, Mention named) {
    String written = tokens.between(named.from(), named.to());
    return written.equals(written.toUpperCase(Locale.ROOT))
        && tokens.after(named.to() - 1) == '-'
        && named.to() < tokens.size()
        && tokens.get(named.to()).isNumber()
        && Character.isDigit(tokens.get(named.to()).word().charAt(0))
        && tokens.get(named.to()).start() == tokens.get(named.to() - 1).end() + 1;
  }

  /** The longest that begins there. */
  private Optional<Mention> at(Tokens tokens, int from, boolean withTypos) {
    for (int to = Math.min(tokens.size(), from + mostWords); to > from; to--) {
      if (tokens.get(to - 1).sentence() != tokens.get(from).sentence()) {
        continue;
      }
      String words = join(tokens, from, to);
      Optional<Model> model = withTypos ? nearly(words) : named(words);
      if (model.isPresent()) {
        return Optional.of(new Mention(model.get(), from, to));
      }
    }
    return Optional.empty();
  }

  /** A plural or genitive counts. */
  private Optional<Model> named(String words) {
    Model model = joined.get(words);
    if (model == null && words.endsWith("s")) {
      model = joined.get(words.substring(0, words.length() - 1));
    }
    return Optional.ofNullable(model);
  }

  private Optional<Model> nearly(String words) {
    return joined.entrySet().stream()
        .filter(entry -> isSlip(words, entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String join(Tokens tokens, int from, int to) {
    if (to == from + 1) {
      return tokens.get(from).word();
    }
    StringBuilder words = new StringBuilder();
    for (int i = from; i < to; i++) {
      words.append(tokens.get(i).word());
    }
    return words.toString();
  }

  /**
   * Two neighbours swapped, or one letter too many or too few, behind the same first letter; in a
   * long name also one letter that is another.
   */
  static boolean isSlip(String word, String name) {
    if (name.length() < SHORTEST_WITH_TYPO
        || word.isEmpty()
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
    if (restOfWord.length() > restOfName.length()) {
      return restOfWord.substring(1).equals(restOfName);
    }
    if (restOfWord.length() < restOfName.length()) {
      return restOfName.substring(1).equals(restOfWord);
    }
    boolean isSwap =
        restOfWord.length() >= 2
            && restOfWord.charAt(0) == restOfName.charAt(1)
            && restOfWord.charAt(1) == restOfName.charAt(0)
            && restOfWord.substring(2).equals(restOfName.substring(2));
    return isSwap
        || (name.length() >= SHORTEST_WITH_OTHER_LETTER
            && !restOfWord.isEmpty()
            && Character.isLetter(restOfWord.charAt(0))
            && restOfWord.substring(1).equals(restOfName.substring(1)));
  }
}
