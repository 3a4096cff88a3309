package dev.samovar.checks;

import dev.samovar.evidence.Event;
import dev.samovar.evidence.Fields;
import java.util.List;

/** A logged event as one short line. */
final class LogLine {
  private static final int LONGEST = 200;

  private LogLine() {}

  static String of(Event event) {
    String message =
        List.of(Fields.ERROR_MESSAGE, Fields.MESSAGE, Fields.STACK_TRACE).stream()
            .flatMap(field -> event.text(field).stream())
            .filter(text -> !text.isBlank())
            .findFirst()
            .orElse("");
    String type = event.text(Fields.ERROR_TYPE).orElse("");
    String line = first(message);
    return cut(type.isEmpty() || line.contains(type) ? line : type + ": " + line);
  }

  private static String first(String text) {
    return text.strip().lines().findFirst().orElse("").strip();
  }

  private static String cut(String line) {
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }
}
