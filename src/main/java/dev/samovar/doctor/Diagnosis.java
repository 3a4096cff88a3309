package dev.samovar.doctor;

import dev.samovar.checks.CheckId;
import dev.samovar.report.Wording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All that the doctor found.
 *
 * @param reached whether any source of evidence answered
 * @param role the least that the credentials must be allowed to do, as JSON to paste
 */
public record Diagnosis(
    String version,
    String java,
    Instant at,
    List<Station> stations,
    boolean reached,
    Optional<String> role,
    List<Patient> patients) {
  private static final int MOST_REMEDIES = 5;

  /** Without the models that who asks may not know of. */
  public Diagnosis of(Predicate<String> isOpen) {
    return new Diagnosis(
        version,
        java,
        at,
        stations,
        reached,
        role,
        patients.stream().filter(patient -> isOpen.test(patient.model())).toList());
  }

  public Diagnosis {
    stations = List.copyOf(stations);
    patients = List.copyOf(patients);
  }

  /** As the terminal prints it. */
  public String text() {
    return DoctorText.render(this);
  }

  /** {@code samovar.doctor/1}. */
  public String json() {
    return DoctorJson.render(this);
  }

  /** What to do first: what is broken, then names that do not fit, then what opens most checks. */
  public List<String> next() {
    List<String> next = new ArrayList<>();
    stations.forEach(station -> next.addAll(station.next()));
    for (Patient patient : patients) {
      patient
          .proposal()
          .ifPresent(
              proposal ->
                  next.add(
                      "Tell samovar.yaml where the logs of "
                          + patient.model()
                          + " are, as under NAMES"
                          + (proposal.preset().isEmpty() ? "" : ": preset " + proposal.preset())
                          + "."));
    }
    for (Patient patient : patients) {
      patient
          .jsonIn()
          .ifPresent(
              index ->
                  next.add(
                      "The messages in "
                          + index
                          + " are whole JSON objects, whose keys no query sees: nothing but their"
                          + " words can be looked at, whatever the preset. Have the shipper take"
                          + " them apart, or install the ingest pipeline under PIPELINE and make it"
                          + " the index.default_pipeline there; it acts on new events only."));
    }
    Map<String, List<String>> opened = new LinkedHashMap<>();
    for (Patient patient : patients) {
      for (Wording.Unchecked group : Wording.unchecked(patient.report())) {
        if (!group.remedy().isEmpty()) {
          group
              .checks()
              .forEach(
                  check ->
                      opened
                          .computeIfAbsent(group.remedy(), key -> new ArrayList<>())
                          .add(check + " of " + patient.model()));
        }
      }
    }
    opened.entrySet().stream()
        .sorted(Comparator.comparing(entry -> -entry.getValue().size()))
        .limit(MOST_REMEDIES)
        .forEach(
            entry ->
                next.add(
                    sentence(entry.getKey())
                        + " ("
                        + (entry.getValue().size() == 1
                            ? entry.getValue().get(0)
                            : entry.getValue().size() + " checks")
                        + ")"));
    return next;
  }

  /** What would take messages apart that are JSON; empty where there are none. */
  Optional<String> pipeline() {
    return patients.stream().anyMatch(patient -> patient.jsonIn().isPresent())
        ? Optional.of(JsonInMessages.pipeline())
        : Optional.empty();
  }

  /** The snippets for what is missed. */
  List<Snippets.Snippet> snippets() {
    return Snippets.of(
        patients,
        patients.stream()
            .anyMatch(
                patient ->
                    patient.proposal().filter(p -> p.preset().equals("otel")).isPresent()
                        || patient.shelves().stream()
                            .anyMatch(shelf -> shelf.expression().contains(".otel-"))));
  }

  public long canLook(Patient patient) {
    return patient.report().rows().stream().filter(Patient::canLook).count();
  }

  /** How many there are. */
  public static int checks() {
    return CheckId.values().length;
  }

  private static String sentence(String remedy) {
    return remedy.isEmpty()
        ? remedy
        : remedy.substring(0, 1).toUpperCase(Locale.ROOT) + remedy.substring(1);
  }
}
