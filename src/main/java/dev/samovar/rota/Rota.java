package dev.samovar.rota;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A team's shifts and the people who take them in turn. The first person has the first shift, and
 * so on; where there are more people than shifts, the next ones take over each Monday.
 *
 * @param people for the days that no {@link Weeks} cover
 * @param substitutes who stands in, whoever's turn it is
 */
public record Rota(
    String team,
    List<Shift> shifts,
    List<Person> people,
    List<Weeks> weeks,
    List<Substitute> substitutes) {
  /** A Monday to count weeks from. */
  private static final LocalDate EPOCH = LocalDate.of(1970, 1, 5);

  /**
   * A shift that lasts until another begins lasts a day at most, and an hour where clocks go back.
   */
  private static final Duration LONGEST = Duration.ofHours(26);

  public Rota {
    shifts = List.copyOf(shifts);
    people = List.copyOf(people);
    weeks = List.copyOf(weeks);
    substitutes = List.copyOf(substitutes);
  }

  /**
   * @throws IllegalArgumentException where a text is no shift
   */
  public static Rota parse(String team, List<String> shifts, List<String> people) {
    return new Rota(
        team,
        shifts.stream()
            .map(
                text ->
                    Shift.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException("No shift: " + text)))
            .toList(),
        people.stream().map(Person::of).toList(),
        List.of(),
        List.of());
  }

  /** A shift that begins on a day. */
  private record Begun(int shift, LocalDate day, Instant at) {}

  /**
   * The beginnings of some time, oldest first. Of two at the same moment the later in the list
   * counts: the other one would last no time at all.
   */
  private List<Begun> begun(Instant from, Instant to) {
    List<Begun> all = new ArrayList<>();
    for (int i = 0; i < shifts.size(); i++) {
      Shift shift = shifts.get(i);
      LocalDate last = to.atZone(shift.zone()).toLocalDate();
      for (LocalDate day = from.atZone(shift.zone()).toLocalDate().minusDays(1);
          !day.isAfter(last);
          day = day.plusDays(1)) {
        Instant at = shift.start(day);
        if (!at.isBefore(from) && at.isBefore(to)) {
          all.add(new Begun(i, day, at));
        }
      }
    }
    all.sort(Comparator.comparing(Begun::at).thenComparing(Begun::shift));
    List<Begun> distinct = new ArrayList<>();
    for (Begun one : all) {
      if (!distinct.isEmpty() && distinct.get(distinct.size() - 1).at().equals(one.at())) {
        distinct.remove(distinct.size() - 1);
      }
      distinct.add(one);
    }
    return distinct;
  }

  /** The turns that overlap some time, oldest first. */
  public List<Turn> turns(Instant from, Instant to) {
    // What ends by itself before the next begins leaves a gap; what would end after it does not.
    List<Begun> begun = begun(from.minus(LONGEST), to.plus(LONGEST));
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < begun.size(); i++) {
      Begun one = begun.get(i);
      Shift shift = shifts.get(one.shift());
      Optional<Instant> next =
          i + 1 < begun.size() ? Optional.of(begun.get(i + 1).at()) : Optional.empty();
      Optional<Instant> own = shift.end(one.day());
      if (next.isEmpty() && own.isEmpty()) {
        continue;
      }
      Instant end =
          own.filter(at -> next.isEmpty() || at.isBefore(next.get()))
              .orElseGet(() -> next.orElseThrow());
      if (one.at().isBefore(to) && end.isAfter(from) && one.at().isBefore(end)) {
        turns.add(new Turn(one.at(), end, shift.zone(), person(one)));
      }
    }
    return turns;
  }

  private Optional<Person> person(Begun one) {
    Shift shift = shifts.get(one.shift());
    if (!shift.people().isEmpty()) {
      return Optional.of(turn(shift.people(), weeks(EPOCH, one.day())));
    }
    for (Weeks some : weeks) {
      if (some.cover(one.day()) && !some.people().isEmpty()) {
        LocalDate monday = some.from().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return Optional.of(
            turn(some.people(), weeks(monday, one.day()) * shifts.size() + one.shift()));
      }
    }
    return people.isEmpty()
        ? Optional.empty()
        : Optional.of(turn(people, weeks(EPOCH, one.day()) * shifts.size() + one.shift()));
  }

  private static long weeks(LocalDate monday, LocalDate day) {
    return Math.floorDiv(ChronoUnit.DAYS.between(monday, day), 7L);
  }

  private static Person turn(List<Person> people, long number) {
    return people.get((int) Math.floorMod(number, (long) people.size()));
  }

  /** The turn that some moment belongs to; empty in a gap. */
  public Optional<Turn> at(Instant moment) {
    return turns(moment, moment.plusNanos(1)).stream().findFirst();
  }

  /** Who answers at some moment, substitutes within a turn included. */
  public Optional<Person> onCall(Instant moment) {
    return substitutes.stream()
        .filter(one -> one.covers(moment))
        .map(Substitute::person)
        .findFirst()
        .or(() -> at(moment).flatMap(Turn::person));
  }

  /** The turn that ended last, at some moment or before. */
  public Optional<Turn> ended(Instant moment) {
    return turns(moment.minus(Duration.ofDays(8)), moment).stream()
        .filter(turn -> !turn.to().isAfter(moment))
        .reduce((earlier, later) -> later);
  }

  /** The turn that begins next, at some moment or after. */
  public Optional<Turn> next(Instant moment) {
    return turns(moment, moment.plus(Duration.ofDays(8))).stream()
        .filter(turn -> !turn.from().isBefore(moment))
        .findFirst();
  }

  /** Time that nobody has, and time that two shifts claim. */
  public record Fault(boolean isGap, Instant from, Instant to) {}

  /**
   * The gaps and overlaps of some time, oldest first: with shifts that end by themselves in zones
   * whose clocks change on different days, some show only for a few weeks of the year.
   */
  public List<Fault> faults(Instant from, Instant to) {
    record Claim(Instant from, Instant to) {}
    List<Claim> claims = new ArrayList<>();
    List<Turn> turns = turns(from, to);
    for (Shift shift : shifts) {
      LocalDate last = to.atZone(shift.zone()).toLocalDate();
      for (LocalDate day = from.atZone(shift.zone()).toLocalDate();
          !day.isAfter(last);
          day = day.plusDays(1)) {
        Instant start = shift.start(day);
        shift
            .end(day)
            .filter(end -> start.isBefore(end))
            .ifPresent(end -> claims.add(new Claim(start, end)));
      }
    }
    List<Fault> faults = new ArrayList<>();
    for (int i = 1; i < turns.size(); i++) {
      if (turns.get(i - 1).to().isBefore(turns.get(i).from())) {
        faults.add(new Fault(true, turns.get(i - 1).to(), turns.get(i).from()));
      }
    }
    // Whatever begins within a claim other than the claim itself cuts it short.
    TreeSet<Instant> starts = new TreeSet<>(turns.stream().map(Turn::from).toList());
    for (Claim claim : claims) {
      Instant cut = starts.higher(claim.from());
      if (cut != null && cut.isBefore(claim.to())) {
        faults.add(new Fault(false, cut, claim.to()));
      }
    }
    faults.sort(Comparator.comparing(Fault::from));
    return faults;
  }
}
