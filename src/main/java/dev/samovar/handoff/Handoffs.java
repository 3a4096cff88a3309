package dev.samovar.handoff;

import dev.samovar.evidence.Window;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.runbooks.Runbooks;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Composes what a shift hands over. */
public final class Handoffs {
  private static final Duration MEMORY = Duration.ofDays(7);

  private final Gathering gathering;
  private final Incidents incidents;
  private final Runbooks runbooks;
  private final UnaryOperator<String> redaction;

  /**
   * @param redaction takes secrets out of a text
   */
  public Handoffs(
      Gathering gathering,
      Incidents incidents,
      Runbooks runbooks,
      UnaryOperator<String> redaction) {
    this.gathering = gathering;
    this.incidents = incidents;
    this.runbooks = runbooks;
    this.redaction = redaction;
  }

  /**
   * @param unseen what is known to be missing, a sentence each
   */
  public Handoff compose(Duty duty, Changeover changeover, List<String> unseen) {
    List<Look> looks =
        gathering.looks(duty.models(), new Window(changeover.from(), changeover.to()));
    List<Incident> known =
        incidents.since(
            changeover.to().minus(MEMORY).isBefore(changeover.from())
                ? changeover.to().minus(MEMORY)
                : changeover.from());
    return new Composition(duty, changeover, incidents.open(), known, looks, runbooks)
        .compose(Stream.concat(unseen.stream(), duty.unseen().stream()).toList())
        .redacted(redaction);
  }
}
