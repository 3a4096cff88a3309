package dev.samovar.rota;

import java.time.Instant;

/** Somebody stands in, whoever's turn it is. */
public record Substitute(Instant from, Instant to, Person person) {
  boolean covers(Instant moment) {
    return !moment.isBefore(from) && moment.isBefore(to);
  }
}
