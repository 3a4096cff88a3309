package dev.samovar.oncall;

import dev.samovar.evidence.EvidenceException;
import dev.samovar.rota.Person;
import dev.samovar.rota.Rota;
import dev.samovar.rota.Substitute;
import dev.samovar.rota.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says who is on call. Schedules are asked now and then; one that does not answer is replaced by
 * the rota, and that is said. What a schedule knows of somebody counts before the rota.
 */
public final class Roster {
  private static final Duration BUDGET = Duration.ofSeconds(4);

  /** A change of a schedule is seen after so long. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  /** Who does not answer is not asked again at once: people wait for the answer. */
  private static final Duration RESTED = Duration.ofSeconds(30);

  /** Around now: the shift that runs, and the one that follows. */
  private static final Duration BEFORE = Duration.ofDays(2);

  private static final Duration AFTER = Duration.ofDays(8);

  private final List<Team> teams;
  private final Directory directory;
  private final Map<String, Asked> known = new HashMap<>();
  private final Map<String, Object> locks = new HashMap<>();

  /** What a schedule answered, and when. */
  private record Asked(Instant at, List<Stint> stints, Optional<String> trouble) {
    boolean isFresh(Instant now) {
      Duration age = Duration.between(at, now);
      return !age.isNegative() && age.compareTo(trouble.isEmpty() ? FRESH : RESTED) < 0;
    }
  }

  /**
   * @param directory of the face
   */
  public Roster(List<Team> teams, Directory directory) {
    this.teams = List.copyOf(teams);
    this.directory = directory;
    this.teams.forEach(team -> locks.put(team.name(), new Object()));
  }

  public List<Team> teams() {
    return teams;
  }

  /** Of each team of which somebody is on call, or of which that can't be told. */
  public List<Standing> now(Instant now) {
    List<Standing> all = new ArrayList<>();
    for (Team team : teams) {
      Standing standing = standing(team, now);
      if (!standing.people().isEmpty() || standing.trouble().isPresent()) {
        all.add(standing);
      }
    }
    return all;
  }

  private Standing standing(Team team, Instant now) {
    Optional<Asked> asked = asked(team, now);
    List<Stint> current =
        asked.map(Asked::stints).orElse(List.of()).stream().filter(one -> one.covers(now)).toList();
    if (!current.isEmpty()) {
      Set<Person> people = new LinkedHashSet<>();
      current.forEach(stint -> people.add(person(stint.contact())));
      return new Standing(
          team.name(),
          List.copyOf(people),
          current.stream().map(Stint::to).min(Comparator.naturalOrder()),
          team.schedule().orElseThrow().source().name(),
          Optional.empty(),
          team.mayMention());
    }
    Optional<String> trouble =
        asked.flatMap(
            one ->
                one.trouble()
                    .or(
                        () ->
                            team.schedule()
                                .map(
                                    watched ->
                                        watched.source().name()
                                            + "'s schedule "
                                            + watched.id()
                                            + " has nobody on call")));
    return new Standing(
        team.name(),
        team.rota().onCall(now).stream().toList(),
        team.rota().at(now).map(Turn::to),
        Standing.ROTA,
        trouble,
        team.mayMention());
  }

  /** The team's shifts, with the people of its schedule, as far as it answers. */
  public Rota rota(Team team, Instant now) {
    Rota rota = team.rota();
    List<Substitute> substitutes = new ArrayList<>();
    asked(team, now)
        .ifPresent(
            asked ->
                asked
                    .stints()
                    .forEach(
                        one ->
                            substitutes.add(
                                new Substitute(one.from(), one.to(), person(one.contact())))));
    substitutes.addAll(rota.substitutes());
    return new Rota(rota.team(), rota.shifts(), rota.people(), rota.weeks(), substitutes);
  }

  /** Why the team's schedule does not count just now. */
  public Optional<String> trouble(Team team, Instant now) {
    return asked(team, now).flatMap(Asked::trouble);
  }

  private Person person(Contact contact) {
    return new Person(
        contact.email().flatMap(directory::idOf).orElse(contact.name()),
        Optional.of(contact.name()),
        contact.zone());
  }

  /** Empty where the team has no schedule. Who waits for the same answer waits once. */
  private Optional<Asked> asked(Team team, Instant now) {
    if (team.schedule().isEmpty()) {
      return Optional.empty();
    }
    Object lock = locks.getOrDefault(team.name(), this);
    synchronized (lock) {
      Asked before;
      synchronized (known) {
        before = known.get(team.name());
      }
      if (before != null && before.isFresh(now)) {
        return Optional.of(before);
      }
      Asked asked = ask(team.schedule().get(), now);
      synchronized (known) {
        known.put(team.name(), asked);
      }
      return Optional.of(asked);
    }
  }

  private static Asked ask(Team.Watched watched, Instant now) {
    try {
      return new Asked(
          now,
          watched.source().stints(watched.id(), now.minus(BEFORE), now.plus(AFTER), BUDGET),
          Optional.empty());
    } catch (EvidenceException e) {
      return new Asked(now, List.of(), Optional.of(e.getMessage()));
    }
  }
}
