package dev.samovar.incidents;

import dev.samovar.checks.CheckId;
import dev.samovar.triage.Report;
import dev.samovar.triage.Symptom;
import dev.samovar.triage.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A draft for people who do not know what a model is: what they notice, since when, what is being
 * done, when they hear again. A person reads it before it goes.
 */
public final class StakeholderUpdate {
  /** When people are told the next time, where nobody says otherwise. */
  public static final Duration NEXT = Duration.ofMinutes(30);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);

  /** What users notice, by what was said or found; several things that sound alike share a line. */
  private static final Map<Symptom, String> NOTICED =
      Map.ofEntries(
          Map.entry(Symptom.LATENCY, "answers take longer than usual, and some may not come"),
          Map.entry(Symptom.ERRORS, "some requests fail"),
          Map.entry(Symptom.OOM, "some requests fail"),
          Map.entry(Symptom.MISSING_DATA, "some results are missing or incomplete"),
          Map.entry(Symptom.NAN, "some results are missing or incomplete"),
          Map.entry(Symptom.CONSTANT_OUTPUT, "many people see the same result"),
          Map.entry(Symptom.WRONG_OUTPUT, "some results are wrong"),
          Map.entry(Symptom.QUALITY, "results are worse than usual"),
          Map.entry(Symptom.SKEW, "results are worse than usual"),
          Map.entry(Symptom.DRIFT, "results may be worse than usual"),
          Map.entry(Symptom.STALE, "results are not up to date"),
          Map.entry(Symptom.PIPELINE, "results may not be up to date"),
          Map.entry(Symptom.COST, "nothing yet; it costs more to run than it should"),
          Map.entry(Symptom.UNSPECIFIED, "results may be wrong"));

  private static final Map<CheckId, Symptom> SEEN_IN =
      Map.of(
          CheckId.ERROR_BURST, Symptom.ERRORS,
          CheckId.SERVING_HEALTH, Symptom.LATENCY,
          CheckId.PREDICTION_SHIFT, Symptom.WRONG_OUTPUT,
          CheckId.MODEL_QUALITY, Symptom.QUALITY);

  /** What a cause is to somebody outside. */
  private static final Map<CheckId, String> IN_PLAIN_WORDS =
      Map.ofEntries(
          Map.entry(CheckId.RECENT_CHANGES, "a change that was made shortly before"),
          Map.entry(CheckId.PREPROCESSING_CHANGE, "a change in how data is prepared"),
          Map.entry(CheckId.TRAINING_SERVING_SKEW, "data that looks different from what it should"),
          Map.entry(CheckId.DATA_DRIFT, "incoming data that has changed"),
          Map.entry(CheckId.VALIDATION_GAP, "an unusual kind of request"),
          Map.entry(CheckId.STALE_MODEL, "a regular update that did not happen"),
          Map.entry(CheckId.BROKEN_PIPELINE, "data that arrives late or incomplete"),
          Map.entry(CheckId.GPU_MEMORY, "servers that run out of memory"),
          Map.entry(CheckId.HOST_RESOURCES, "trouble with servers"),
          Map.entry(CheckId.DEPENDENCY_DRIFT, "software versions that do not fit together"),
          Map.entry(CheckId.UNVERSIONED_ARTIFACTS, "a version that is not the released one"),
          Map.entry(CheckId.TOO_GOOD_TO_BE_TRUE, "a release that was tested too kindly"));

  private StakeholderUpdate() {}

  /**
   * @param service what people outside call it
   * @param next when people hear again
   * @param zone of those who read it
   */
  public static String draft(Incident incident, String service, Instant next, ZoneId zone) {
    boolean isOver = incident.state() == State.RESOLVED;
    StringBuilder text = new StringBuilder();
    text.append(isOver ? "Resolved: " : "").append(service).append(isOver ? "" : ": trouble");
    text.append(isOver ? "\n" : " that we are looking into\n");
    text.append(isOver ? "What was noticed: " : "What you may notice: ")
        .append(noticed(incident))
        .append(".\n");
    text.append("Since: ").append(time(began(incident), zone)).append(".\n");
    text.append(isOver ? "What it was: " : "What we are doing: ")
        .append(isOver ? was(incident) : doing(incident))
        .append(".\n");
    text.append(isOver ? "No further updates." : "Next update: by " + time(next, zone) + ".");
    return text.toString();
  }

  private static String time(Instant at, ZoneId zone) {
    return TIME.format(at.atZone(zone))
        + " "
        + zone.getDisplayName(java.time.format.TextStyle.SHORT, Locale.ENGLISH);
  }

  private static Instant began(Incident incident) {
    return incident
        .report()
        .flatMap(Report::onset)
        .map(Report.Onset::at)
        .orElse(incident.opening().from());
  }

  private static String noticed(Incident incident) {
    Set<Symptom> symptoms = EnumSet.noneOf(Symptom.class);
    symptoms.addAll(incident.opening().symptoms());
    incident.report().stream()
        .flatMap(report -> report.rows().stream())
        .filter(row -> row.state() == Report.State.FOUND && SEEN_IN.containsKey(row.check()))
        .forEach(row -> symptoms.add(SEEN_IN.get(row.check())));
    if (symptoms.size() > 1) {
      symptoms.remove(Symptom.UNSPECIFIED);
    }
    if (symptoms.isEmpty()) {
      symptoms.add(Symptom.UNSPECIFIED);
    }
    Set<String> lines =
        symptoms.stream().map(NOTICED::get).collect(Collectors.toCollection(TreeSet::new));
    return String.join("; ", lines);
  }

  private static String doing(Incident incident) {
    String who = incident.owner().isPresent() ? "an engineer is working on it" : "we are looking";
    Optional<CheckId> cause = cause(incident);
    return cause
        .map(
            check ->
                who
                    + (incident.confirmed().contains(check)
                        ? "; it comes from "
                        : "; it looks like ")
                    + IN_PLAIN_WORDS.get(check))
        .orElse(
            who
                + incident
                    .report()
                    .filter(report -> report.verdict() == Verdict.ALL_CLEAR)
                    .map(report -> "; our checks see nothing unusual so far")
                    .orElse("; the reason is not known yet"));
  }

  private static String was(Incident incident) {
    return cause(incident).map(IN_PLAIN_WORDS::get).orElse("not known for certain");
  }

  /** What people confirmed; else the likeliest that nobody denied. */
  private static Optional<CheckId> cause(Incident incident) {
    List<CheckId> denied =
        incident.opinions().stream()
            .filter(opinion -> !opinion.wasIt())
            .map(Opinion::cause)
            .toList();
    Optional<CheckId> confirmed = incident.confirmed().stream().findFirst();
    return confirmed
        .or(
            () ->
                incident.report().stream()
                    .flatMap(report -> report.causes().stream())
                    .filter(cause -> !denied.contains(cause.check()))
                    .max(Comparator.comparingDouble(Report.Cause::confidence))
                    .map(Report.Cause::check))
        .filter(IN_PLAIN_WORDS::containsKey);
  }
}
