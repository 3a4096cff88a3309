package dev.samovar.understanding;

import dev.samovar.triage.Symptom;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads {@code lexicon.txt}, whose head says how it is written, and the files that go with it. */
final class LexiconFile {
  private static final List<String> NAMES =
      List.of(
          "lexicon.txt",
          "troubles.txt",
          "troubles-of-output.txt",
          "supports.txt",
          "silences.txt",
          "silences-nearby.txt");

  private final Map<String, List<String>> classes = new HashMap<>();
  private final Vocabulary vocabulary;

  /**
   * @param vocabulary takes all words
   */
  LexiconFile(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Hands over every phrase with its section. */
  void read(BiConsumer<Phrase, Section> into) {
    for (String name : NAMES) {
      read(name, into);
    }
  }

  private void read(String name, BiConsumer<Phrase, Section> into) {
    @Nullable Section section = null;
    for (String line : lines(name)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("[")) {
        section = section(line.substring(0, line.lastIndexOf(']') + 1));
      } else if (section == null) {
        addClass(line);
      } else {
        for (String phrase : line.split(";", -1)) {
          if (!phrase.isBlank()) {
            into.accept(new Phrase(phrase, classes, vocabulary), section);
          }
        }
      }
    }
  }

  /** {@code fell = drop* fell <fails>}; a class may go on in another line. */
  private void addClass(String line) {
    int equals = line.indexOf('=');
    List<String> members =
        classes.computeIfAbsent(line.substring(0, equals).strip(), key -> new ArrayList<>());
    for (String member : line.substring(equals + 1).strip().split("\\s+", -1)) {
      if (member.startsWith("<")) {
        members.addAll(
            Objects.requireNonNull(classes.get(member.substring(1, member.length() - 1)), member));
      } else {
        members.add(member);
      }
    }
  }

  /** {@code [silence before 5: it says it is over]}, {@code [trouble 4: latency]}. */
  private static Section section(String title) {
    String header = title.substring(1, title.length() - 1);
    int colon = header.indexOf(':');
    String says = header.substring(colon + 1).strip();
    String[] head = header.substring(0, colon).strip().toUpperCase(Locale.ROOT).split(" ", -1);
    Section.Kind kind = Section.Kind.valueOf(head[0]);
    Section.Scope scope =
        kind == Section.Kind.SILENCE ? Section.Scope.valueOf(head[1]) : Section.Scope.MESSAGE;
    String last = head[head.length - 1];
    return new Section(
        title,
        kind,
        scope,
        Character.isDigit(last.charAt(0)) ? Integer.parseInt(last) : 0,
        says,
        kind == Section.Kind.TROUBLE
            ? Optional.of(Symptom.valueOf(says.toUpperCase(Locale.ROOT).replace('-', '_')))
            : Optional.empty());
  }

  private static List<String> lines(String name) {
    try (InputStream in = LexiconFile.class.getResourceAsStream(name);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
