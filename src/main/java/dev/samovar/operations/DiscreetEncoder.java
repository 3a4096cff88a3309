package dev.samovar.operations;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Writes what another encoder does, without the secrets that are known. */
final class DiscreetEncoder extends EncoderBase<ILoggingEvent> {
  private static final String INSTEAD = "***";

  /** A shorter one could be a part of any word. */
  private static final int SHORTEST = 4;

  private final Encoder<ILoggingEvent> encoder;
  private final List<String> secrets;

  DiscreetEncoder(Encoder<ILoggingEvent> encoder, Collection<String> secrets) {
    this.encoder = encoder;
    // The longest first: one may be the beginning of another.
    this.secrets =
        secrets.stream()
            .filter(secret -> secret.length() >= SHORTEST)
            .sorted(Comparator.comparing(String::length).reversed())
            .toList();
  }

  @Override
  public void start() {
    if (!encoder.isStarted()) {
      encoder.start();
    }
    super.start();
  }

  @Override
  public byte[] headerBytes() {
    return encoder.headerBytes();
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    byte[] line = encoder.encode(event);
    if (secrets.isEmpty()) {
      return line;
    }
    String text = new String(line, StandardCharsets.UTF_8);
    for (String secret : secrets) {
      text = text.replace(secret, INSTEAD).replace(escaped(secret), INSTEAD);
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** As it stands in JSON. */
  private static String escaped(String secret) {
    return secret.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  @Override
  public byte[] footerBytes() {
    return encoder.footerBytes();
  }
}
