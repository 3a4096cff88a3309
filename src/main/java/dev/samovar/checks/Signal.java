package dev.samovar.checks;

import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Metrics;
import dev.samovar.evidence.Query;
import java.util.List;

/** Something over time in which a finding should show its beginning. */
public sealed interface Signal {

  /** As a reader would say it: {@code share of passenger_count = 0}. */
  String name();

  /** The share of events that meet the condition among the events of the query; it rises. */
  record Share(String name, Query query, Condition condition) implements Signal {}

  /** How many events there are; it rises or falls. */
  record Volume(String name, Query query) implements Signal {}

  /**
   * Values that were read already; they rise or fall.
   *
   * @param course what they look like
   */
  record Level(String name, List<Metrics.Point> points, Figure.Course course) implements Signal {
    public Level(String name, List<Metrics.Point> points) {
      this(name, points, Figure.Unit.NUMBER);
    }

    public Level(String name, List<Metrics.Point> points, Figure.Unit unit) {
      this(name, points, Figure.Course.of(name, unit, Figure.Line.of(points)));
    }

    public Level {
      points = List.copyOf(points);
    }
  }
}
