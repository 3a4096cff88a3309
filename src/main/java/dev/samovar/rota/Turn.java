package dev.samovar.rota;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * One shift of one day: {@code from} belongs to it, {@code to} does not.
 *
 * @param zone of the shift
 * @param person whose turn it is, whoever may stand in; empty where the rota names nobody
 */
public record Turn(Instant from, Instant to, ZoneId zone, Optional<Person> person) {}
