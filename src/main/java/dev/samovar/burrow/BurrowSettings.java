package dev.samovar.burrow;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where Burrow is, and as whom to ask what stands before it.
 *
 * @param cluster of Kafka, as it calls it; all unless named
 */
public record BurrowSettings(
    String url,
    Optional<String> token,
    Optional<String> username,
    Optional<String> password,
    Optional<Path> caFile,
    Optional<String> cluster) {

  /** Credentials are not for logs. */
  @Override
  public String toString() {
    return "Burrow at " + url;
  }
}
