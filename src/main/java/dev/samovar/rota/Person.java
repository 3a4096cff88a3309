package dev.samovar.rota;

import java.time.ZoneId;
import java.util.Optional;

/**
 * Somebody of a rota.
 *
 * @param id of the face; a name where the person is not known there
 * @param name as people say it
 * @param zone where the person lives
 */
public record Person(String id, Optional<String> name, Optional<ZoneId> zone) {
  public static Person of(String id) {
    return new Person(id, Optional.empty(), Optional.empty());
  }

  /** The name, else the id. */
  public String called() {
    return name.orElse(id);
  }

  /** The given zone where the person has none of their own. */
  public ZoneId zoneOr(ZoneId other) {
    return zone.orElse(other);
  }
}
