package dev.samovar.slack;

import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.incidents.Watch;
import dev.samovar.work.Jobs;
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
  private static final String KIND = "watch";
  static final Duration EVERY = Duration.ofMinutes(5);
  static final Duration LONGEST = Duration.ofHours(6);

  /** Recovery shows only where the trouble itself is no longer looked at. */
  private static final Duration WINDOW = Duration.ofMinutes(30);

  private final Incidents incidents;
  private final Desk desk;
  private final Gateway gateway;
  private final Jobs jobs;
  private final Clock clock;

  Watcher(Incidents incidents, Desk desk, Gateway gateway, Jobs jobs, Clock clock) {
    this.incidents = incidents;
    this.desk = desk;
    this.gateway = gateway;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** Says that it does the looks. */
  void start() {
    jobs.does(KIND, job -> look(Look.read(job.payload()), job.key()));
  }

  /**
   * One look of a watch.
   *
   * @param begun when the watch began: one that was stopped and begun again has looks of its own
   * @param number of the look, from 1
   */
  private record Look(String incident, Instant begun, int number) {
    String key() {
      return incident + " " + begun + " " + number;
    }

    Look next() {
      return new Look(incident, begun, number + 1);
    }

    static Look read(String payload) {
      String[] parts = payload.split(" ", -1);
      return new Look(parts[0], Instant.parse(parts[1]), Integer.parseInt(parts[2]));
    }
  }

  private void later(Look look) {
    jobs.at(clock.instant().plus(EVERY), KIND, look.key(), look.key());
  }

  /**
   * Begins, or ends where it was watched already.
   *
   * @param key of the press
   */
  void toggle(String id, String key, String user) throws SlackException {
    Instant now = clock.instant();
    Optional<Watch> watch =
        incidents
            .change(
                id,
                one ->
                    one.once(
                        key,
                        incident ->
                            incident.watch().isEmpty()
                                ? incident.watchedBy(user, now, now.plus(LONGEST))
                                : incident.unwatched(user, now)))
            .flatMap(Incident::watch);
    watch.ifPresent(begun -> later(new Look(id, begun.since(), 1)));
    desk.refresh(id);
  }

  private void look(Look look, String key) {
    if (!isCurrent(look.incident(), look.begun())) {
      return;
    }
    try {
      desk.lookAtTheLast(look.incident(), "watch " + key, WINDOW);
      Optional<Incident> incident =
          incidents.find(look.incident()).filter(one -> isCurrent(one.id(), look.begun()));
      if (incident.isPresent()) {
        judge(incident.get(), look);
      }
    } catch (SlackException e) {
      LOG.error("A watch could not be shown: {}", e.getMessage(), e);
      later(look.next());
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

  private void judge(Incident incident, Look look) throws SlackException {
    Instant now = clock.instant();
    String model = SlackText.escape(incident.opening().model());
    switch (incident.outcome(now)) {
      case GOES_ON -> later(look.next());
      case RECOVERED -> {
        tell(
            incident,
            look,
            ":white_check_mark: "
                + model
                + " is well again: "
                + Watch.ENOUGH
                + " looks in a row found nothing. I stop watching.");
        incidents.change(
            incident.id(),
            one -> one.resolved("", now, Watch.ENOUGH + " looks in a row found nothing"));
        desk.refresh(incident.id());
        desk.tell(incident.id());
      }
      case GIVEN_UP -> {
        tell(
            incident,
            look,
            model
                + " is not well after "
                + LONGEST.toHours()
                + " h. I stop watching; *Watch until well* begins again.");
        incidents.change(incident.id(), one -> one.unwatched("", now));
        desk.refresh(incident.id());
      }
    }
  }

  private void tell(Incident incident, Look look, String text) throws SlackException {
    gateway.postOnce(
        "watch " + incident.id() + " " + look.begun() + " end",
        incident.place().channel(),
        incident.place().thread(),
        OutgoingMessage.words(text));
  }
}
