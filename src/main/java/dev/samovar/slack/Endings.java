package dev.samovar.slack;

import dev.samovar.checks.CheckId;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.triage.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people say of causes and of the end; who leaves open what it was is asked. */
final class Endings {
  private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

  private final Gateway gateway;
  private final Desk desk;
  private final Incidents incidents;
  private final Clock clock;

  Endings(Gateway gateway, Desk desk, Incidents incidents, Clock clock) {
    this.gateway = gateway;
    this.desk = desk;
    this.incidents = incidents;
    this.clock = clock;
  }

  /** “This was it” or “not it”. */
  void judge(Press press, String id) throws SlackException {
    Optional<CheckId> cause = CheckId.of(press.detail());
    if (cause.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    Optional<Incident> judged =
        incidents.change(
            id, one -> one.judged(cause.get(), press.act() == Act.WAS_IT, press.user(), now));
    if (press.act() == Act.NOT_IT) {
      judged
          .filter(one -> isFirst(one, cause.get()))
          .filter(
              one ->
                  one.opinionsOf(cause.get())
                      .anyMatch(said -> said.user().equals(press.user()) && !said.wasIt()))
          .ifPresent(one -> askWhatItWas(press, one));
    }
    desk.refresh(id);
  }

  private static boolean isFirst(Incident incident, CheckId cause) {
    return incident.report().stream()
        .flatMap(report -> report.causes().stream())
        .findFirst()
        .filter(first -> first.check() == cause)
        .isPresent();
  }

  /** Ends it, whoever asked. */
  void resolve(Press press, String id, String how) throws SlackException {
    Instant now = clock.instant();
    incidents
        .change(id, one -> one.resolved(press.user(), now, how))
        .filter(
            one -> one.report().filter(report -> report.verdict() != Verdict.ALL_CLEAR).isPresent())
        .ifPresent(one -> askWhatItWas(press, one));
    desk.refresh(id);
  }

  /** An offer: what was pressed is done all the same. Slack opens a view for 3 s only. */
  private void askWhatItWas(Press press, Incident incident) {
    if (incident.isExplained()) {
      return;
    }
    try {
      gateway.open(press.trigger(), ReallyView.of(incident));
    } catch (SlackException e) {
      LOG.warn("Nobody is asked what it was: {}", e.getMessage());
    }
  }

  /** The answer to silence's question: it is over. */
  void over(Press press, String id) throws SlackException {
    resolve(press, id, "says it is over");
    settle(press, true);
  }

  /** The answer to silence's question: it is not over. */
  void stillOpen(Press press, String id) throws SlackException {
    Instant now = clock.instant();
    incidents.change(id, one -> one.stillOpen(press.user(), now));
    settle(press, false);
  }

  /** The question is answered: its buttons go. */
  private void settle(Press press, boolean isOver) throws SlackException {
    if (press.message().isPresent()) {
      gateway.update(
          press.channel(), press.message().get(), QuietQuestion.answered(press.user(), isOver));
    }
  }
}
