package dev.samovar.incidents;

import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides whether silence asks a question. Whoever wins the change asks: so it is asked once. */
public final class Quiet {
  /** Without a run, a press or a message in the thread. */
  public static final Duration AFTER = Duration.ofDays(1);

  /** Who does not answer so often is not asked again. */
  public static final int MOST = 3;

  private Quiet() {}

  /** What silence calls for. */
  public enum Due {
    NOTHING,
    /** Ask whether it is over. */
    ASK,
    /** Nothing was found and nobody took it: there is nothing to ask about. */
    CLOSE
  }

  /** When silence asks next; empty where it is over or was asked often enough. */
  public static Optional<Instant> next(Incident incident) {
    int times = incident.asked().size();
    if (incident.state() == State.RESOLVED || times >= MOST) {
      return Optional.empty();
    }
    Instant last = times == 0 ? incident.lastTouched() : incident.asked().get(times - 1);
    return Optional.of(last.plus(AFTER));
  }

  public static Due due(Incident incident, Instant now) {
    if (incident.running() || next(incident).filter(at -> !now.isBefore(at)).isEmpty()) {
      return Due.NOTHING;
    }
    return isNothing(incident) ? Due.CLOSE : Due.ASK;
  }

  /** Nobody answers any more. */
  public static boolean isGivenUp(Incident incident) {
    return incident.state() != State.RESOLVED && incident.asked().size() >= MOST;
  }

  private static boolean isNothing(Incident incident) {
    return incident.owner().isEmpty()
        && incident.opinions().isEmpty()
        && incident.explanations().isEmpty()
        && incident.report().map(Report::verdict).filter(Verdict.ALL_CLEAR::equals).isPresent();
  }
}
