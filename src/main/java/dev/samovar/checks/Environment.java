package dev.samovar.checks;

import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a process or a run was started with.
 *
 * @param parts version by name: packages, and {@code python}, {@code cuda}, {@code driver}
 */
record Environment(
    Instant at, String host, String version, boolean isTraining, Map<String, String> parts) {
  private static final Duration MEMORY = Duration.ofDays(90);
  private static final int MOST = 400;

  Environment {
    parts = java.util.Collections.unmodifiableMap(new TreeMap<>(parts));
  }

  /** All starts of the model, newest first. */
  static List<Environment> read(Case subject, Evidence evidence) throws EvidenceException {
    Catalog catalog = evidence.events().catalog(subject.model(), Dataset.ENVIRONMENT);
    List<String> fields = new ArrayList<>();
    catalog.fields().keySet().stream()
        .filter(field -> field.startsWith(Fields.PACKAGES))
        .forEach(fields::add);
    fields.addAll(
        List.of(
            Fields.STAGE,
            Fields.HOST,
            Fields.MODEL_VERSION,
            Fields.PYTHON,
            Fields.CUDA,
            Fields.DRIVER));
    Window memory = new Window(subject.now().minus(MEMORY), subject.now());
    List<Environment> all = new ArrayList<>();
    for (Event event :
        evidence
            .events()
            .newest(Query.of(subject.model(), Dataset.ENVIRONMENT), memory, fields, MOST)) {
      all.add(of(event));
    }
    return all;
  }

  private static Environment of(Event event) {
    Map<String, String> parts = new TreeMap<>();
    event
        .values()
        .forEach(
            (field, values) -> {
              if (field.startsWith(Fields.PACKAGES + ".") && !values.isEmpty()) {
                parts.put(canonical(field.substring(Fields.PACKAGES.length() + 1)), values.get(0));
              }
            });
    event.text(Fields.PYTHON).ifPresent(version -> parts.put("python", version));
    event.text(Fields.CUDA).ifPresent(version -> parts.put("cuda", version));
    event.text(Fields.DRIVER).ifPresent(version -> parts.put("driver", version));
    return new Environment(
        event.time(),
        event.text(Fields.HOST).orElse(""),
        event.text(Fields.MODEL_VERSION).orElse(""),
        event.text(Fields.STAGE).filter("training"::equalsIgnoreCase).isPresent(),
        parts);
  }

  /** PEP 503: {@code Scikit_Learn} and {@code scikit-learn} are one package. */
  static String canonical(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
  }

  /** The newest training start: of the version, where any says so, else of any. */
  static Optional<Environment> training(List<Environment> all, String version) {
    return all.stream()
        .filter(Environment::isTraining)
        .filter(environment -> environment.version().equals(version))
        .findFirst()
        .or(() -> all.stream().filter(Environment::isTraining).findFirst());
  }

  /** The newest serving start of each host, by host. */
  static Map<String, Environment> serving(List<Environment> all) {
    Map<String, Environment> byHost = new LinkedHashMap<>();
    for (Environment environment : all) {
      if (!environment.isTraining()) {
        byHost.putIfAbsent(environment.host(), environment);
      }
    }
    return new TreeMap<>(byHost);
  }
}
