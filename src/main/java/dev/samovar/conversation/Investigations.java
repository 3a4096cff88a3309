package dev.samovar.conversation;

import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.triage.Request;
import dev.samovar.triage.Symptom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** From a model and a beginning to a look at it, within what makes sense. */
final class Investigations {
  static final Duration LONGEST = Duration.ofDays(30);
  private static final int LONGEST_TEXT = 500;

  private Investigations() {}

  static Reply of(
      Model model, Instant start, Instant now, String said, Set<Symptom> symptoms, String because) {
    if (!start.isBefore(now)) {
      return new Reply.Words(
          "That time has not come yet.", List.of("`/triage " + model.name() + " since 2h`"));
    }
    if (start.isBefore(now.minus(LONGEST))) {
      return new Reply.Words(
          "I look back 30 days at most.", List.of("`/triage " + model.name() + " since 30d`"));
    }
    return new Reply.Investigate(
        new Request(model, new Window(start, now), cut(said), symptoms), because);
  }

  static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
  }
}
