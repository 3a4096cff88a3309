package dev.samovar.handoff;

import dev.samovar.evidence.Model;
import dev.samovar.rota.Person;
import dev.samovar.rota.Rota;
import dev.samovar.rota.Turn;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What a team looks after, and who does when.
 *
 * @param channel where it hands over
 * @param mayMention whether people on call are called, not only named
 * @param unseen why who is on call may be another, a sentence each
 */
public record Duty(
    String team,
    String channel,
    Rota rota,
    List<Model> models,
    boolean mayMention,
    List<String> unseen) {
  public Duty {
    models = List.copyOf(models);
    unseen = List.copyOf(unseen);
  }

  /** Of a team that has its rota alone, and whose people are named only. */
  public Duty(String team, String channel, Rota rota, List<Model> models) {
    this(team, channel, rota, models, false, List.of());
  }

  /** The same with other people in its shifts. */
  public Duty with(Rota other, boolean mayMentionThem, List<String> notSeen) {
    return new Duty(team, channel, other, models, mayMentionThem, notSeen);
  }

  /**
   * Of all models, those of the team; all of them where no model names a team.
   *
   * @param all the configured ones
   */
  public static Duty of(String team, String channel, Rota rota, List<Model> all) {
    boolean isShared = all.stream().allMatch(model -> model.team().isEmpty());
    return new Duty(
        team,
        channel,
        rota,
        isShared
            ? all
            : all.stream().filter(model -> model.team().filter(team::equals).isPresent()).toList());
  }

  /** The shift that runs at some moment, as far as it has come. Empty in a gap of the rota. */
  public Optional<Changeover> running(Instant now) {
    return rota.at(now)
        .filter(turn -> turn.from().isBefore(now))
        .map(turn -> changeover(turn, turn.from(), now));
  }

  /**
   * The end of a shift.
   *
   * @param from where nobody handed over before, earlier than the shift began
   */
  public Changeover ended(Turn turn, Instant from) {
    return changeover(turn, from, turn.to());
  }

  /** Some time whose shifts nobody knows. */
  public static Changeover between(Instant from, Instant to, ZoneId zone) {
    return new Changeover(from, to, to, zone, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private Changeover changeover(Turn turn, Instant from, Instant to) {
    Optional<Turn> next = rota.next(turn.to());
    // In a gap nobody answers; who begins after it is next all the same.
    Optional<Person> incoming = next.flatMap(later -> rota.onCall(later.from()).or(later::person));
    return new Changeover(
        from, to, turn.to(), turn.zone(), rota.onCall(turn.to().minusSeconds(1)), incoming, next);
  }
}
