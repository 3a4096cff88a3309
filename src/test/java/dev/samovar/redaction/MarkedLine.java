package dev.samovar.redaction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A line with what must vanish from it; a look-alike has none.
 *
 * @param secrets in the order of the line
 */
record MarkedLine(String text, List<String> secrets) {
  private static final int TELLING = 8;

  MarkedLine {
    secrets = List.copyOf(secrets);
  }

  /** What stands between {@code «} and {@code »} is secret. */
  static MarkedLine of(String marked) {
    String line = marked.replace("⁞", "");
    List<String> secrets = new ArrayList<>();
    int at = line.indexOf('«');
    while (at >= 0) {
      int end = line.indexOf('»', at);
      secrets.add(line.substring(at + 1, end));
      at = line.indexOf('«', end);
    }
    return new MarkedLine(line.replace("«", "").replace("»", ""), secrets);
  }

  static List<MarkedLine> read(String resource) {
    try (InputStream in = MarkedLine.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("+\t") || line.startsWith("-\t"))
          .map(line -> of(line.substring(2)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isHarmless() {
    return secrets.isEmpty();
  }

  /** The secrets of which a telling part is still in a text. */
  List<String> leaked(String redacted) {
    return secrets.stream().filter(secret -> isTold(secret, redacted)).toList();
  }

  private static boolean isTold(String secret, String redacted) {
    if (redacted.contains(secret)) {
      return true;
    }
    int part = Math.max(TELLING, secret.length() / 2);
    for (int at = 0; at + part <= secret.length(); at++) {
      if (redacted.contains(secret.substring(at, at + part))) {
        return true;
      }
    }
    return false;
  }
}
