package dev.samovar.checks;

import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.LockFile;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.ValueCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * “The wrong PyTorch”: what serves is not what trained. Compared are the newest starts of each
 * serving host with the training of the version that serves, with one another, and with the lock
 * file. A difference that computes nothing (a web server's patch) is told but is no finding.
 */
final class DependencyDrift implements Check {
  /** Below this weight a difference is only told. */
  private static final double MATTERS = 0.45;

  private static final int SHOWN = 6;

  /** Lowest NVIDIA driver on Linux for each CUDA release (NVIDIA's CUDA compatibility tables). */
  private static final Map<Integer, Integer> LOWEST_DRIVER =
      Map.of(10, 440, 11, 450, 12, 525, 13, 580);

  @Override
  public CheckId id() {
    return CheckId.DEPENDENCY_DRIFT;
  }

  @Override
  public Set<CheckId> explains() {
    return Set.of(
        CheckId.PREPROCESSING_CHANGE,
        CheckId.ERROR_BURST,
        CheckId.SERVING_HEALTH,
        CheckId.PREDICTION_SHIFT,
        CheckId.MODEL_QUALITY);
  }

  @Override
  public Outcome examine(Case subject, Evidence evidence) throws EvidenceException {
    Catalog catalog = evidence.events().catalog(subject.model(), Dataset.ENVIRONMENT);
    String remedy =
        "log an ml.environment event at each start of training and serving: ml.stage,"
            + " ml.environment.packages (pip freeze), .python, .cuda, .driver";
    if (catalog.isEmpty()) {
      return Outcome.notSetUp("no environments: " + catalog.absence(), remedy);
    }
    List<Environment> all = Environment.read(subject, evidence);
    Map<String, Environment> serving = serving(subject, evidence, all);
    if (serving.isEmpty()) {
      return Outcome.notSetUp(
          "no start of a serving process of " + subject.model().name() + " was logged in 90 days",
          remedy);
    }
    String version = TooGoodToBeTrue.serving(subject, evidence).map(ValueCount::value).orElse("");
    Optional<Environment> training = Environment.training(all, version);
    Optional<LockFile> lock = evidence.lockFiles().of(subject.model(), subject.now());
    List<Finding> findings = new ArrayList<>();
    training.ifPresent(trained -> againstTraining(serving, trained, findings));
    amongReplicas(serving, findings);
    lock.ifPresent(file -> againstLock(serving, file, findings));
    serving.values().forEach(environment -> driver(environment).ifPresent(findings::add));
    if (training.isEmpty() && lock.isEmpty() && serving.size() < 2) {
      return Outcome.notSetUp(
          "one serving host, and neither a training environment nor a lock file to compare it with",
          remedy + "; or name the lock file under models[].dependencies.lockfile");
    }
    return judge(findings, serving, training.isPresent(), lock);
  }

  /** Only the hosts that served lately, where predictions say which: others may be long gone. */
  private static Map<String, Environment> serving(
      Case subject, Evidence evidence, List<Environment> all) throws EvidenceException {
    Map<String, Environment> serving = Environment.serving(all);
    Set<String> active = new TreeSet<>();
    for (ValueCount host :
        evidence
            .events()
            .values(
                Query.of(subject.model(), Dataset.INFERENCE),
                dev.samovar.evidence.Fields.HOST,
                Optional.of(subject.window()),
                200)) {
      active.add(host.value());
    }
    Map<String, Environment> alive = new TreeMap<>(serving);
    alive.keySet().removeIf(host -> !active.contains(host));
    return alive.isEmpty() ? serving : alive;
  }

  private record Finding(Difference difference, double weight, String text, Instant since) {}

  private static void againstTraining(
      Map<String, Environment> serving, Environment trained, List<Finding> findings) {
    for (Map.Entry<String, Map<String, List<Environment>>> part : byVersion(serving).entrySet()) {
      String other = trained.parts().getOrDefault(part.getKey(), "");
      for (Map.Entry<String, List<Environment>> version : part.getValue().entrySet()) {
        if (!version.getKey().equals(other) && !other.isEmpty() && !version.getKey().isEmpty()) {
          if (part.getKey().equals("driver")) {
            continue;
          }
          add(
              new Difference(
                  part.getKey(),
                  version.getKey(),
                  where(version.getValue(), serving.size()),
                  other,
                  "training"),
              1,
              since(version.getValue()),
              findings);
        }
      }
    }
  }

  private static void amongReplicas(Map<String, Environment> serving, List<Finding> findings) {
    for (Map.Entry<String, Map<String, List<Environment>>> part : byVersion(serving).entrySet()) {
      Map<String, List<Environment>> versions = part.getValue();
      if (versions.size() < 2) {
        continue;
      }
      // The odd ones out are what changed; of equals, the ones that started last.
      Map.Entry<String, List<Environment>> odd =
          versions.entrySet().stream()
              .min(
                  Comparator.comparingInt(
                          (Map.Entry<String, List<Environment>> entry) -> entry.getValue().size())
                      .thenComparing(entry -> since(entry.getValue()), Comparator.reverseOrder())
                      .thenComparing(Map.Entry::getKey))
              .orElseThrow();
      Map.Entry<String, List<Environment>> most =
          versions.entrySet().stream()
              .filter(entry -> !entry.equals(odd))
              .max(
                  Comparator.comparingInt(
                          (Map.Entry<String, List<Environment>> entry) -> entry.getValue().size())
                      .thenComparing(Map.Entry::getKey))
              .orElseThrow();
      add(
          new Difference(
              part.getKey(),
              odd.getKey(),
              where(odd.getValue(), serving.size()),
              most.getKey(),
              where(most.getValue(), serving.size())),
          1.05,
          since(odd.getValue()),
          findings);
    }
  }

  private static void againstLock(
      Map<String, Environment> serving, LockFile lock, List<Finding> findings) {
    for (Map.Entry<String, Map<String, List<Environment>>> part : byVersion(serving).entrySet()) {
      String locked = lock.pinned().getOrDefault(part.getKey(), "");
      for (Map.Entry<String, List<Environment>> version : part.getValue().entrySet()) {
        if (!locked.isEmpty()
            && !version.getKey().isEmpty()
            && !version.getKey().split("[+]", 2)[0].equals(locked.split("[+]", 2)[0])) {
          add(
              new Difference(
                  part.getKey(),
                  version.getKey(),
                  where(version.getValue(), serving.size()),
                  locked,
                  lock.name()),
              1,
              since(version.getValue()),
              findings);
        }
      }
    }
  }

  private static void add(
      Difference difference, double factor, Instant since, List<Finding> findings) {
    findings.add(
        new Finding(
            difference,
            difference.weight() * factor,
            difference.sentence()
                + difference.danger().map(danger -> " (" + danger + ")").orElse(""),
            since));
  }

  private static Optional<Finding> driver(Environment environment) {
    Optional<Integer> cuda = major(environment.parts().getOrDefault("cuda", ""));
    Optional<Integer> driver = major(environment.parts().getOrDefault("driver", ""));
    Optional<Integer> lowest = cuda.map(LOWEST_DRIVER::get);
    if (driver.isEmpty() || lowest.isEmpty() || driver.get() >= lowest.get()) {
      return Optional.empty();
    }
    Difference difference =
        new Difference(
            "driver",
            environment.parts().getOrDefault("driver", ""),
            environment.host().isEmpty() ? "serving" : environment.host(),
            lowest.get().toString(),
            "the least for CUDA " + environment.parts().getOrDefault("cuda", ""));
    return Optional.of(
        new Finding(
            difference,
            0.85,
            difference.sentence() + ": a GPU call fails or falls back to the CPU",
            environment.at()));
  }

  private static Optional<Integer> major(String version) {
    String digits = version.split("[^0-9]", 2)[0];
    return digits.isEmpty() || digits.length() > 6
        ? Optional.empty()
        : Optional.of(Integer.valueOf(digits));
  }

  /** For each part its versions, and the environments that have them. */
  private static Map<String, Map<String, List<Environment>>> byVersion(
      Map<String, Environment> serving) {
    Set<String> parts = new TreeSet<>();
    serving.values().forEach(environment -> parts.addAll(environment.parts().keySet()));
    Map<String, Map<String, List<Environment>>> byPart = new TreeMap<>();
    for (String part : parts) {
      for (Environment environment : serving.values()) {
        byPart
            .computeIfAbsent(part, unused -> new TreeMap<>())
            .computeIfAbsent(
                environment.parts().getOrDefault(part, ""), unused -> new ArrayList<>())
            .add(environment);
      }
    }
    return byPart;
  }

  private static String where(List<Environment> environments, int all) {
    List<String> hosts =
        environments.stream().map(Environment::host).filter(host -> !host.isEmpty()).toList();
    return environments.size() == all || hosts.isEmpty() ? "serving" : Text.list(hosts, 2);
  }

  private static Instant since(List<Environment> environments) {
    return environments.stream()
        .map(Environment::at)
        .min(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  private static Outcome judge(
      List<Finding> findings,
      Map<String, Environment> serving,
      boolean trained,
      Optional<LockFile> lock) {
    Map<String, Finding> byPart = new HashMap<>();
    for (Finding finding : findings) {
      byPart.merge(
          finding.difference().part(), finding, (a, b) -> a.weight() >= b.weight() ? a : b);
    }
    List<Finding> sorted = new ArrayList<>(byPart.values());
    sorted.sort(
        Comparator.comparingDouble(Finding::weight)
            .reversed()
            .thenComparing(finding -> finding.difference().part()));
    List<Finding> matter = sorted.stream().filter(finding -> finding.weight() >= MATTERS).toList();
    String unpinned =
        lock.map(LockFile::unpinned)
            .filter(names -> !names.isEmpty())
            .map(names -> "; not pinned in the lock file: " + Text.list(names, 3))
            .orElse("");
    if (matter.isEmpty()) {
      return Outcome.clear(
          "what serves ("
              + Text.count(serving.size(), "host")
              + ") is what "
              + (trained ? "trained" : lock.isPresent() ? "the lock file says" : "the others run")
              + (sorted.isEmpty()
                  ? ""
                  : ", but for "
                      + Text.list(
                          sorted.stream().map(finding -> finding.difference().sentence()).toList(),
                          2))
              + unpinned);
    }
    Map<String, Fact> facts = new LinkedHashMap<>();
    for (Finding finding : matter.subList(0, Math.min(SHOWN, matter.size()))) {
      facts.put(finding.text(), Fact.of(finding.text(), finding.difference().part()));
    }
    if (!unpinned.isEmpty()) {
      facts.put(unpinned, Fact.of(unpinned.substring(2), lock.map(LockFile::name).orElse("")));
    }
    Finding first = matter.get(0);
    return new Outcome.Found(
        first.weight() >= 0.75 ? Severity.CRITICAL : Severity.WARNING,
        Math.min(0.92, first.weight()),
        "Dependencies differ: "
            + first.text()
            + (matter.size() > 1
                ? "; also "
                    + Text.list(
                        matter.subList(1, matter.size()).stream()
                            .map(finding -> finding.difference().part())
                            .toList(),
                        3)
                : ""),
        List.copyOf(facts.values()),
        List.of(),
        Optional.of(first.since()));
  }
}
