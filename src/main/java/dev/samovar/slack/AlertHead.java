package dev.samovar.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.samovar.alerts.Alert;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a thread of alerts began with.
 *
 * @param from since when it is looked at
 */
record AlertHead(AlertPlace place, Instant from, Alert alert) {
  /** Of a mark, with some room. */
  private static final int MOST = 1900;

  private static final int SUMMARY = 500;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** Short enough to be kept: the summary is cut first, then links go. */
  String json() {
    for (int most = SUMMARY; most > 10; most /= 2) {
      String json = write(with(most, alert.name(), alert.link(), alert.runbook()));
      if (json.length() <= MOST) {
        return json;
      }
    }
    String json = write(with(0, alert.name(), Optional.empty(), Optional.empty()));
    return json.length() <= MOST
        ? json
        : write(with(0, alert.key(), Optional.empty(), Optional.empty()));
  }

  private AlertHead with(int most, String name, Optional<String> link, Optional<String> runbook) {
    return new AlertHead(
        place,
        from,
        new Alert(
            alert.source(),
            alert.key(),
            alert.state(),
            name,
            SlackText.cut(alert.severity(), 60),
            most == 0 ? "" : SlackText.cut(alert.summary(), most),
            Map.of(),
            alert.startsAt(),
            link,
            runbook));
  }

  private static String write(AlertHead head) {
    try {
      return JSON.writeValueAsString(head);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static AlertHead of(String json) {
    try {
      return JSON.readValue(json, AlertHead.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
