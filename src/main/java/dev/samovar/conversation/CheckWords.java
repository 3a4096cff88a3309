package dev.samovar.conversation;

import dev.samovar.checks.CheckId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What people call the subjects of the checks: {@code topics.txt}. */
final class CheckWords {
  private static final Map<String, CheckId> WORDS = load();

  private CheckWords() {}

  /**
   * The check whose longest name stands in a text.
   *
   * @param text in lower case, its words separated by single spaces
   */
  static Optional<CheckId> in(String text) {
    String padded = " " + text + " ";
    String best = "";
    for (String name : WORDS.keySet()) {
      if (name.length() > best.length() && padded.contains(" " + name + " ")) {
        best = name;
      }
    }
    return Optional.ofNullable(WORDS.get(best));
  }

  private static Map<String, CheckId> load() {
    Map<String, CheckId> words = new LinkedHashMap<>();
    for (CheckId check : CheckId.values()) {
      words.put(check.id(), check);
    }
    try (InputStream in = CheckWords.class.getResourceAsStream("topics.txt");
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      for (String line : reader.lines().toList()) {
        int colon = line.indexOf(':');
        if (!line.startsWith("#") && colon > 0) {
          CheckId check =
              CheckId.of(line.substring(0, colon))
                  .orElseThrow(() -> new IllegalStateException("topics.txt: no check in: " + line));
          for (String name : line.substring(colon + 1).split(",", -1)) {
            words.putIfAbsent(name.strip(), check);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return words;
  }
}
