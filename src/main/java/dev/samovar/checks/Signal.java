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

  /** Values that were read already; they rise or fall. */
  record Level(String name, List<Metrics.Point> points) implements Signal {
    public Level {
      points = List.copyOf(points);
    }
  }
}
