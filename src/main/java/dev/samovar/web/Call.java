package dev.samovar.web;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request, read whole.
 *
 * @param parts of the path, by the names the route gave them
 * @param query the first value of each parameter
 * @param headers by name in lower case
 * @param from the address of who asks
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares calls.
public record Call(
    String path,
    Map<String, String> parts,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body,
    String from) {
  public Call {
    parts = Map.copyOf(parts);
    query = Map.copyOf(query);
    Map<String, String> lower = new TreeMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    headers = Map.copyOf(lower);
  }

  /**
   * @param name in any case
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
