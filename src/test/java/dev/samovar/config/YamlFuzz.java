package dev.samovar.config;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Any bytes as samovar.yaml: read, or refused in a sentence. */
public final class YamlFuzz {
  private YamlFuzz() {}

  public static void eat(byte[] bytes) {
    try {
      Configuration.parse(
          "samovar.yaml", new String(bytes, StandardCharsets.UTF_8), Map.of("NAME", "value"));
    } catch (ConfigurationException e) {
      if (String.valueOf(e.getMessage()).isBlank()) {
        throw new AssertionError("A refusal says nothing", e);
      }
    }
  }
}
