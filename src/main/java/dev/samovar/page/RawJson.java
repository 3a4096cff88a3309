package dev.samovar.page;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The report for programs.
 *
 * @param file what it is called when it is saved: letters, digits, dots, hyphens
 */
public record RawJson(String text, String file) {
  public RawJson {
    if (!file.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException("This is no name that every file system takes");
    }
  }

  /**
   * A link that saves it and fetches nothing. The templates let no address through that brings its
   * own content; this one is letters and digits only.
   */
  public Markup link() {
    return new Markup(
        "<a download=\""
            + file
            + "\" href=\"data:application/json;base64,"
            + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
            + "\">Save the report as JSON</a>");
  }
}
