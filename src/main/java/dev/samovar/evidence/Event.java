package dev.samovar.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * One event, cut down to the fields that were asked for.
 *
 * @param values by canonical name; numbers and booleans in their JSON form
 */
public record Event(Instant time, Map<String, List<String>> values) {
  public Event {
    values = java.util.Collections.unmodifiableMap(new TreeMap<>(values));
  }

  public Optional<String> text(String field) {
    return values.getOrDefault(field, List.of()).stream().findFirst();
  }

  public OptionalDouble number(String field) {
    Optional<String> text = text(field);
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(text.get()));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
