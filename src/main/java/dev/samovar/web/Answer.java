package dev.samovar.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What the server says.
 *
 * @param type of the content; empty where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares answers.
public record Answer(int status, String type, byte[] body, Map<String, String> headers) {
  public Answer {
    headers = Map.copyOf(headers);
  }

  public static Answer of(int status, String type, String body) {
    return new Answer(status, type, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** A sentence for people. */
  public static Answer text(int status, String sentence) {
    return of(status, "text/plain; charset=utf-8", sentence + "\n");
  }

  public static Answer json(int status, String json) {
    return of(status, "application/json", json);
  }

  public Answer with(String header, String value) {
    Map<String, String> more = new java.util.HashMap<>(headers);
    more.put(header, value);
    return new Answer(status, type, body, more);
  }
}
