package dev.samovar.operations;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.samovar.redaction.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Samovar's own log without secrets: what another encoder wrote, message and stack trace alike,
 * goes through {@link Redaction}. Named in {@code logback.xml} around whichever encoder writes.
 */
public final class RedactedEncoder extends EncoderBase<ILoggingEvent> {
  private static volatile Redaction redaction = Redaction.usual();

  private @Nullable Encoder<ILoggingEvent> encoder;

  /** From now on with the patterns of a configuration. */
  public static void use(Redaction configured) {
    redaction = configured;
  }

  /** Called by Logback. */
  public void setEncoder(Encoder<ILoggingEvent> writes) {
    this.encoder = writes;
  }

  @Override
  public byte[] headerBytes() {
    return writes().map(Encoder::headerBytes).orElse(new byte[0]);
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    byte[] written = writes().map(one -> one.encode(event)).orElse(new byte[0]);
    return redaction
        .of(new String(written, StandardCharsets.UTF_8))
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return writes().map(Encoder::footerBytes).orElse(new byte[0]);
  }

  private Optional<Encoder<ILoggingEvent>> writes() {
    return Optional.ofNullable(encoder);
  }
}
