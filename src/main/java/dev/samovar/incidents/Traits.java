package dev.samovar.incidents;

import dev.samovar.checks.CheckId;
import dev.samovar.checks.Fact;
import dev.samovar.triage.Report;
import dev.samovar.triage.Symptom;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What an incident is recognised by: which checks found something, which of them were named as
 * causes, what about, and what people said.
 */
public record Traits(Set<String> names) {
  private static final int SUBJECTS = 5;
  private static final int LONGEST = 120;

  public Traits {
    names = Set.copyOf(names);
  }

  /** None where nothing was found. */
  public static Traits of(Incident incident) {
    Set<String> names = new LinkedHashSet<>();
    for (Report report : incident.report().stream().toList()) {
      for (Report.Row row : report.rows()) {
        if (row.state() == Report.State.FOUND) {
          String role = row.check().role() == CheckId.Role.CAUSE ? "cause" : "symptom";
          names.add("found-" + role + ":" + row.check().id());
          row.evidence().stream()
              .map(Fact::subject)
              .filter(subject -> !subject.isBlank() && subject.length() <= LONGEST)
              .distinct()
              .limit(SUBJECTS)
              .forEach(
                  subject -> names.add("about-" + role + ":" + row.check().id() + " " + subject));
        }
      }
      report.causes().stream()
          .findFirst()
          .ifPresent(cause -> names.add("named:" + cause.check().id()));
    }
    if (!names.isEmpty()) {
      for (Symptom symptom : incident.opening().symptoms()) {
        if (symptom != Symptom.UNSPECIFIED) {
          names.add("said:" + symptom.label());
        }
      }
    }
    return new Traits(names);
  }

  /** What a trait weighs by its kind: causes more than symptoms, findings more than words. */
  static double weight(String name) {
    return switch (name.substring(0, name.indexOf(':'))) {
      case "named" -> 2.0;
      case "found-cause", "about-cause" -> 1.0;
      case "found-symptom", "about-symptom" -> 0.4;
      default -> 0.2;
    };
  }
}
