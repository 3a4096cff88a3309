package dev.samovar.alerts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What came at once.
 *
 * @param leftOut how many alerts the sender left out because they were too many
 */
public record Delivery(List<Alert> alerts, long leftOut) {
  /** Where a sender says no beginning, the same within this time is a repetition. */
  private static final Duration REPETITION = Duration.ofMinutes(10);

  public Delivery {
    alerts = List.copyOf(alerts);
  }

  /** The same for a delivery that says the same, such as one that is sent again. */
  public String key(Instant received) {
    String said =
        alerts.stream()
            .map(alert -> identity(alert, received))
            .sorted()
            .collect(Collectors.joining("\n"));
    return digest(leftOut + "\n" + said);
  }

  private static String identity(Alert alert, Instant received) {
    String when =
        alert
            .startsAt()
            .map(Instant::toString)
            .orElse("around " + received.getEpochSecond() / REPETITION.toSeconds());
    return String.join(
        "\t", alert.source(), alert.fingerprint(), String.valueOf(alert.state()), when);
  }

  /** Short, and the same for the same text. */
  public static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
