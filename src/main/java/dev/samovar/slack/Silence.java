package dev.samovar.slack;

import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.incidents.Quiet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks in threads where nobody did anything for a day whether it is over. Of several replicas the
 * one whose change of the incident came first asks.
 */
final class Silence {
  private static final Logger LOG = LoggerFactory.getLogger(Silence.class);
  static final Duration EVERY = Duration.ofMinutes(10);

  private final Incidents incidents;
  private final Desk desk;
  private final Gateway gateway;
  private final Clock clock;

  Silence(Incidents incidents, Desk desk, Gateway gateway, Clock clock) {
    this.incidents = incidents;
    this.desk = desk;
    this.gateway = gateway;
    this.clock = clock;
  }

  /** One round. */
  void tick() {
    Instant now = clock.instant();
    for (Incident incident : incidents.silent(now)) {
      try {
        consider(incident.id(), now);
      } catch (SlackException e) {
        // It counts as asked: another day of silence asks again.
        LOG.error("A question could not be asked: {}", e.getMessage(), e);
      }
    }
  }

  private void consider(String id, Instant now) throws SlackException {
    Quiet.Due[] due = {Quiet.Due.NOTHING};
    Optional<Incident> changed =
        incidents.change(
            id,
            one -> {
              due[0] = Quiet.due(one, now);
              return switch (due[0]) {
                case NOTHING -> one;
                case ASK -> one.asksIfOver(now);
                case CLOSE ->
                    one.resolved("", now, "nothing was found, and nobody took it for a day");
              };
            });
    if (changed.isEmpty()) {
      return;
    }
    switch (due[0]) {
      case ASK ->
          gateway.post(
              changed.get().place().channel(),
              changed.get().place().thread(),
              QuietQuestion.of(changed.get()));
      case CLOSE -> desk.refresh(id);
      case NOTHING -> LOG.debug("Another replica was first, or somebody spoke");
    }
  }
}
