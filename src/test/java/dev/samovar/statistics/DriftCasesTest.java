package dev.samovar.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Figures from the test suites of Evidently, Deepchecks, NannyML, whylogs, Deequ, TensorFlow Data
 * Validation, Great Expectations, Alibi Detect and SciPy; each case in {@code drift-cases.json}
 * names the repository and the test it is from.
 */
class DriftCasesTest {

  @TestFactory
  Stream<DynamicTest> reproduces_the_figures_of_other_projects() throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    try (InputStream file = DriftCasesTest.class.getResourceAsStream("drift-cases.json")) {
      new ObjectMapper().readTree(Objects.requireNonNull(file)).forEach(cases::add);
    }
    assertThat(cases).hasSizeGreaterThan(50);
    return cases.stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.get("name").asText() + " of " + each.get("source_repo").asText(),
                    () -> reproduce(each)));
  }

  private static void reproduce(JsonNode each) {
    String statistic = each.get("statistic").asText();
    JsonNode expected = each.get("expected");
    if (statistic.equals("benjamini_hochberg_any_reject")) {
      assertThat(anyRejected(each)).isEqualTo(expected.asBoolean());
      return;
    }
    double found = statisticOf(each, statistic);
    double wanted = number(expected);
    if (Double.isInfinite(wanted)) {
      assertThat(found).isEqualTo(wanted);
    } else {
      assertThat(found).isCloseTo(wanted, within(each.get("tolerance").asDouble() + 1e-15));
    }
  }

  private static boolean anyRejected(JsonNode each) {
    double[] p = new double[each.at("/current/repeat").asInt()];
    Arrays.fill(p, each.at("/current/value").asDouble());
    double q = each.at("/params/q").asDouble();
    return Arrays.stream(BenjaminiHochberg.adjust(p)).anyMatch(adjusted -> adjusted < q);
  }

  private static double statisticOf(JsonNode each, String statistic) {
    JsonNode parameters = each.get("params");
    if (statistic.equals("wasserstein")) {
      return Wasserstein.distance(
          numbers(each.at("/reference/values")),
          numbers(each.at("/reference/weights")),
          numbers(each.at("/current/values")),
          numbers(each.at("/current/weights")));
    }
    double[][] sides = aligned(each);
    double[] reference = sides[0];
    double[] current = sides[1];
    return switch (statistic) {
      case "psi" ->
          Distances.psiWithFloor(reference, current, parameters.path("floor").asDouble(0.0001));
      case "jensen_shannon_distance" ->
          Distances.jensenShannonDistance(reference, current)
              * (parameters.path("log_base").asText().equals("e") ? Math.sqrt(Math.log(2)) : 1);
      case "jensen_shannon_divergence" -> Distances.jensenShannonDivergence(reference, current);
      case "l_infinity" -> Distances.lInfinity(reference, current).distance();
      case "ks_statistic" -> Distances.ksDistance(reference, current);
      case "hellinger" -> Distances.hellinger(reference, current);
      case "total_variation" -> Distances.totalVariation(reference, current);
      case "kl_divergence" -> Distances.klDivergence(reference, current);
      case "chi2_gof_pvalue" ->
          FrequencyTests.chiSquareGoodnessOfFit(counts(reference), counts(current)).p();
      case "chi2_gof_statistic" ->
          FrequencyTests.chiSquareGoodnessOfFit(counts(reference), counts(current)).statistic();
      case "g_test_pvalue" -> FrequencyTests.gGoodnessOfFit(counts(reference), counts(current)).p();
      case "g_statistic" ->
          FrequencyTests.gGoodnessOfFit(counts(reference), counts(current)).statistic();
      case "two_proportion_z_pvalue" ->
          Proportions.twoProportions(
                  (long) reference[0],
                  (long) Arrays.stream(reference).sum(),
                  (long) current[0],
                  (long) Arrays.stream(current).sum())
              .p();
      default -> throw new IllegalArgumentException("No such statistic: " + statistic);
    };
  }

  /** Both sides over the same bins, however the case writes them down. */
  private static double[][] aligned(JsonNode each) {
    JsonNode reference = each.get("reference");
    JsonNode current = each.get("current");
    return switch (each.get("input_kind").asText()) {
      case "pmf" -> new double[][] {numbers(reference), numbers(current)};
      case "binned" -> new double[][] {binned(reference), binned(current)};
      case "samples" ->
          distinct(numbers(reference), ones(reference), numbers(current), ones(current));
      case "weighted" -> weighted(each);
      case "counts" -> byKey(each);
      default -> throw new IllegalArgumentException("No such input: " + each);
    };
  }

  private static double[][] byKey(JsonNode each) {
    JsonNode reference = each.get("reference");
    JsonNode current = each.get("current");
    TreeSet<String> keys = new TreeSet<>();
    reference.fieldNames().forEachRemaining(keys::add);
    current.fieldNames().forEachRemaining(keys::add);
    double[] expected = keys.stream().mapToDouble(key -> reference.path(key).asDouble()).toArray();
    double[] seen = keys.stream().mapToDouble(key -> current.path(key).asDouble()).toArray();
    if (each.get("params").has("unseen_categories")) {
      // Great Expectations lets a tenth of the expected weight stand for what it never saw.
      double unseen = Arrays.stream(expected).filter(weight -> weight == 0).count();
      expected =
          Arrays.stream(expected)
              .map(weight -> weight == 0 ? 0.1 / unseen : weight * 0.9)
              .toArray();
    }
    return new double[][] {expected, seen};
  }

  private static double[][] weighted(JsonNode each) {
    double[] referenceValues = numbers(each.at("/reference/values"));
    double[] referenceWeights = numbers(each.at("/reference/weights"));
    double[] currentValues = numbers(each.at("/current/values"));
    double[] currentWeights = numbers(each.at("/current/weights"));
    if (!each.get("params").has("bin_edges")) {
      return distinct(referenceValues, referenceWeights, currentValues, currentWeights);
    }
    double[] edges = numbers(each.at("/params/bin_edges"));
    return new double[][] {
      histogram(edges, referenceValues, referenceWeights),
      histogram(edges, currentValues, currentWeights)
    };
  }

  /** Bins closed below and open above, the last one closed on both sides, as NumPy's. */
  private static double[] histogram(double[] edges, double[] values, double[] weights) {
    double[] counts = new double[edges.length - 1];
    for (int i = 0; i < values.length; i++) {
      int bin = 0;
      while (bin < counts.length - 1 && values[i] >= edges[bin + 1]) {
        bin++;
      }
      counts[bin] += weights[i];
    }
    return counts;
  }

  /** One bin a distinct value, in order. */
  private static double[][] distinct(
      double[] referenceValues,
      double[] referenceWeights,
      double[] currentValues,
      double[] currentWeights) {
    TreeMap<Double, double[]> bins = new TreeMap<>();
    for (int i = 0; i < referenceValues.length; i++) {
      bins.computeIfAbsent(referenceValues[i], value -> new double[2])[0] += referenceWeights[i];
    }
    for (int i = 0; i < currentValues.length; i++) {
      bins.computeIfAbsent(currentValues[i], value -> new double[2])[1] += currentWeights[i];
    }
    return new double[][] {
      bins.values().stream().mapToDouble(pair -> pair[0]).toArray(),
      bins.values().stream().mapToDouble(pair -> pair[1]).toArray()
    };
  }

  /** What lies beyond the bins is a bin of its own. */
  private static double[] binned(JsonNode side) {
    double[] counts = numbers(side.get("counts"));
    double rest = side.get("n").asDouble() - Arrays.stream(counts).sum();
    double[] all = Arrays.copyOf(counts, counts.length + 1);
    all[counts.length] = rest;
    return all;
  }

  private static double[] ones(JsonNode samples) {
    return IntStream.range(0, samples.size()).mapToDouble(i -> 1).toArray();
  }

  private static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(DriftCasesTest::number)
        .toArray();
  }

  private static double number(JsonNode node) {
    return node.isTextual() ? Double.parseDouble(node.asText()) : node.asDouble();
  }

  private static long[] counts(double[] weights) {
    return Arrays.stream(weights).mapToLong(weight -> (long) weight).toArray();
  }
}
