package dev.samovar.standin;

import java.util.Map;

/**
 * What an app asks of Slack.
 *
 * @param method as {@code chat.postMessage}; {@code response_url} and {@code upload} for the
 *     addresses that Slack gave before
 * @param rest of the address, which says which of those it is
 * @param token that came with it; empty where none did
 * @param fields JSON within them stays JSON
 * @param body as it came
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares calls.
public record ApiCall(
    String method, String rest, String token, Map<String, String> fields, byte[] body) {
  public ApiCall {
    fields = Map.copyOf(fields);
  }

  /** Empty where it is not there. */
  public String field(String name) {
    return fields.getOrDefault(name, "");
  }

  public boolean has(String name) {
    return fields.containsKey(name);
  }
}
