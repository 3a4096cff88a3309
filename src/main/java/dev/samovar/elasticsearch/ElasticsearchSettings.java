package dev.samovar.elasticsearch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the cluster is and how to get in: an API key, or a user and a password, or neither.
 *
 * @param caFile PEM certificates to trust instead of the platform's
 * @param kibana base address for links; empty where there is none
 * @param maxSearches so many requests at once, of all investigations together; others wait
 */
public record ElasticsearchSettings(
    List<String> urls,
    Optional<String> apiKey,
    Optional<String> username,
    Optional<String> password,
    Optional<Path> caFile,
    Optional<String> kibana,
    Duration connectTimeout,
    int maxSearches) {
  public static final int MAX_SEARCHES = 10;

  public ElasticsearchSettings {
    urls = List.copyOf(urls);
  }

  /** A server without security on this machine. */
  public static ElasticsearchSettings plain(String url) {
    return new ElasticsearchSettings(
        List.of(url),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(3),
        MAX_SEARCHES);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "ElasticsearchSettings" + urls;
  }
}
