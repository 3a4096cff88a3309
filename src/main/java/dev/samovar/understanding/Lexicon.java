package dev.samovar.understanding;

import dev.samovar.triage.Symptom;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The words of {@code lexicon.txt}.
 *
 * @param quiet by what they say, in the file's order
 */
record Lexicon(
    Map<String, Pattern> quiet, Pattern loud, Pattern subject, Map<Symptom, Pattern> symptoms) {
  private static final String GAP = "(?:[^.!?\\n]{0,40}?\\\\s)?";

  static Lexicon load() {
    Map<String, StringBuilder> sections = new LinkedHashMap<>();
    StringBuilder current = new StringBuilder();
    for (String line : lines()) {
      if (line.startsWith("[")) {
        current = new StringBuilder();
        sections.put(line.substring(1, line.length() - 1), current);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        current.append(current.length() == 0 ? "" : "|").append(line.replaceAll("~", GAP));
      }
    }
    Map<String, Pattern> quiet = new LinkedHashMap<>();
    Map<Symptom, Pattern> symptoms = new EnumMap<>(Symptom.class);
    sections.forEach(
        (name, words) -> {
          if (name.startsWith("quiet: ")) {
            quiet.put(name.substring("quiet: ".length()), pattern(words));
          } else if (name.startsWith("symptom ")) {
            String symptom = name.substring("symptom ".length());
            symptoms.put(
                Symptom.valueOf(symptom.toUpperCase(Locale.ROOT).replace('-', '_')),
                pattern(words));
          }
        });
    return new Lexicon(
        quiet,
        pattern(Objects.requireNonNull(sections.get("loud: it is a report whatever else is said"))),
        pattern(Objects.requireNonNull(sections.get("subject"))),
        symptoms);
  }

  Optional<String> quietBecause(String text) {
    return quiet.entrySet().stream()
        .filter(entry -> entry.getValue().matcher(text).find())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  TreeSet<Symptom> symptomsIn(String text) {
    TreeSet<Symptom> found = new TreeSet<>();
    symptoms.forEach(
        (symptom, pattern) -> {
          if (pattern.matcher(text).find()) {
            found.add(symptom);
          }
        });
    if (found.size() > 1) {
      found.remove(Symptom.UNSPECIFIED);
    }
    return found;
  }

  private static Pattern pattern(StringBuilder words) {
    return Pattern.compile("(?<![\\p{L}\\p{N}])(?:" + words + ")(?![\\p{L}\\p{N}])");
  }

  private static List<String> lines() {
    try (InputStream in = Lexicon.class.getResourceAsStream("lexicon.txt");
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
