package dev.samovar.charts;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * What happened, one line each.
 *
 * @param events oldest first
 */
record TimelineChart(String model, List<Event> events, Times times) implements Chart {
  static final int MOST = 9;

  /** Each has a shape of its own. */
  enum Kind {
    CHANGE,
    ONSET,
    PEOPLE,
    SAMOVAR
  }

  /**
   * @param from where it is not known exactly, at the earliest
   * @param to at the latest
   */
  record Event(Kind kind, Instant at, Instant from, Instant to, String text) {
    static Event of(Kind kind, Instant at, String text) {
      return new Event(kind, at, at, at, text);
    }
  }

  TimelineChart {
    events =
        events.stream().sorted(Comparator.comparing(Event::at).thenComparing(Event::kind)).toList();
  }

  Instant from() {
    return events.stream().map(Event::from).min(Comparator.naturalOrder()).orElseThrow();
  }

  Instant to() {
    return events.stream().map(Event::to).max(Comparator.naturalOrder()).orElseThrow();
  }

  @Override
  public String title() {
    return "Timeline of " + model;
  }

  @Override
  public String alt() {
    StringBuilder alt =
        new StringBuilder(title())
            .append(", ")
            .append(times.days(from(), to()))
            .append(" (")
            .append(times.name())
            .append("): ");
    alt.append(
        String.join(
            "; ",
            events.stream()
                .map(event -> times.near(event.at(), to()) + " " + event.text())
                .toList()));
    return alt.append(".").toString();
  }
}
