package dev.samovar.handoff;

import dev.samovar.checks.Change;
import dev.samovar.checks.CheckId;
import dev.samovar.checks.Forecast;
import dev.samovar.incidents.Place;
import dev.samovar.incidents.State;
import dev.samovar.triage.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What one shift tells the next ({@code samovar.handoff/1}).
 *
 * @param sentence the shift in one
 * @param first what to look at first
 * @param open the oldest first
 * @param models in the order of the configuration
 * @param changes newest first
 * @param ahead soonest first
 * @param unseen what could not be looked at, a sentence each
 */
public record Handoff(
    String team,
    Changeover changeover,
    String sentence,
    String first,
    List<Open> open,
    List<Resolved> resolved,
    List<ModelState> models,
    List<Went> changes,
    List<Ahead> ahead,
    List<Noise> noisy,
    List<Feedback> feedback,
    List<String> unseen) {

  /**
   * An incident that goes on.
   *
   * @param cause the likeliest that nobody denies
   * @param next what to do about it
   */
  public record Open(
      String id,
      String model,
      Place place,
      Instant since,
      State state,
      Optional<String> owner,
      String headline,
      Optional<CheckId> cause,
      String next) {}

  /**
   * An incident that is over.
   *
   * @param at when it was over
   * @param wasIt what it was, as people say; else the likeliest cause
   * @param isConfirmed whether people say so
   */
  public record Resolved(
      String id,
      String model,
      Place place,
      Instant at,
      Optional<String> owner,
      String headline,
      Optional<CheckId> wasIt,
      boolean isConfirmed) {}

  /**
   * A model now.
   *
   * @param verdict empty where it could not be looked at in time
   */
  public record ModelState(String model, Optional<Verdict> verdict, String says) {
    public boolean isUnwell() {
      return verdict
          .filter(one -> one == Verdict.CAUSE_FOUND || one == Verdict.SYMPTOMS_ONLY)
          .isPresent();
    }

    public boolean isWell() {
      return verdict.filter(one -> one == Verdict.ALL_CLEAR).isPresent();
    }
  }

  /** A change, and the models it concerns. */
  public record Went(Change change, List<String> models) {
    public Went {
      models = List.copyOf(models);
    }
  }

  /** What will need attention, and of which model. */
  public record Ahead(String model, Forecast forecast) {}

  /**
   * A check that people say was wrong more often than right.
   *
   * @param denied how often people said “not it” in the last seven days
   */
  public record Noise(CheckId check, int named, int denied, int confirmed) {}

  /** What somebody said of a cause and whoever is on it has not answered since. */
  public record Feedback(
      String id, String model, Place place, CheckId cause, boolean wasIt, String who, Instant at) {}

  public Handoff {
    open = List.copyOf(open);
    resolved = List.copyOf(resolved);
    models = List.copyOf(models);
    changes = List.copyOf(changes);
    ahead = List.copyOf(ahead);
    noisy = List.copyOf(noisy);
    feedback = List.copyOf(feedback);
    unseen = List.copyOf(unseen);
  }

  /** The same with every sentence passed through; changes come from reports, which were. */
  Handoff redacted(UnaryOperator<String> words) {
    return new Handoff(
        team,
        changeover,
        words.apply(sentence),
        words.apply(first),
        open.stream()
            .map(
                one ->
                    new Open(
                        one.id(),
                        one.model(),
                        one.place(),
                        one.since(),
                        one.state(),
                        one.owner(),
                        words.apply(one.headline()),
                        one.cause(),
                        words.apply(one.next())))
            .toList(),
        resolved.stream()
            .map(
                one ->
                    new Resolved(
                        one.id(),
                        one.model(),
                        one.place(),
                        one.at(),
                        one.owner(),
                        words.apply(one.headline()),
                        one.wasIt(),
                        one.isConfirmed()))
            .toList(),
        models.stream()
            .map(one -> new ModelState(one.model(), one.verdict(), words.apply(one.says())))
            .toList(),
        changes,
        ahead.stream()
            .map(
                one ->
                    new Ahead(
                        one.model(),
                        new Forecast(
                            one.forecast().kind(),
                            words.apply(one.forecast().what()),
                            one.forecast().at(),
                            words.apply(one.forecast().because()))))
            .toList(),
        noisy,
        feedback,
        unseen.stream().map(words).toList());
  }

  /** Nothing happened, and nothing is about to; said only where all that could tell was seen. */
  public boolean isQuiet() {
    return open.isEmpty()
        && resolved.isEmpty()
        && models.stream().noneMatch(ModelState::isUnwell)
        && changes.isEmpty()
        && ahead.isEmpty()
        && noisy.isEmpty()
        && feedback.isEmpty()
        && unseen.isEmpty();
  }
}
