package dev.samovar.evidence;

import dev.samovar.evidence.Metrics.Growth;
import dev.samovar.evidence.Metrics.Line;
import dev.samovar.evidence.Metrics.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The growth of counters, from the highest values of short steps: for stores that only have those. */
final class GrowthOfLines {
  private static final int STEPS = 24;

  /** Labels that tell the replicas of a server apart, each of which counts on its own. */
  private static final List<String> REPLICAS = List.of("pod", "instance", "replica");

  private GrowthOfLines() {}

  private record Key(String metric, Map<String, String> labels) {}

  static List<Growth> of(
      Metrics metrics,
      Model model,
      List<String> counters,
      Condition where,
      List<String> groupBy,
      List<Window> windows)
      throws EvidenceException {
    List<String> all = new ArrayList<>(groupBy);
    all.addAll(REPLICAS);
    Map<Key, Double[]> grown = new TreeMap<>(java.util.Comparator.comparing(Key::toString));
    for (int i = 0; i < windows.size(); i++) {
      Duration step = windows.get(i).length().dividedBy(STEPS);
      for (Line line : metrics.lines(model, counters, where, all, windows.get(i), step)) {
        Map<String, String> labels = new TreeMap<>(line.labels());
        labels.keySet().retainAll(groupBy);
        Double[] known =
            grown.computeIfAbsent(
                new Key(line.metric(), labels),
                unused -> Collections.nCopies(windows.size(), Double.NaN).toArray(Double[]::new));
        known[i] = (Double.isNaN(known[i]) ? 0 : known[i]) + increase(line.points());
      }
    }
    return grown.entrySet().stream()
        .map(
            entry ->
                new Growth(
                    entry.getKey().metric(),
                    entry.getKey().labels(),
                    Arrays.asList(entry.getValue()),
                    Optional.empty()))
        .toList();
  }

  private static double increase(List<Point> points) {
    double grown = 0;
    for (int i = 1; i < points.size(); i++) {
      double step = points.get(i).value() - points.get(i - 1).value();
      grown += step >= 0 ? step : points.get(i).value();
    }
    return grown;
  }
}
