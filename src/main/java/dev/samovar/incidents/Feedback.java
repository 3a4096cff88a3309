package dev.samovar.incidents;

import dev.samovar.checks.CheckId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * One opinion, with what it is an opinion of.
 *
 * @param check empty where somebody said in words alone what it was
 * @param rank of the cause in the report that was judged, from 1; empty where it was not named
 * @param words empty where none were said
 * @param link to the answer, where it is known
 */
public record Feedback(
    Instant at,
    String incident,
    String model,
    Optional<CheckId> check,
    boolean wasIt,
    String user,
    OptionalDouble confidence,
    OptionalInt rank,
    String words,
    Optional<String> link) {

  /** The oldest first. */
  public static List<Feedback> of(Incident incident) {
    Stream<Feedback> opinions =
        incident.opinions().stream()
            .map(
                opinion ->
                    new Feedback(
                        opinion.at(),
                        incident.id(),
                        incident.opening().model(),
                        Optional.of(opinion.cause()),
                        opinion.wasIt(),
                        opinion.user(),
                        opinion.confidence(),
                        opinion.rank(),
                        "",
                        incident.place().link()));
    Stream<Feedback> explanations =
        incident.explanations().stream()
            .map(
                explanation ->
                    new Feedback(
                        explanation.at(),
                        incident.id(),
                        incident.opening().model(),
                        Optional.empty(),
                        true,
                        explanation.user(),
                        OptionalDouble.empty(),
                        OptionalInt.empty(),
                        explanation.words(),
                        incident.place().link()));
    return Stream.concat(opinions, explanations)
        .sorted(Comparator.comparing(Feedback::at))
        .toList();
  }
}
