package dev.samovar.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.statistics.ChangeSearch.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How well the change search does, at length: {@code mvn test -Dtest=ChangeMeasurementTest
 * -Dchanges.series=2000}, and with {@code -Dchanges.tcpd=FOLDER} also on the Turing Change Point
 * Dataset (a folder with annotations.json and datasets/NAME/NAME.json), scored as its authors do.
 * Writes {@code target/changes.md}.
 */
@EnabledIfSystemProperty(named = "changes.series", matches = "\\d+")
class ChangeMeasurementTest {
  private static final int SERIES = Integer.getInteger("changes.series", 0);
  private static final int LENGTH = 240;
  private static final int DAYS = 5 * 288;

  private final StringBuilder table = new StringBuilder();

  @Test
  void measure() throws IOException {
    long start = System.nanoTime();
    falseChanges();
    shares();
    effects();
    String tcpd = System.getProperty("changes.tcpd", "");
    if (!tcpd.isEmpty()) {
      tcpd(Path.of(tcpd));
    }
    table.append("\n%.0f s%n".formatted((System.nanoTime() - start) / 1e9));
    Files.writeString(Path.of("target", "changes.md"), table);
    System.out.println(table);
    assertThat(table).isNotEmpty();
  }

  private void falseChanges() {
    table.append(
        "## False changes, %d series each\n\n| noise | n = 60 | n = 240 | n = 1,440 |\n|---|---|---|---|\n"
            .formatted(SERIES));
    for (Noise noise : Noise.all()) {
      boolean daily = noise.period() > 0 || noise.name().startsWith("rhythm");
      table.append("| %s ".formatted(noise.name()));
      for (int length : new int[] {60, LENGTH, DAYS}) {
        if (daily && length < DAYS) {
          table.append("| ");
          continue;
        }
        int trials = length == DAYS ? SERIES / 4 : SERIES;
        long cried =
            IntStream.range(0, trials)
                .parallel()
                .filter(
                    seed ->
                        !changes(noise.draw().series(new Random(seed), length), noise).isEmpty())
                .count();
        table.append("| %.2f %% ".formatted(100.0 * cried / trials));
      }
      table.append("|\n");
    }
  }

  private void shares() {
    table.append("\n## False rises of shares (ChangePoints), n = 240\n\n| counts | |\n|---|---|\n");
    for (int total : new int[] {5, 50, 500}) {
      for (double share : new double[] {0.01, 0.1, 0.5}) {
        rises("%d at %s".formatted(total, share), total, (random, i) -> share);
      }
    }
    for (double follows : new double[] {0.3, 0.6, 0.9}) {
      long cried =
          IntStream.range(0, SERIES)
              .parallel()
              .filter(
                  seed -> {
                    Random random = new Random(seed);
                    double[] level = Noise.autoregressive(random, LENGTH, follows);
                    return rise(random, 200, i -> 1 / (1 + Math.exp(2 - 0.4 * level[i])));
                  })
              .count();
      table.append(
          "| 200 at 12 %%, its logit AR(1) %s | %.2f %% |%n"
              .formatted(follows, 100.0 * cried / SERIES));
    }
    rises("200, a daily wave", 200, (random, i) -> 0.2 + 0.1 * Math.sin(2 * Math.PI * i / 48));
  }

  private void rises(String name, int total, BiFunction<Random, Integer, Double> share) {
    long cried =
        IntStream.range(0, SERIES)
            .parallel()
            .filter(
                seed -> {
                  Random random = new Random(seed);
                  return rise(random, total, i -> share.apply(random, i));
                })
            .count();
    table.append("| %s | %.2f %% |%n".formatted(name, 100.0 * cried / SERIES));
  }

  private interface Share {
    double at(int step);
  }

  private static boolean rise(Random random, int total, Share share) {
    long[] totals = new long[LENGTH];
    Arrays.fill(totals, total);
    long[] matching =
        IntStream.range(0, LENGTH)
            .mapToLong(i -> Noise.binomial(random, total, share.at(i)))
            .toArray();
    return ChangePoints.rise(totals, matching).isPresent();
  }

  private record Effect(String name, Shape shape, int from, int to) {}

  private interface Shape {
    double[] on(double[] noise, int at, double spread);
  }

  private static Shape level(double height, int rise, int last) {
    return (noise, at, spread) ->
        IntStream.range(0, noise.length)
            .mapToDouble(
                i ->
                    noise[i]
                        + (i < at || i >= at + last
                            ? 0
                            : height * spread * Math.min(1, (i - at + 1.0) / rise)))
            .toArray();
  }

  private static Shape variance(double factor) {
    return (noise, at, spread) ->
        IntStream.range(0, noise.length)
            .mapToDouble(i -> i < at ? noise[i] : factor * noise[i])
            .toArray();
  }

  private void effects() {
    int forever = Integer.MAX_VALUE / 2;
    List<Effect> effects =
        List.of(
            new Effect("step 1 sd", level(1, 1, forever), 24, 216),
            new Effect("step 2 sd", level(2, 1, forever), 24, 216),
            new Effect("step -3 sd", level(-3, 1, forever), 24, 216),
            new Effect("step 5 sd", level(5, 1, forever), 24, 216),
            new Effect("step 3 sd, 5 to 10 before the end", level(3, 1, forever), 230, 236),
            new Effect("step 3 sd, 5 to 10 after the start", level(3, 1, forever), 5, 11),
            new Effect("pulse 3 sd of 20", level(3, 1, 20), 24, 190),
            new Effect("ramp to 3 sd in 30", level(3, 30, forever), 48, 180),
            new Effect("ramp to 5 sd in 60", level(5, 60, forever), 48, 150),
            new Effect("spread x 2", variance(2), 48, 192),
            new Effect("spread x 3", variance(3), 48, 192),
            new Effect("spread / 3", variance(1 / 3.0), 48, 192));
    List<Noise> noises =
        List.of(
            Noise.white(),
            Noise.tails(),
            Noise.autoregressive(0.3),
            Noise.autoregressive(0.6),
            Noise.autoregressive(0.8),
            Noise.poisson(2));
    table.append(
        "\n## Effects, n = 240, %d series each\n\nFound within 12 values; of those the median error,"
                .formatted(SERIES / 4)
            + " the share whose interval covers and its median width; further changes a series\n\n"
            + "| effect | noise | found | error | covered | width | more |\n"
            + "|---|---|---|---|---|---|---|\n");
    for (Effect effect : effects) {
      for (Noise noise : noises) {
        if (!effect.name().startsWith("spread") || !noise.name().startsWith("counts")) {
          effect(effect, noise, LENGTH, 1);
        }
      }
    }
    effect(new Effect("step 1 sd", level(1, 1, forever), 140, 1300), Noise.rhythm(0.3), DAYS, 4);
    effect(new Effect("step 3 sd", level(3, 1, forever), 140, 1300), Noise.rhythm(0.3), DAYS, 4);
    effect(
        new Effect("ramp to 3 sd in 200", level(3, 200, forever), 140, 1100),
        Noise.rhythm(0.3),
        DAYS,
        4);
  }

  private record Trial(int matched, boolean covered, int error, int width, int more) {}

  private void effect(Effect effect, Noise noise, int length, int fewer) {
    int trials = SERIES / 4 / fewer;
    int near = length / 20;
    List<Trial> all =
        IntStream.range(0, trials)
            .parallel()
            .mapToObj(
                seed -> {
                  Random random = new Random(seed);
                  int at = effect.from() + random.nextInt(effect.to() - effect.from());
                  double[] values =
                      effect.shape().on(noise.draw().series(random, length), at, noise.spread());
                  return trial(changes(values, noise), at, near);
                })
            .toList();
    List<Trial> found = all.stream().filter(trial -> trial.matched() > 0).toList();
    table.append(
        "| %s | %s | %.1f %% | %s | %.1f %% | %s | %.2f |%n"
            .formatted(
                effect.name(),
                noise.name(),
                100.0 * found.size() / trials,
                median(found.stream().mapToInt(Trial::error).toArray()),
                100.0 * found.stream().filter(Trial::covered).count() / Math.max(1, found.size()),
                median(found.stream().mapToInt(Trial::width).toArray()),
                all.stream().mapToInt(Trial::more).average().orElse(0)));
  }

  private static String median(int[] values) {
    return values.length == 0
        ? ""
        : "%.0f".formatted(RobustSpread.median(Arrays.stream(values).asDoubleStream().toArray()));
  }

  /** The change nearest to the truth; found if its interval or its index is near. */
  private static Trial trial(List<Change> changes, int at, int near) {
    Optional<Change> nearest =
        changes.stream().min(Comparator.comparingInt(c -> Math.abs(c.index() - at)));
    return nearest
        .map(
            change -> {
              int error = Math.abs(change.index() - at);
              boolean covered = change.earliest() <= at && at <= change.latest();
              boolean matched = covered || error <= near;
              return new Trial(
                  matched ? 1 : 0,
                  covered,
                  error,
                  change.latest() - change.earliest(),
                  changes.size() - (matched ? 1 : 0));
            })
        .orElse(new Trial(0, false, 0, 0, 0));
  }

  private static List<Change> changes(double[] values, Noise noise) {
    return ChangeSearch.changes(values, noise.period());
  }

  private void tcpd(Path folder) throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode annotations = json.readTree(folder.resolve("annotations.json").toFile());
    table.append("\n## TCPD\n\n| series | n | changes | F1 | covering |\n|---|---|---|---|---|\n");
    double sumF1 = 0;
    double sumCovering = 0;
    int count = 0;
    for (String name :
        new TreeSet<>(
            StreamSupport.stream(((Iterable<String>) annotations::fieldNames).spliterator(), false)
                .toList())) {
      Path file = folder.resolve("datasets").resolve(name).resolve(name + ".json");
      if (!Files.exists(file)) {
        continue;
      }
      JsonNode series = json.readTree(file.toFile()).path("series");
      if (series.size() != 1) {
        continue;
      }
      double[] values =
          StreamSupport.stream(series.path(0).path("raw").spliterator(), false)
              .mapToDouble(node -> node.isNumber() ? node.asDouble() : Double.NaN)
              .toArray();
      List<Set<Integer>> truths = new ArrayList<>();
      for (JsonNode annotator : annotations.path(name)) {
        Set<Integer> truth = new TreeSet<>();
        annotator.forEach(index -> truth.add(index.asInt()));
        truths.add(truth);
      }
      Set<Integer> found = new TreeSet<>();
      ChangeSearch.changes(values).forEach(change -> found.add(change.index()));
      double f1 = f1(truths, found);
      double covering = covering(truths, found, values.length);
      sumF1 += f1;
      sumCovering += covering;
      count++;
      table.append(
          "| %s | %d | %s | %.3f | %.3f |%n".formatted(name, values.length, found, f1, covering));
    }
    table.append(
        "| mean of %d | | | %.3f | %.3f |%n".formatted(count, sumF1 / count, sumCovering / count));
  }

  /** Precision against all annotators together, recall the mean of theirs, a margin of 5. */
  private static double f1(List<Set<Integer>> annotators, Set<Integer> found) {
    Set<Integer> predicted = new TreeSet<>(found);
    predicted.add(0);
    Set<Integer> all = new TreeSet<>(Set.of(0));
    double recall = 0;
    for (Set<Integer> annotator : annotators) {
      Set<Integer> truth = new TreeSet<>(annotator);
      truth.add(0);
      all.addAll(truth);
      recall += (double) hits(truth, predicted) / truth.size() / annotators.size();
    }
    double precision = (double) hits(all, predicted) / predicted.size();
    return 2 * precision * recall / (precision + recall);
  }

  /** Every truth takes at most one prediction. */
  private static int hits(Set<Integer> truth, Set<Integer> predicted) {
    Set<Integer> free = new TreeSet<>(predicted);
    int hits = 0;
    for (int t : truth) {
      Optional<Integer> near =
          free.stream()
              .filter(p -> Math.abs(p - t) <= 5)
              .min(Comparator.comparingInt(p -> Math.abs(p - t)));
      if (near.isPresent()) {
        free.remove(near.get());
        hits++;
      }
    }
    return hits;
  }

  private static double covering(List<Set<Integer>> annotators, Set<Integer> found, int length) {
    List<int[]> predicted = segments(found, length);
    double sum = 0;
    for (Set<Integer> annotator : annotators) {
      for (int[] segment : segments(annotator, length)) {
        double best =
            predicted.stream()
                .mapToDouble(
                    other -> {
                      int shared = Math.min(segment[1], other[1]) - Math.max(segment[0], other[0]);
                      int joined = Math.max(segment[1], other[1]) - Math.min(segment[0], other[0]);
                      return shared <= 0 ? 0 : (double) shared / joined;
                    })
                .max()
                .orElse(0);
        sum += best * (segment[1] - segment[0]) / length / annotators.size();
      }
    }
    return sum;
  }

  private static List<int[]> segments(Set<Integer> changes, int length) {
    List<int[]> segments = new ArrayList<>();
    int from = 0;
    for (int change : changes) {
      if (change > from && change < length) {
        segments.add(new int[] {from, change});
        from = change;
      }
    }
    segments.add(new int[] {from, length});
    return segments;
  }
}
