package dev.samovar.oncall;

import dev.samovar.rota.Person;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who answers for a team just now.
 *
 * @param people several where a schedule has several at once
 * @param until when that changes; empty where that is not known
 * @param by what says so: “PagerDuty”, “the rota”
 * @param trouble why it is not the schedule that says so, where it should be
 * @param mayMention whether the team allows that they are called, not only named
 */
public record Standing(
    String team,
    List<Person> people,
    Optional<Instant> until,
    String by,
    Optional<String> trouble,
    boolean mayMention) {
  /** By the rota. */
  public static final String ROTA = "the rota";

  public Standing {
    people = List.copyOf(people);
  }
}
