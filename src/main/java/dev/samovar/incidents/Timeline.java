package dev.samovar.incidents;

import dev.samovar.checks.Change;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The course of an incident in Markdown, for the post-mortem. */
public final class Timeline {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Timeline() {}

  /**
   * @param names what to call a person, by id
   */
  public static String markdown(Incident incident, UnaryOperator<String> names) {
    List<Entry> entries = new ArrayList<>(incident.timeline());
    incident
        .report()
        .ifPresent(
            report -> {
              report
                  .onset()
                  .ifPresent(
                      onset ->
                          entries.add(
                              new Entry(
                                  onset.at(), "", "the trouble began, by " + onset.signal())));
              for (Change change : report.changes()) {
                entries.add(new Entry(change.at(), "", "changed: " + change.describe()));
              }
            });
    entries.sort(Comparator.comparing(Entry::at));
    StringBuilder text = new StringBuilder();
    text.append("## Timeline of ").append(line(incident.opening().model())).append("\n\n");
    text.append("State: ").append(incident.state().label());
    incident.owner().ifPresent(owner -> text.append(", owner: ").append(line(names.apply(owner))));
    text.append("\n");
    incident
        .report()
        .ifPresent(report -> text.append("Verdict: ").append(line(report.headline())).append("\n"));
    if (!incident.confirmed().isEmpty()) {
      text.append("Cause, as people say: ")
          .append(String.join(", ", incident.confirmed().stream().map(Object::toString).toList()))
          .append("\n");
    }
    text.append("\n| time (UTC) | who | what |\n| --- | --- | --- |\n");
    for (Entry entry : entries) {
      text.append("| ").append(time(entry.at())).append(" | ");
      text.append(entry.who().isEmpty() ? "Samovar" : line(names.apply(entry.who())));
      text.append(" | ").append(line(entry.what())).append(" |\n");
    }
    return text.toString();
  }

  private static String time(Instant at) {
    return TIME.format(at);
  }

  /** On one line, and no cell's end. */
  private static String line(String text) {
    return text.replaceAll("\\s+", " ").replace("|", "\\|").strip();
  }
}
