package dev.samovar.config;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * How people come to the pages of reports.
 *
 * @param baseUrl where they reach the server
 * @param key that links are signed with
 * @param expire how long a link lasts after the last look
 */
public record Reports(String baseUrl, Secret key, Duration expire) {
  /** As long as what it makes. */
  private static final int SHORTEST_KEY = 32;

  private static final Duration USUAL = Duration.ofDays(30);
  private static final Duration SHORTEST = Duration.ofMinutes(10);
  private static final Duration LONGEST = Duration.ofDays(366);

  /** An empty key, as of {@code ${KEY:-}}, leaves the pages shut. */
  static Optional<Reports> read(Section section) {
    Optional<Secret> key = section.secret("key");
    Optional<String> baseUrl = section.url("base_url");
    Optional<Duration> expire = section.duration("expire");
    if (key.isPresent()) {
      section.required("base_url");
      if (key.get().value().getBytes(StandardCharsets.UTF_8).length < SHORTEST_KEY) {
        wrong(
            section,
            "key",
            "the key is too short; it needs at least "
                + SHORTEST_KEY
                + " bytes, as of: openssl rand -hex 32");
      }
    }
    if (baseUrl.filter(url -> url.contains("?") || url.contains("#")).isPresent()) {
      wrong(section, "base_url", "ends with a path, not with a question or a fragment");
    }
    if (expire.isPresent()
        && (expire.get().compareTo(SHORTEST) < 0 || expire.get().compareTo(LONGEST) > 0)) {
      section
          .entry("expire")
          .ifPresent(entry -> entry.wrong(entry.shown() + " is not between 10m and 366d"));
    }
    section.end();
    return key.map(known -> new Reports(baseUrl.orElse(""), known, expire.orElse(USUAL)));
  }

  private static void wrong(Section section, String name, String what) {
    section.entry(name).ifPresent(entry -> entry.wrong(what));
  }
}
