package dev.samovar.rota;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Who takes the shifts that begin on these days.
 *
 * @param to the first day that no longer belongs to them; empty for good
 * @param people the first has the first shift, and so on; where there are more people than shifts,
 *     the next ones take over each week
 */
public record Weeks(LocalDate from, Optional<LocalDate> to, List<Person> people) {
  public Weeks {
    people = List.copyOf(people);
  }

  boolean cover(LocalDate day) {
    return !day.isBefore(from) && to.filter(end -> !day.isBefore(end)).isEmpty();
  }
}
