package dev.samovar.store;

import dev.samovar.work.Marks;
import dev.samovar.work.MarksInMemory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Marks in the database; while it does not answer, those that this process saw last, so that what
 * was muted stays so.
 */
final class MarksDespiteOutage implements Marks {
  /** How long what was read is taken for true, where nobody says until when it holds. */
  private static final Duration TRUSTED = Duration.ofHours(12);

  private final Marks database;
  private final Outage outage;
  private final Clock clock;
  private final Marks memory;

  MarksDespiteOutage(Marks database, Outage outage, Clock clock) {
    this.database = database;
    this.outage = outage;
    this.clock = clock;
    this.memory = new MarksInMemory(clock);
  }

  private void remember(String kind, String name, String value) {
    if (!memory.get(kind, name).equals(Optional.of(value))) {
      memory.put(kind, name, value, clock.instant().plus(TRUSTED));
    }
  }

  @Override
  public void put(String kind, String name, String value, Instant until) {
    memory.put(kind, name, value, until);
    outage.change(
        () -> {
          database.put(kind, name, value, until);
          return value;
        },
        () -> value);
  }

  @Override
  public Optional<String> get(String kind, String name) {
    return outage.ask(
        () -> {
          Optional<String> kept = database.get(kind, name);
          kept.ifPresentOrElse(
              value -> remember(kind, name, value),
              () -> memory.put(kind, name, "", clock.instant()));
          return kept;
        },
        () -> memory.get(kind, name));
  }

  @Override
  public Map<String, String> all(String kind) {
    return outage.ask(
        () -> {
          Map<String, String> kept = database.all(kind);
          kept.forEach((name, value) -> remember(kind, name, value));
          return kept;
        },
        () -> memory.all(kind));
  }

  @Override
  public String putIfAbsent(String kind, String name, String value, Instant until) {
    return outage.change(
        () -> {
          String kept = database.putIfAbsent(kind, name, value, until);
          memory.put(kind, name, kept, until);
          return kept;
        },
        () -> memory.putIfAbsent(kind, name, value, until),
        () -> database.putIfAbsent(kind, name, value, until));
  }
}
