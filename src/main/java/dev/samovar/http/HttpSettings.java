package dev.samovar.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where a source is and how it is asked.
 *
 * @param name as people know it: “Prometheus”
 * @param key in the configuration under which it is set up, for messages: {@code prometheus}
 * @param url with an optional path in front of the API's own
 * @param headers sent with every request, credentials among them; never printed
 * @param caFile certificates (PEM) to trust instead of the system's
 * @param connectTimeout until a connection stands
 * @param mostBytes of an answer; a longer one is no answer
 */
public record HttpSettings(
    String name,
    String key,
    String url,
    Map<String, String> headers,
    Optional<Path> caFile,
    Duration connectTimeout,
    long mostBytes) {
  private static final Duration CUSTOMARY_CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final long CUSTOMARY_MOST_BYTES = 16L << 20;

  public HttpSettings {
    headers = Map.copyOf(headers);
  }

  public static HttpSettings of(String name, String key, String url, Map<String, String> headers) {
    return new HttpSettings(
        name, key, url, headers, Optional.empty(), CUSTOMARY_CONNECT_TIMEOUT, CUSTOMARY_MOST_BYTES);
  }

  public HttpSettings trusting(Optional<Path> caFile) {
    return new HttpSettings(name, key, url, headers, caFile, connectTimeout, mostBytes);
  }

  /** Credentials are not for logs. */
  @Override
  public String toString() {
    return name + " at " + url;
  }
}
