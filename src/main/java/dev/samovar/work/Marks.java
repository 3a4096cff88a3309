package dev.samovar.work;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Small things that all replicas must know, and still after a restart: what people set, until when
 * something holds, who spoke last. Each is forgotten at its time.
 */
public interface Marks {
  /** For what holds until it is set anew. */
  Instant FOREVER = Instant.parse("9999-12-31T00:00:00Z");

  /**
   * @param kind letters, digits and hyphens, at most 40
   * @param name names it among those of its kind, at most 700 characters
   * @param value at most 2000 characters
   * @param until excluded; where that is past, it is forgotten at once
   */
  void put(String kind, String name, String value, Instant until);

  Optional<String> get(String kind, String name);

  /** All of a kind that hold, by name. */
  Map<String, String> all(String kind);

  /**
   * Sets it where nothing holds. Of several who ask at once, on whichever replicas, one sets it.
   *
   * @return what holds now: the own value, or that of who was first
   */
  String putIfAbsent(String kind, String name, String value, Instant until);
}
