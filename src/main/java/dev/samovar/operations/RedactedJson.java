package dev.samovar.operations;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** Lines of JSON whose words are redacted one by one, so that they stay JSON. */
final class RedactedJson extends EncoderBase<ILoggingEvent> {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where words from outside stand. */
  private static final List<String> OUTSIDE =
      List.of("message", "error.message", "error.stack_trace");

  private final Encoder<ILoggingEvent> encoder;
  private final UnaryOperator<String> redaction;

  RedactedJson(Encoder<ILoggingEvent> encoder, UnaryOperator<String> redaction) {
    this.encoder = encoder;
    this.redaction = redaction;
  }

  @Override
  public void start() {
    encoder.start();
    super.start();
  }

  @Override
  public byte[] headerBytes() {
    return encoder.headerBytes();
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    try {
      ObjectNode line = (ObjectNode) JSON.readTree(encoder.encode(event));
      for (String field : OUTSIDE) {
        JsonNode words = line.get(field);
        if (words != null && words.isTextual()) {
          line.put(field, redaction.apply(words.asText()));
        }
      }
      return (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The encoder of the log writes no JSON", e);
    }
  }

  @Override
  public byte[] footerBytes() {
    return encoder.footerBytes();
  }
}
