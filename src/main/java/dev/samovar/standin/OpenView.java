package dev.samovar.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A modal that stands open, or somebody's home of the app.
 *
 * @param content as the app gave it
 * @param complaints what the app said is wrong with it, by the id of the block
 */
public record OpenView(String id, String user, JsonNode content, Map<String, String> complaints) {
  public OpenView {
    complaints = Map.copyOf(complaints);
  }

  public boolean isHome() {
    return content.path("type").asText().equals("home");
  }
}
