package dev.samovar.charts;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
    CAUSE,
    PEOPLE,
    SAMOVAR
  }

  /**
   * @param to where it took a while or is not known exactly
   */
  record Event(Kind kind, Instant from, Optional<Instant> to, String text) {
    Instant end() {
      return to.orElse(from);
    }
  }

  TimelineChart {
    events =
        events.stream()
            .sorted(Comparator.comparing(Event::from).thenComparing(Event::kind))
            .toList();
  }

  Instant from() {
    return events.get(0).from();
  }

  Instant to() {
    return events.stream().map(Event::end).max(Comparator.naturalOrder()).orElseThrow();
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
            events.stream().map(event -> times.near(event.from(), to()) + " " + event.text()).toList()));
    return alt.append(".").toString();
  }
}
