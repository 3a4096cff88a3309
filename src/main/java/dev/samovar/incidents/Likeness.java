package dev.samovar.incidents;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How alike incidents are: the weight of the traits they share, by the weight of all they have. A
 * trait weighs by its kind, and the more the rarer it is among all that are compared.
 */
public final class Likeness {
  /** Less alike is another story. */
  public static final double ENOUGH = 0.4;

  /** The same findings in another model are a weaker hint. */
  private static final double OTHER_MODEL = 0.8;

  private Likeness() {}

  /**
   * @param similarity 0 to 1
   */
  public record Similar(Earlier earlier, double similarity) {}

  /** Those alike enough, the most alike first; of equals the newest. */
  public static List<Similar> among(List<Earlier> all, String model, Traits traits) {
    if (traits.names().isEmpty()) {
      return List.of();
    }
    Map<String, Double> weights = weights(all, traits);
    return all.stream()
        .map(
            one ->
                new Similar(
                    one,
                    jaccard(traits.names(), one.traits().names(), weights)
                        * (one.model().equals(model) ? 1 : OTHER_MODEL)))
        .filter(one -> one.similarity() >= ENOUGH)
        .sorted(
            Comparator.comparingDouble(Similar::similarity)
                .thenComparing(one -> one.earlier().at())
                .thenComparing(one -> one.earlier().id())
                .reversed())
        .toList();
  }

  private static Map<String, Double> weights(List<Earlier> all, Traits traits) {
    Map<String, Integer> counts = new HashMap<>();
    traits.names().forEach(name -> counts.merge(name, 1, Integer::sum));
    all.forEach(one -> one.traits().names().forEach(name -> counts.merge(name, 1, Integer::sum)));
    Map<String, Double> weights = new HashMap<>();
    counts.forEach(
        (name, count) ->
            weights.put(name, Traits.weight(name) * Math.log1p((all.size() + 1.0) / count)));
    return weights;
  }

  private static double jaccard(Set<String> a, Set<String> b, Map<String, Double> weights) {
    Set<String> either = new HashSet<>(a);
    either.addAll(b);
    double shared = 0;
    double total = 0;
    // In a fixed order: sums of the same numbers must be the same.
    for (String name : either.stream().sorted().toList()) {
      double weight = weights.getOrDefault(name, 0.0);
      total += weight;
      shared += a.contains(name) && b.contains(name) ? weight : 0;
    }
    return total == 0 ? 0 : shared / total;
  }
}
