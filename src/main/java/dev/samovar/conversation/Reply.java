package dev.samovar.conversation;

import dev.samovar.evidence.Model;
import dev.samovar.triage.Request;
import dev.samovar.triage.Symptom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  /**
   * Worth a look, but at which model? To be asked with a menu.
   *
   * @param from since when the trouble is said to be
   */
  record Which(Instant from, Set<Symptom> symptoms, List<Model> models, String because)
      implements Reply {
    public Which {
      symptoms = Set.copyOf(symptoms);
      models = List.copyOf(models);
    }
  }

  /** For the face to carry out: what concerns its channels and the incidents it keeps. */
  sealed interface Order extends Reply {}

  /** The open incidents. */
  record Status() implements Order {}

  /**
   * What is always asked, to be shown with how often each answer was right.
   *
   * @param questions one line for each check, in the fixed order
   */
  record Checks(Words questions) implements Order {}

  /** What happened to a model before. */
  record History(Model model) implements Order {}

  /**
   * No automatic answers in this channel.
   *
   * @param duration zero to speak again
   */
  record Mute(Duration duration) implements Order {}

  /** How this channel's reports are answered from now on. */
  record Manners(AutoReply autoReply) implements Order {}

  /** Why Samovar answered, or did not, the message at a link. */
  record Why(String link) implements Order {}

  /** What can be seen of a model, and what can't; empty for all models. */
  record Doctor(Optional<Model> model) implements Order {}

  /**
   * What the running shift hands over.
   *
   * @param team empty where none was named
   */
  record Handoff(String team) implements Order {}

  /** The same look again. */
  record Again() implements Order {}
}
