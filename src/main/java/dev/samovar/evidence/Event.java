package dev.samovar.evidence;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
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

  /** Empty where the field is missing or no ISO-8601 time. */
  public Optional<Instant> instant(String field) {
    Optional<String> text = text(field);
    try {
      return text.map(value -> OffsetDateTime.parse(value).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
