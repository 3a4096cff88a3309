package dev.samovar.slack;

import dev.samovar.checks.CheckId;
import dev.samovar.incidents.Explanation;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Opinion;
import dev.samovar.incidents.Resolution;
import dev.samovar.incidents.State;
import dev.samovar.incidents.Tick;
import dev.samovar.triage.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * An earlier incident in a line: what it was, and what helped. Names people, pings nobody. Pure.
 */
final class Recollection {
  private static final int STEPS = 3;
  private static final int STEP = 90;
  private static final int WORDS = 160;

  private Recollection() {}

  /**
   * @param names what to call a person, by id
   */
  static String line(Incident now, Incident earlier, UnaryOperator<String> names) {
    Duration ago = Duration.between(earlier.opening().at(), now.opening().at());
    String where =
        earlier.opening().model().equals(now.opening().model())
            ? "this thread"
            : earlier.opening().model();
    return Age.words(ago)
        + " earlier, "
        + earlier
            .place()
            .link()
            .map(link -> SlackText.link(link, where))
            .orElse(where.equals("this thread") ? "in this model" : SlackText.escape(where))
        + ": "
        + outcome(earlier, names);
  }

  static String outcome(Incident incident, UnaryOperator<String> names) {
    String helped = helped(incident);
    return was(incident, names) + (helped.isEmpty() ? "" : "; what helped: " + helped);
  }

  private static String was(Incident incident, UnaryOperator<String> names) {
    Map<CheckId, Set<String>> confirmed = new LinkedHashMap<>();
    incident.opinions().stream()
        .filter(Opinion::wasIt)
        .forEach(
            opinion ->
                confirmed
                    .computeIfAbsent(opinion.cause(), key -> new LinkedHashSet<>())
                    .add(SlackText.escape(names.apply(opinion.user()))));
    List<String> parts = new ArrayList<>();
    confirmed.forEach((check, who) -> parts.add(check.id() + " (" + String.join(", ", who) + ")"));
    for (Explanation explanation : incident.explanations()) {
      parts.add(
          "“"
              + SlackText.cut(SlackText.escape(explanation.words()), WORDS)
              + "” ("
              + SlackText.escape(names.apply(explanation.user()))
              + ")");
    }
    if (!parts.isEmpty()) {
      return "it was " + String.join(", ", parts);
    }
    String looked =
        incident.report().stream()
            .flatMap(report -> report.causes().stream())
            .map(Report.Cause::check)
            .filter(check -> incident.opinionsOf(check).allMatch(Opinion::wasIt))
            .findFirst()
            .map(check -> "it looked like " + check.id() + ", ")
            .orElse("");
    return looked
        + (incident.state() == State.RESOLVED ? "nobody said what it was" : "it is not resolved");
  }

  private static String helped(Incident incident) {
    List<String> parts = new ArrayList<>();
    incident.checklists().stream()
        .flatMap(list -> list.done().stream())
        .map(Tick::what)
        .flatMap(what -> what.stream())
        .limit(STEPS)
        .forEach(what -> parts.add(SlackText.cut(SlackText.escape(what), STEP)));
    incident
        .resolution()
        .filter(resolution -> resolution.by().isEmpty())
        .map(Resolution::how)
        .ifPresent(how -> parts.add("then " + SlackText.escape(how)));
    return String.join("; ", parts);
  }
}
