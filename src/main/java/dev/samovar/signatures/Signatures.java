package dev.samovar.signatures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The catalogue. A line is first searched, in one pass, for the plain words that its expressions
 * hold (Aho and Corasick, 1975); only the expressions whose words occur are tried.
 */
public final class Signatures {
  /** Of a longer event only the beginning and the end are read: there the error is named. */
  private static final int LONGEST = 8_000;

  private final List<Signature> all;
  private final List<Expression> expressions;
  private final List<Expression> harmless;
  private final AhoCorasickDoubleArrayTrie<List<Integer>> index;
  private final BitSet always = new BitSet();

  /** One expression to try, and the entry that it speaks for. */
  private record Expression(int signature, Pattern pattern) {}

  private Signatures(List<Signature> all, List<Pattern> benign) {
    this.all = List.copyOf(all);
    List<Expression> matching = new ArrayList<>();
    Map<String, List<Integer>> words = new TreeMap<>();
    for (int i = 0; i < all.size(); i++) {
      for (Pattern pattern : all.get(i).match()) {
        for (String literal : literals(all.get(i).id(), pattern)) {
          words.computeIfAbsent(literal, unused -> new ArrayList<>()).add(matching.size());
        }
        matching.add(new Expression(i, pattern));
      }
    }
    List<Expression> excusing = new ArrayList<>();
    for (Pattern pattern : benign) {
      int number = matching.size() + excusing.size();
      Literals.of(pattern.pattern())
          .ifPresentOrElse(
              found ->
                  found.forEach(
                      literal ->
                          words.computeIfAbsent(literal, unused -> new ArrayList<>()).add(number)),
              () -> always.set(number));
      excusing.add(new Expression(-1, pattern));
    }
    this.expressions = List.copyOf(matching);
    this.harmless = List.copyOf(excusing);
    this.index = new AhoCorasickDoubleArrayTrie<>();
    index.build(words);
  }

  private static Set<String> literals(String id, Pattern pattern) {
    return Literals.of(pattern.pattern())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "signatures.yaml: "
                        + id
                        + ": no run of three plain characters in "
                        + pattern.pattern()));
  }

  /** What a line was recognised as, and the part of it that told. */
  public record Match(Signature signature, String text) {}

  /** The catalogue that comes with Samovar. */
  public static Signatures load() {
    try (InputStream in = Signatures.class.getResourceAsStream("signatures.yaml")) {
      return read(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Signatures read(InputStream in) {
    Object parsed = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
    JsonNode root = new ObjectMapper().valueToTree(parsed);
    List<Signature> all = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode entry : root.path("signatures")) {
      String id = required(entry, "id", "a signature");
      if (!ids.add(id)) {
        throw new IllegalArgumentException("signatures.yaml: " + id + " is there twice");
      }
      List<Pattern> match = patterns(entry.path("match"), id);
      if (match.isEmpty()) {
        throw new IllegalArgumentException("signatures.yaml: " + id + " matches nothing");
      }
      all.add(
          new Signature(
              id,
              required(entry, "cause", id),
              required(entry, "software", id),
              match,
              patterns(entry.path("unless"), id),
              required(entry, "example", id),
              texts(entry.path("lookalikes"))));
    }
    return new Signatures(all, patterns(root.path("benign"), "benign"));
  }

  private static String required(JsonNode entry, String key, String of) {
    String text = entry.path(key).asText("");
    if (text.isEmpty()) {
      throw new IllegalArgumentException("signatures.yaml: " + of + " has no " + key);
    }
    return text;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static List<Pattern> patterns(JsonNode list, String of) {
    List<Pattern> patterns = new ArrayList<>();
    for (String regex : texts(list)) {
      try {
        patterns.add(Pattern.compile(regex, Pattern.CASE_INSENSITIVE));
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException("signatures.yaml: " + of + ": " + e.getMessage(), e);
      }
    }
    return patterns;
  }

  public List<Signature> all() {
    return all;
  }

  /**
   * The first entry of the catalogue that an event matches; empty where it is none that is known.
   *
   * @param event a line, or several, as of a stack trace
   */
  public Optional<Match> match(String event) {
    String text = shortened(event);
    BitSet candidates = new BitSet(expressions.size() + harmless.size());
    candidates.or(always);
    AhoCorasickDoubleArrayTrie.IHit<List<Integer>> mark =
        (begin, end, having) -> having.forEach(candidates::set);
    index.parseText(text.toLowerCase(Locale.ROOT), mark);
    int vetoed = -1;
    for (int i = candidates.nextSetBit(0);
        i >= 0 && i < expressions.size();
        i = candidates.nextSetBit(i + 1)) {
      Expression expression = expressions.get(i);
      if (expression.signature() == vetoed) {
        continue;
      }
      Matcher matcher = expression.pattern().matcher(text);
      if (matcher.find()) {
        Signature signature = all.get(expression.signature());
        if (!isAny(signature.unless(), text)) {
          return isExcused(text, candidates, matcher.start(), matcher.end())
              ? Optional.empty()
              : Optional.of(new Match(signature, matcher.group()));
        }
        vetoed = expression.signature();
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a harmless phrase covers part of what matched: "to avoid an out of memory" excuses the
   * words it holds, not an error that ends with the advice.
   */
  private boolean isExcused(String text, BitSet candidates, int start, int end) {
    int first = expressions.size();
    for (int i = candidates.nextSetBit(first); i >= 0; i = candidates.nextSetBit(i + 1)) {
      Matcher matcher = harmless.get(i - first).pattern().matcher(text);
      while (matcher.find()) {
        if (matcher.start() < end && start < matcher.end()) {
          return true;
        }
      }
    }
    return false;
  }

  private static String shortened(String event) {
    return event.length() <= LONGEST
        ? event
        : event.substring(0, LONGEST / 2) + "\n" + event.substring(event.length() - LONGEST / 2);
  }

  private static boolean isAny(List<Pattern> patterns, String text) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(text).find());
  }
}
