package dev.samovar.understanding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.evidence.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Fits {@code words.txt} to labelled messages: logistic regression on words and pairs of words that
 * stand in two messages at least, with a ridge penalty, by Adam's method from zero. Deterministic.
 */
final class WordWeightsFit {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double RIDGE = 0.0125;

  /**
   * Heavier: the lexicon was written with half of these messages in view, and fits them too well.
   */
  private static final double RIDGE_OF_PHRASES = 0.05;

  private static final int STEPS = 800;
  private static final double RATE = 0.1;

  private final List<int[]> messages = new ArrayList<>();
  private final List<Double> labels = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  WordWeightsFit(List<Path> files, List<Model> models) throws IOException {
    ModelNames known = new ModelNames(models);
    List<Set<String>> all = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>();
    for (Path file : files) {
      for (String line : Files.readAllLines(file)) {
        JsonNode message = JSON.readTree(line);
        Markup.Plain plain = Markup.plain(message.get("text").asText());
        Set<String> features = WordWeights.features(Understanding.heard(plain, known));
        features.forEach(feature -> counts.merge(feature, 1, Integer::sum));
        all.add(features);
        labels.add(message.get("answer").asBoolean() ? 1.0 : 0.0);
      }
    }
    Map<String, Integer> numbers = new HashMap<>();
    for (String feature : new TreeSet<>(counts.keySet())) {
      if (counts.getOrDefault(feature, 0) > 1) {
        numbers.put(feature, names.size());
        names.add(feature);
      }
    }
    for (Set<String> features : all) {
      messages.add(features.stream().filter(numbers::containsKey).mapToInt(numbers::get).toArray());
    }
  }

  Map<String, Double> weights() {
    int size = names.size() + 1; // the last is the bias
    double[] weights = new double[size];
    double[] mean = new double[size];
    double[] square = new double[size];
    for (int step = 1; step <= STEPS; step++) {
      double[] gradient = gradient(weights);
      for (int i = 0; i < size; i++) {
        mean[i] = 0.9 * mean[i] + 0.1 * gradient[i];
        square[i] = 0.999 * square[i] + 0.001 * gradient[i] * gradient[i];
        double rate = i == size - 1 ? RATE / 10 : RATE;
        weights[i] -=
            rate
                * (mean[i] / (1 - Math.pow(0.9, step)))
                / (Math.sqrt(square[i] / (1 - Math.pow(0.999, step))) + 1e-8);
      }
    }
    Map<String, Double> named = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      named.put(names.get(i), weights[i]);
    }
    named.put("<bias>", weights[size - 1]);
    return named;
  }

  private double[] gradient(double[] weights) {
    double[] gradient = new double[weights.length];
    int bias = weights.length - 1;
    for (int i = 0; i < bias; i++) {
      gradient[i] = (names.get(i).startsWith("[") ? RIDGE_OF_PHRASES : RIDGE) * weights[i];
    }
    for (int m = 0; m < messages.size(); m++) {
      int[] features = messages.get(m);
      double scale = 1 / Math.sqrt(Math.max(1, features.length));
      double pull = weights[bias];
      for (int feature : features) {
        pull += scale * weights[feature];
      }
      double error = 1 / (1 + Math.exp(-pull)) - labels.get(m);
      for (int feature : features) {
        gradient[feature] += scale * error;
      }
      gradient[bias] += error;
    }
    return gradient;
  }

  /** Two digits are enough to read, and to decide. */
  static void write(Map<String, Double> weights, Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(
        "#! How much a word, or a pair of neighbours, pulls towards a report (above 0) or away.");
    lines.add(
        "#! @ is a model's name, a lone # a number, ^ and $ the message's ends, . and ? a sentence's.");
    lines.add(
        "#! Fitted by WordWeightsFit to the labelled messages of the tests; may be changed by hand.");
    weights.forEach(
        (word, weight) -> {
          if (Math.abs(weight) >= 0.005) {
            lines.add(String.format(Locale.ROOT, "%.2f %s", weight, word));
          }
        });
    Files.write(file, lines);
  }
}
