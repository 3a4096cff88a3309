package dev.samovar.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import okio.ByteString;

/** What came back, whatever it means. */
record Reply(int status, Map<String, String> headers, ByteString body) {
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final int MOST_SHOWN = 200;

  Reply {
    Map<String, String> named = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    named.putAll(headers);
    headers = named;
  }

  boolean isSuccessful() {
    return status / 100 == 2;
  }

  /** Whether the source is in trouble, rather than the question wrong. */
  boolean isTrouble() {
    return status >= 500 || isUsedUp();
  }

  /** Whether it says no only because it was asked too often, in either of the customary ways. */
  boolean isUsedUp() {
    return status == TOO_MANY
        || (status == FORBIDDEN
            && ("0".equals(headers.get("X-RateLimit-Remaining"))
                || headers.containsKey("Retry-After")));
  }

  /** From when on it may be asked again, where it says so in seconds since 1970. */
  Optional<Instant> renewed() {
    return Stream.of("X-RateLimit-Reset", "RateLimit-Reset")
        .flatMap(name -> Stream.ofNullable(headers.get(name)))
        .filter(text -> text.matches("[1-9]\\d{9,10}"))
        .map(text -> Instant.ofEpochSecond(Long.parseLong(text)))
        .findFirst();
  }

  /** How long to wait before asking again, where it says so (RFC 9110, 10.2.3). */
  Optional<Duration> wait(Instant now) {
    String given = headers.get("Retry-After");
    if (given == null || (!isUsedUp() && status != UNAVAILABLE)) {
      return Optional.empty();
    }
    try {
      Duration wait =
          given.chars().allMatch(Character::isDigit)
              ? Duration.ofSeconds(Long.parseLong(given))
              : Duration.between(
                  now, ZonedDateTime.parse(given, DateTimeFormatter.RFC_1123_DATE_TIME));
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The beginning of the body, on one line. */
  String shown() {
    String text = body.substring(0, Math.min(body.size(), MOST_SHOWN)).utf8();
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line + (body.size() > MOST_SHOWN ? "…" : "");
  }
}
