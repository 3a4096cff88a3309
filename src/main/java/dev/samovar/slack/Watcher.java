package dev.samovar.slack;

import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.incidents.Watch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * “Watch until well”: looks again every few minutes, edits the one message, says once when it is
 * well again, and gives up after a while.
 */
final class Watcher {
  private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
  static final Duration EVERY = Duration.ofMinutes(5);
  static final Duration LONGEST = Duration.ofHours(6);

  /** Recovery shows only where the trouble itself is no longer looked at. */
  private static final Duration WINDOW = Duration.ofMinutes(30);

  private final Incidents incidents;
  private final Desk desk;
  private final Gateway gateway;
  private final Later later;
  private final Clock clock;

  Watcher(Incidents incidents, Desk desk, Gateway gateway, Later later, Clock clock) {
    this.incidents = incidents;
    this.desk = desk;
    this.gateway = gateway;
    this.later = later;
    this.clock = clock;
  }

  /** Begins, or ends where it was watched already. */
  void toggle(String id, String user) throws SlackException {
    Instant now = clock.instant();
    boolean[] begun = {false};
    incidents.change(
        id,
        incident -> {
          begun[0] = incident.watch().isEmpty();
          return begun[0]
              ? incident.watchedBy(user, now, now.plus(LONGEST))
              : incident.unwatched(user, now);
        });
    desk.refresh(id);
    if (begun[0]) {
      later.in(EVERY, () -> look(id, now));
    }
  }

  /** Goes on with the watches that a stop of the process interrupted. */
  void resume() {
    for (Incident incident : incidents.open()) {
      incident
          .watch()
          .ifPresent(watch -> later.in(EVERY, () -> look(incident.id(), watch.since())));
    }
  }

  /**
   * @param begun when the watch that this look belongs to began: one that was stopped and begun
   *     again has looks of its own
   */
  private void look(String id, Instant begun) {
    if (!isCurrent(id, begun)) {
      return;
    }
    try {
      desk.lookAtTheLast(id, WINDOW);
      Optional<Incident> incident = incidents.find(id).filter(one -> isCurrent(id, begun));
      if (incident.isPresent()) {
        judge(incident.get(), begun);
      }
    } catch (SlackException e) {
      LOG.error("A watch could not be shown: {}", e.getMessage(), e);
      later.in(EVERY, () -> look(id, begun));
    }
  }

  private boolean isCurrent(String id, Instant begun) {
    return incidents
        .find(id)
        .flatMap(Incident::watch)
        .map(Watch::since)
        .filter(begun::equals)
        .isPresent();
  }

  private void judge(Incident incident, Instant begun) throws SlackException {
    Instant now = clock.instant();
    String model = SlackText.escape(incident.opening().model());
    switch (incident.outcome(now)) {
      case GOES_ON -> later.in(EVERY, () -> look(incident.id(), begun));
      case RECOVERED -> {
        incidents.change(
            incident.id(),
            one -> one.resolved("", now, Watch.ENOUGH + " looks in a row found nothing"));
        desk.refresh(incident.id());
        tell(
            incident,
            ":white_check_mark: "
                + model
                + " is well again: "
                + Watch.ENOUGH
                + " looks in a row found nothing. I stop watching.");
      }
      case GIVEN_UP -> {
        incidents.change(incident.id(), one -> one.unwatched("", now));
        desk.refresh(incident.id());
        tell(
            incident,
            model
                + " is not well after "
                + LONGEST.toHours()
                + " h. I stop watching; *Watch until well* begins again.");
      }
    }
  }

  private void tell(Incident incident, String text) throws SlackException {
    gateway.post(
        incident.place().channel(), incident.place().thread(), OutgoingMessage.words(text));
  }
}
