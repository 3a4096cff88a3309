package dev.samovar.standin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What Slack says to a call: nearly always HTTP 200, with {@code ok} in the body. */
public record ApiAnswer(int status, Map<String, String> headers, String body) {
  public ApiAnswer {
    headers = Map.copyOf(headers);
  }

  /** A body to fill, for {@link #of}. */
  public static ObjectNode ok() {
    return JsonNodeFactory.instance.objectNode().put("ok", true);
  }

  public static ApiAnswer of(ObjectNode body) {
    return new ApiAnswer(200, Map.of(), body.toString());
  }

  public static ApiAnswer error(String code) {
    return of(JsonNodeFactory.instance.objectNode().put("ok", false).put("error", code));
  }

  /** Too many calls. */
  public static ApiAnswer later(int seconds) {
    return new ApiAnswer(429, Map.of("Retry-After", String.valueOf(seconds)), "");
  }
}
