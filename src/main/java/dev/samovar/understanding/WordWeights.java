package dev.samovar.understanding;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How much each word, each pair of neighbours and each sort of phrase pulls towards a report:
 * {@code words.txt}, a table to be read and changed like the other rules. Its numbers were fitted
 * once (logistic regression, ridge) to the labelled messages of the tests; {@code WordWeightsFit}
 * there does it again.
 */
final class WordWeights {
  static final String RESOURCE = "words.txt";

  /** The pull of every text, whatever its words. */
  private static final String BIAS = "<bias>";

  private static final int WORDS_A_STEP = 6;
  private static final int STEPS = 6;
  private static final int MOST_COUNTED = 3;

  private final Map<String, Double> weights;

  WordWeights(Map<String, Double> weights) {
    this.weights = Map.copyOf(weights);
  }

  static WordWeights load() {
    Map<String, Double> weights = new HashMap<>();
    try (InputStream in = WordWeights.class.getResourceAsStream(RESOURCE);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        int space = line.indexOf(' ');
        if (!line.startsWith("#!") && space > 0) {
          weights.put(line.substring(space + 1), Double.parseDouble(line.substring(0, space)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new WordWeights(weights);
  }

  /**
   * The words of a text, its pairs of neighbours, the sorts of its phrases, and how long it is;
   * names and numbers alike.
   */
  static Set<String> features(Heard heard) {
    Tokens tokens = heard.tokens();
    boolean[] named = new boolean[tokens.size() + 1];
    for (ModelNames.Mention mention : heard.mentions()) {
      Arrays.fill(named, mention.from(), mention.to(), true);
    }
    Set<String> features = new LinkedHashSet<>();
    String before = "^";
    int count = 0;
    for (int i = 0; i < tokens.size(); i++) {
      String word = named[i] ? "@" : tokens.get(i).isNumber() ? "#" : tokens.get(i).word();
      if (named[i] && before.equals("@")) {
        continue;
      }
      features.add(word);
      features.add(before + " " + word);
      before = word;
      count++;
      if (i + 1 < tokens.size() && tokens.get(i + 1).sentence() != tokens.get(i).sentence()) {
        String end = tokens.isQuestion(tokens.get(i).sentence()) ? "?" : ".";
        features.add(word + " " + end);
        before = end;
      }
    }
    if (tokens.size() > 0) {
      features.add(
          before + (tokens.isQuestion(tokens.get(tokens.size() - 1).sentence()) ? " ?$" : " $"));
    }
    features.add("<length " + Math.min(STEPS, count / WORDS_A_STEP) + ">");
    features.add("<models " + Math.min(MOST_COUNTED, heard.mentions().size()) + ">");
    features.add("<denied " + Math.min(MOST_COUNTED, heard.denied().size()) + ">");
    for (Section.Kind kind : Section.Kind.values()) {
      heard.of(kind).forEach(match -> features.add(match.section().title()));
    }
    return features;
  }

  /** Log-odds that it is a report: above 0 rather one. */
  double pull(Set<String> features) {
    double sum = 0;
    int known = 0;
    for (String feature : features) {
      Double weight = weights.get(feature);
      if (weight != null) {
        sum += weight;
        known++;
      }
    }
    return sum / Math.sqrt(Math.max(1, known)) + weights.getOrDefault(BIAS, 0.0);
  }
}
