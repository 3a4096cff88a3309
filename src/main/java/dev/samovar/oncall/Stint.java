package dev.samovar.oncall;

import java.time.Instant;

/** Somebody is on call: {@code from} belongs to it, {@code to} does not. */
public record Stint(Instant from, Instant to, Contact contact) {
  public boolean covers(Instant moment) {
    return !moment.isBefore(from) && moment.isBefore(to);
  }
}
