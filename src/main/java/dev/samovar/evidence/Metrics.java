package dev.samovar.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Questions to a store of metric samples, by the names that the field's exporters use. */
public interface Metrics {

  /**
   * One line of a metric.
   *
   * @param labels the labels it was grouped by, {@code host.name} among them
   * @param expression for a person to look at it; empty where the source has no such language
   */
  record Line(
      String metric,
      Map<String, String> labels,
      List<Point> points,
      Optional<String> expression) {
    public Line(String metric, Map<String, String> labels, List<Point> points) {
      this(metric, labels, points, Optional.empty());
    }

    public Line {
      labels = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(labels));
      points = List.copyOf(points);
    }
  }

  /** The highest value of a step. */
  record Point(Instant time, double value) {}

  /**
   * How much one counter grew.
   *
   * @param labels those it was grouped by that it has
   * @param grown in each of the windows; not a number where it had no samples
   * @param expression its rate, for a person to look at; empty where the source has no such language
   */
  record Growth(
      String metric, Map<String, String> labels, List<Double> grown, Optional<String> expression) {
    public Growth {
      labels = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(labels));
      grown = List.copyOf(grown);
    }
  }

  /**
   * How much the named counters grew in each window, restarts allowed for: sums of the series that
   * the labels do not tell apart, whatever their hosts.
   *
   * @param where as in {@link #lines}
   */
  default List<Growth> growth(
      Model model,
      List<String> counters,
      Condition where,
      List<String> groupBy,
      List<Window> windows)
      throws EvidenceException {
    return GrowthOfLines.of(this, model, counters, where, groupBy, windows);
  }

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

  /**
   * The series of the model's own {@link Model#metrics expressions} that are more than a name, each
   * under the name that it was given, with all its labels; empty where the source has no language
   * to evaluate them in.
   *
   * @param step from value to value
   */
  default Optional<List<Line>> watched(Model model, Window window, Duration step)
      throws EvidenceException {
    return Optional.empty();
  }

  /** Where a person sees an expression over time. */
  default Optional<String> link(String expression, Window window) {
    return Optional.empty();
  }

  /** Whether it is the bare name of a metric, for which no language is needed. */
  static boolean isName(String expression) {
    return expression.matches("[\\w:.]+");
  }
}
