package dev.samovar.work;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps marks while the process lives. */
public final class MarksInMemory implements Marks {
  private final Clock clock;
  private final Map<Id, Mark> marks = new HashMap<>();

  private record Id(String kind, String name) {}

  private record Mark(String value, Instant until) {}

  public MarksInMemory(Clock clock) {
    this.clock = clock;
  }

  private void forget() {
    Instant now = clock.instant();
    marks.values().removeIf(mark -> !mark.until().isAfter(now));
  }

  @Override
  public synchronized void put(String kind, String name, String value, Instant until) {
    marks.put(new Id(kind, name), new Mark(value, until));
    forget();
  }

  @Override
  public synchronized Optional<String> get(String kind, String name) {
    forget();
    return Optional.ofNullable(marks.get(new Id(kind, name))).map(Mark::value);
  }

  @Override
  public synchronized Map<String, String> all(String kind) {
    forget();
    Map<String, String> found = new HashMap<>();
    marks.forEach(
        (id, mark) -> {
          if (id.kind().equals(kind)) {
            found.put(id.name(), mark.value());
          }
        });
    return Map.copyOf(found);
  }

  @Override
  public synchronized String putIfAbsent(String kind, String name, String value, Instant until) {
    forget();
    Mark own = new Mark(value, until);
    Mark kept = marks.putIfAbsent(new Id(kind, name), own);
    return kept == null ? value : kept.value();
  }
}
