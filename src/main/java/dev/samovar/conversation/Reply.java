package dev.samovar.conversation;

import dev.samovar.triage.Request;
import java.util.List;

/** What to do about something that was said. */
public sealed interface Reply {

  /** Nobody asked. */
  record Silence(String because) implements Reply {}

  /**
   * Answered at once: help, lists, what was not understood.
   *
   * @param title one line that carries the conclusion
   * @param lines plain text, one a line; a line in {@code `backticks`} is a command to copy
   */
  record Words(String title, List<String> lines) implements Reply {
    public Words {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Worth a look.
   *
   * @param because why Samovar speaks, in a line
   */
  record Investigate(Request request, String because) implements Reply {}
}
