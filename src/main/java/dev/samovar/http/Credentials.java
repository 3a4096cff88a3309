package dev.samovar.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The customary ways to say who asks, as headers. */
public final class Credentials {
  private static final String AUTHORIZATION = "Authorization";

  private Credentials() {}

  public static Map<String, String> bearer(String token) {
    return Map.of(AUTHORIZATION, "Bearer " + token);
  }

  public static Map<String, String> basic(String user, String password) {
    return Map.of(AUTHORIZATION, okhttp3.Credentials.basic(user, password, StandardCharsets.UTF_8));
  }
}
