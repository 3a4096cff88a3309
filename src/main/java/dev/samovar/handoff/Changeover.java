package dev.samovar.handoff;

import dev.samovar.rota.Person;
import dev.samovar.rota.Turn;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Who hands over to whom, and what time is told of.
 *
 * @param from since when is told
 * @param to until when is told
 * @param end when the shift ends
 * @param zone of the shift
 * @param outgoing empty where the rota names nobody
 * @param incoming empty where the rota names nobody
 * @param next the turn of the incoming person
 */
public record Changeover(
    Instant from,
    Instant to,
    Instant end,
    ZoneId zone,
    Optional<Person> outgoing,
    Optional<Person> incoming,
    Optional<Turn> next) {
  /** The same, told of since another moment. */
  public Changeover since(Instant other) {
    return new Changeover(other, to, end, zone, outgoing, incoming, next);
  }
}
