package dev.samovar.playground;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lets in only the browser that was opened at the address with the key. Other sites' pages can't: a
 * name that was pointed at this machine is not the expected host, a form of theirs has another
 * origin, and the cookie is not sent with what they ask.
 */
final class Guard {
  private static final int KEY_BYTES = 16;

  private final String key;
  private final int port;

  private Guard(String key, int port) {
    this.key = key;
    this.port = port;
  }

  static Guard of(int port) {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Guard(HexFormat.of().formatHex(bytes), port);
  }

  String key() {
    return key;
  }

  /** Where a browser shows the page, without the key. */
  String origin() {
    return "http://localhost:" + port;
  }

  private Set<String> hosts() {
    return Set.of("localhost:" + port, "127.0.0.1:" + port);
  }

  boolean isOurHost(Headers headers) {
    return Optional.ofNullable(headers.getFirst("Host")).filter(hosts()::contains).isPresent();
  }

  /** Whether a request that changes something comes from our page. */
  boolean isOurOrigin(Headers headers) {
    return Optional.ofNullable(headers.getFirst("Origin"))
        .filter(origin -> hosts().stream().anyMatch(host -> origin.equals("http://" + host)))
        .isPresent();
  }

  boolean isKey(String given) {
    return MessageDigest.isEqual(
        key.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  boolean hasKey(Headers headers) {
    return headers.getOrDefault("Cookie", List.of()).stream()
        .flatMap(line -> Stream.of(line.split(";")))
        .map(String::strip)
        .filter(pair -> pair.startsWith(cookieName() + "="))
        .anyMatch(pair -> isKey(pair.substring(cookieName().length() + 1)));
  }

  /** Cookies know no ports: those of two sandboxes must not be confused. */
  private String cookieName() {
    return "samovar-sandbox-" + port;
  }

  String cookie() {
    return cookieName() + "=" + key + "; Path=/; HttpOnly; SameSite=Strict";
  }
}
