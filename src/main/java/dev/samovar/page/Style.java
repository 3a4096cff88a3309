package dev.samovar.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** How pages look, and what a browser may do with them: show them, with this style, no more. */
final class Style {
  private static final String SHEET = read();

  private Style() {}

  /** For the head. */
  static Markup element() {
    return new Markup("<style>" + SHEET + "</style>");
  }

  /** As a page can say it of itself. */
  static String policy() {
    return "default-src 'none'; style-src 'sha256-"
        + hash()
        + "'; img-src data:; base-uri 'none'; form-action 'none'";
  }

  /** As a server says it. */
  static String servedPolicy() {
    return policy() + "; frame-ancestors 'none'";
  }

  private static String hash() {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(SHEET.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static String read() {
    try (InputStream in = Style.class.getResourceAsStream("page.css")) {
      if (in == null) {
        throw new IllegalStateException("page.css was not packed");
      }
      // Browsers see one kind of line end, and hash what they see.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("page.css can't be read", e);
    }
  }
}
