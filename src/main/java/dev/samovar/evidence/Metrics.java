package dev.samovar.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Questions to a store of metric samples, by the names that the field's exporters use. */
public interface Metrics {

  /**
   * One line of a metric.
   *
   * @param labels the labels it was grouped by, {@code host.name} among them
   */
  record Line(String metric, Map<String, String> labels, List<Point> points) {
    public Line {
      labels = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(labels));
      points = List.copyOf(points);
    }
  }

  /** The highest value of a step. */
  record Point(Instant time, double value) {}

  /**
   * The lines of the named metrics whose samples meet the condition, grouped by host and by the
   * labels; sorted by metric and labels. Steps without samples have no point. A metric that nobody
   * exports has no lines.
   *
   * @param where in terms of {@link Fields#HOST}, {@link Fields#SERVICE} and {@link Fields#label}
   */
  List<Line> lines(
      Model model,
      List<String> metrics,
      Condition where,
      List<String> groupBy,
      Window window,
      Duration step)
      throws EvidenceException;

  /** The same metrics; see {@link Events#noting}. */
  default Metrics noting(Consumer<EvidenceException> silence) {
    return this;
  }
}
