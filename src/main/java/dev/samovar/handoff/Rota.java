package dev.samovar.handoff;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A team's shifts and the people who take them in turn. The first person has the first shift, and
 * so on; where there are more people than shifts, the next ones take over each Monday.
 *
 * @param people ids of the face
 */
public record Rota(String team, List<Shift> shifts, List<String> people) {
  /** A Monday to count weeks from. */
  private static final LocalDate EPOCH = LocalDate.of(1970, 1, 5);

  /** The time a shift begins, every day. */
  public record Shift(LocalTime start, ZoneId zone) {
    /**
     * @param text {@code 09:00 Europe/Berlin}
     */
    public static Shift parse(String text) {
      String[] words = text.strip().split("\\s+", -1);
      return new Shift(LocalTime.parse(words[0]), ZoneId.of(words[1]));
    }

    /** The last time it began; a time that the clocks skipped begins when they go on. */
    ZonedDateTime lastStart(Instant now) {
      LocalDate today = now.atZone(zone).toLocalDate();
      ZonedDateTime start = today.atTime(start()).atZone(zone);
      return start.toInstant().isAfter(now)
          ? today.minusDays(1).atTime(start()).atZone(zone)
          : start;
    }
  }

  public Rota {
    shifts = List.copyOf(shifts);
    people = List.copyOf(people);
  }

  public static Rota parse(String team, List<String> shifts, List<String> people) {
    List<Shift> parsed = new ArrayList<>();
    shifts.forEach(shift -> parsed.add(Shift.parse(shift)));
    return new Rota(team, parsed, people);
  }

  /** Who has the shift that began last. */
  public Optional<String> onCall(Instant now) {
    if (shifts.isEmpty() || people.isEmpty()) {
      return Optional.empty();
    }
    int latest = 0;
    for (int i = 1; i < shifts.size(); i++) {
      if (shifts.get(i).lastStart(now).isAfter(shifts.get(latest).lastStart(now))) {
        latest = i;
      }
    }
    long weeks = ChronoUnit.WEEKS.between(EPOCH, shifts.get(latest).lastStart(now).toLocalDate());
    return Optional.of(
        people.get((int) Math.floorMod(weeks * shifts.size() + latest, (long) people.size())));
  }
}
