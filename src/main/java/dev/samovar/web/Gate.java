package dev.samovar.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Lets in who knows the secret: by {@code Authorization: Bearer SECRET}, or by an HMAC-SHA256 of
 * {@code timestamp:body} in {@code X-Samovar-Signature: v1=HEX} with the seconds of the epoch in
 * {@code X-Samovar-Timestamp}. Compares in constant time.
 */
public final class Gate {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final String SCHEME = "bearer ";

  private final byte[] secret;
  private final Clock clock;

  public Gate(String secret, Clock clock) {
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
    this.clock = clock;
  }

  /** The refusal; empty for who may come in. */
  Optional<Answer> refuse(Call call) {
    return hasToken(call) || hasSignature(call)
        ? Optional.empty()
        : Optional.of(
            Answer.text(
                    401,
                    "This needs the header \"Authorization: Bearer …\" with the webhooks' secret,"
                        + " or X-Samovar-Signature and an X-Samovar-Timestamp of the last 5"
                        + " minutes.")
                .with("WWW-Authenticate", "Bearer"));
  }

  private boolean hasToken(Call call) {
    return call.header("Authorization")
        .filter(given -> given.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(given -> given.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8))
        .filter(given -> MessageDigest.isEqual(secret, given))
        .isPresent();
  }

  private boolean hasSignature(Call call) {
    Optional<String> timestamp =
        call.header("X-Samovar-Timestamp").filter(given -> given.matches("\\d{1,12}"));
    Optional<String> signature = call.header("X-Samovar-Signature");
    if (timestamp.isEmpty() || signature.isEmpty()) {
      return false;
    }
    Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp.get()));
    return Duration.between(sent, clock.instant()).abs().compareTo(TOLERANCE) <= 0
        && MessageDigest.isEqual(
            sign(timestamp.get(), call.body()).getBytes(StandardCharsets.UTF_8),
            signature.get().strip().getBytes(StandardCharsets.UTF_8));
  }

  String sign(String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      mac.update((timestamp + ":").getBytes(StandardCharsets.UTF_8));
      return "v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256", e);
    }
  }
}
