package dev.samovar.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A whole answer.
 *
 * @param headers by name, of several the last; names in whatever case
 */
public record Answer(JsonNode body, Map<String, String> headers) {
  public Answer {
    Map<String, String> named = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    named.putAll(headers);
    headers = java.util.Collections.unmodifiableMap(named);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
