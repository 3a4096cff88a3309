package dev.samovar.checks;

import dev.samovar.checks.Surroundings.Watched;
import dev.samovar.evidence.Attempt;
import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.ValueCount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A model is as well as the machines it runs on. Seen in what kubernetes, the kernel and the
 * drivers export and log; counted only where it is new: a pod that restarts every day, or a disk
 * that has been nine tenths full for a week, did not cause today's trouble.
 */
final class HostResources implements Check {
  private static final double NEARLY_FULL = 0.95;
  private static final double THROTTLED = 0.25;
  private static final int SHOWN = 5;

  private static final List<String> LABELS =
      List.of(
          "pod",
          "container",
          "reason",
          "gpu",
          "device",
          "mountpoint",
          "condition",
          "status",
          "resource",
          "err_code",
          "message");

  private static final List<String> METRICS =
      List.of(
          "kube_pod_container_status_restarts_total",
          "kube_pod_container_status_last_terminated_reason",
          "kube_pod_container_status_last_terminated_exitcode",
          "kube_pod_container_status_terminated_reason",
          "kube_pod_container_status_waiting_reason",
          "kube_pod_status_reason",
          "kube_pod_status_unschedulable",
          "kube_event_count",
          "kube_node_status_condition",
          "kube_pod_container_resource_limits",
          "container_oom_events_total",
          "container_memory_working_set_bytes",
          "container_spec_memory_limit_bytes",
          "container_cpu_cfs_throttled_periods_total",
          "container_cpu_cfs_periods_total",
          "container_fs_usage_bytes",
          "container_fs_limit_bytes",
          "node_memory_MemAvailable_bytes",
          "node_memory_MemTotal_bytes",
          "node_filesystem_avail_bytes",
          "node_filesystem_size_bytes",
          "DCGM_FI_DEV_XID_ERRORS",
          "DCGM_EXP_XID_ERRORS_COUNT",
          "DCGM_FI_DEV_ECC_DBE_VOL_TOTAL",
          "DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS",
          "DCGM_FI_DEV_ROW_REMAP_FAILURE",
          "DCGM_FI_DEV_GPU_TEMP");

  /** Every rollout has pods that wait for a machine for a moment. */
  private static final Duration UNSCHEDULABLE = Duration.ofMinutes(5);

  /** Of the same warning, from which on it is no hiccup. */
  private static final double WARNINGS = 3;

  /**
   * Reasons of Kubernetes' events that tell of trouble by themselves. Probes that fail while a
   * container starts, and containers that are stopped, belong to every rollout.
   */
  private static final Map<String, String> WARNING_REASONS =
      Map.of(
          "BackOff", "is restarted again and again, or its image can't be pulled",
          "Unhealthy", "does not answer its liveness probe",
          "FailedMount", "can't mount a volume",
          "FailedAttachVolume", "can't attach a volume",
          "FailedCreatePodSandBox", "can't be started on its node",
          "FailedCreate", "can't be created");

  /** Of which one is enough. */
  private static final Map<String, String> GRAVE_REASONS =
      Map.of(
          "Evicted", "was evicted",
          "Preempted", "had to make room for another",
          "NodeNotReady", "lost its node, which is not ready",
          "OOMKilling", "was killed for want of memory",
          "SystemOOM", "is on a host that ran out of memory");

  /** Codes of NVIDIA's Xid catalogue that tell of hardware, and what they tell. */
  private static final Map<Integer, String> XIDS =
      Map.ofEntries(
          Map.entry(13, "graphics engine exception: often the application"),
          Map.entry(31, "memory page fault: often the application"),
          Map.entry(43, "the GPU stopped processing: often the application"),
          Map.entry(45, "preemptive cleanup: follows another error"),
          Map.entry(48, "double bit ECC error"),
          Map.entry(61, "internal micro-controller breakpoint"),
          Map.entry(62, "internal micro-controller halt"),
          Map.entry(63, "ECC row remapping"),
          Map.entry(64, "ECC row remapping failed"),
          Map.entry(74, "NVLink error"),
          Map.entry(79, "the GPU has fallen off the bus"),
          Map.entry(92, "many single bit ECC errors"),
          Map.entry(94, "contained ECC error"),
          Map.entry(95, "uncontained ECC error"),
          Map.entry(119, "GSP does not answer"),
          Map.entry(120, "GSP error"));

  @Override
  public CheckId id() {
    return CheckId.HOST_RESOURCES;
  }

  @Override
  public Set<CheckId> explains() {
    return Set.of(CheckId.ERROR_BURST, CheckId.SERVING_HEALTH, CheckId.LOGGING_GAP);
  }

  @Override
  public Outcome examine(Case subject, Evidence evidence) throws EvidenceException {
    Attempt<List<Watched>> metrics = Surroundings.of(subject, evidence).tryWatch(METRICS, LABELS);
    List<Watched> watched = metrics.answer();
    List<Trouble> troubles = new ArrayList<>();
    for (Watched line : watched) {
      judge(line).ifPresent(trouble -> troubles.add(trouble.explained(exitCode(line, watched))));
    }
    ratios(watched, troubles);
    boolean logged = mentions(subject, evidence, troubles);
    if (!troubles.isEmpty()) {
      return found(troubles).without(metrics);
    }
    metrics.orThrow();
    if (watched.isEmpty() && !logged) {
      return Outcome.notSetUp(
          "neither host metrics nor logs of " + subject.model().service() + " to look in",
          "ship kube-state-metrics, cAdvisor, node and DCGM exporter samples to "
              + subject.model().index(Dataset.METRICS)
              + ", and the service's logs with service.name: "
              + subject.model().service());
    }
    return Outcome.clear(
        "no restart, eviction, full disk or failing GPU"
            + (watched.isEmpty()
                ? " was logged"
                : " in " + Text.count(watched.size(), "metric line"))
            + (logged || watched.isEmpty() ? "" : "; the service's logs could not be searched"));
  }

  /**
   * Something that is wrong.
   *
   * @param strength how sure, alone
   */
  private record Trouble(double strength, String text, Fact fact, List<Signal> signals) {
    static Trouble of(double strength, String text, Watched line, double now, double before) {
      return new Trouble(
          strength,
          text,
          line.fact(text, line.where(), now, before, unit(line.line().metric())),
          List.of(line.signal(line.line().metric())));
    }

    Trouble explained(String more) {
      return more.isEmpty()
          ? this
          : new Trouble(
              strength,
              text + more,
              new Fact(
                  fact.text() + more,
                  fact.now(),
                  fact.before(),
                  fact.unit(),
                  fact.subject(),
                  fact.link()),
              signals);
    }

    private static String unit(String metric) {
      return metric.endsWith("_bytes") ? "bytes" : "count";
    }
  }

  private static Optional<Trouble> judge(Watched line) {
    if (line.recent().isEmpty()) {
      return Optional.empty();
    }
    return switch (line.line().metric()) {
      case "kube_pod_container_status_restarts_total" ->
          counter(line, 2, 0.75, "restarted", "time");
      case "container_oom_events_total" ->
          counter(line, 1, 0.88, "was killed for want of memory", "time");
      case "kube_pod_container_status_last_terminated_reason",
          "kube_pod_container_status_terminated_reason",
          "kube_pod_container_status_waiting_reason",
          "kube_pod_status_reason" ->
          reason(line);
      case "kube_pod_status_unschedulable" -> unschedulable(line);
      case "kube_event_count" -> warning(line);
      case "kube_node_status_condition" -> condition(line);
      case "DCGM_FI_DEV_XID_ERRORS" -> xid(line);
      case "DCGM_EXP_XID_ERRORS_COUNT" -> counter(line, 1, 0.8, "has had an Xid error", "time");
      case "DCGM_FI_DEV_ECC_DBE_VOL_TOTAL", "DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS" ->
          counter(line, 1, 0.88, "has had an uncorrectable memory error", "time");
      case "DCGM_FI_DEV_ROW_REMAP_FAILURE" ->
          counter(line, 1, 0.88, "could not remap a bad memory row", "time");
      case "DCGM_FI_DEV_GPU_TEMP" ->
          line.usual() < 84 && line.last() >= 90
              ? Optional.of(
                  Trouble.of(
                      0.7,
                      line.where() + " is " + Math.round(line.last()) + " °C hot",
                      line,
                      line.last(),
                      line.usual()))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<Trouble> counter(
      Watched line, double least, double strength, String what, String unit) {
    double grown = line.increase();
    double before = line.mostIncreaseBefore();
    if (grown < least || grown <= 2 * before) {
      return Optional.empty();
    }
    return Optional.of(
        Trouble.of(
            strength,
            line.where()
                + " "
                + what
                + " "
                + Text.count(Math.round(grown), unit)
                + " in the window, at most "
                + Text.count(Math.round(before))
                + " in such a time before",
            line,
            grown,
            before));
  }

  private static Optional<Trouble> reason(Watched line) {
    String reason = line.line().labels().getOrDefault("reason", "");
    boolean isBad =
        reason.matches(
            "(?i)OOMKilled|Evicted|CrashLoopBackOff|Error|ContainerCannotRun|NodeLost|NodeAffinity"
                + "|ImagePullBackOff|ErrImagePull|CreateContainerConfigError|DeadlineExceeded");
    if (!isBad || !(line.highest() > 0) || isUsual(line)) {
      return Optional.empty();
    }
    return Optional.of(
        Trouble.of(
            reason.equals("Error") ? 0.6 : 0.88,
            line.where()
                    .replace(", reason " + reason, "")
                    .replace("reason " + reason, "a container")
                + ": "
                + reason,
            line,
            line.highest(),
            Double.isNaN(line.highestBefore()) ? 0 : line.highestBefore()));
  }

  /** On more than one stretch of the last eight days. */
  private static boolean isUsual(Watched line) {
    return line.past().stream().filter(point -> point.value() > 0).count() > 1;
  }

  /** kube-state-metrics has one line for each state that a condition may be in. */
  private static Optional<Trouble> condition(Watched line) {
    String condition = line.line().labels().getOrDefault("condition", "");
    String status = line.line().labels().getOrDefault("status", "true");
    boolean isPressure =
        (condition.endsWith("Pressure") || condition.equals("NetworkUnavailable"))
            && status.equals("true");
    boolean isNotReady = condition.equals("Ready") && !status.equals("true");
    return (isPressure || isNotReady) && line.last() > 0 && !isUsual(line)
        ? Optional.of(
            Trouble.of(
                isPressure ? 0.8 : 0.85,
                node(line) + (isPressure ? " has " + condition : " is not ready"),
                line,
                line.last(),
                0))
        : Optional.empty();
  }

  private static String node(Watched line) {
    String host = line.line().labels().getOrDefault(Fields.HOST, "");
    return host.isEmpty() ? "A node" : host;
  }

  private static Optional<Trouble> unschedulable(Watched line) {
    Instant since = Instant.MAX;
    for (int i = line.recent().size() - 1; i >= 0 && line.recent().get(i).value() > 0; i--) {
      since = line.recent().get(i).time();
    }
    boolean isLasting =
        line.last() > 0
            && !since
                .plus(UNSCHEDULABLE)
                .isAfter(line.recent().get(line.recent().size() - 1).time());
    return isLasting && !isUsual(line)
        ? Optional.of(
            Trouble.of(
                0.8,
                pod(line) + " finds no node to run on since " + Text.time(since) + said(line),
                line,
                line.last(),
                0))
        : Optional.empty();
  }

  private static Optional<Trouble> warning(Watched line) {
    String reason = line.line().labels().getOrDefault("reason", "");
    String message = line.line().labels().getOrDefault("message", "");
    String grave = GRAVE_REASONS.getOrDefault(reason, "");
    String what = grave.isEmpty() ? WARNING_REASONS.getOrDefault(reason, "") : grave;
    boolean isStart = reason.equals("Unhealthy") && !message.startsWith("Liveness");
    double grown = line.increase();
    double before = line.mostIncreaseBefore();
    if (what.isEmpty()
        || isStart
        || grown < (grave.isEmpty() ? WARNINGS : 1)
        || grown <= 2 * before) {
      return Optional.empty();
    }
    return Optional.of(
        Trouble.of(
            grave.isEmpty() ? 0.75 : 0.85,
            pod(line)
                + " "
                + what
                + " ("
                + reason
                + ", "
                + Text.count(Math.round(grown), "time")
                + ")"
                + said(line),
            line,
            grown,
            before));
  }

  private static String pod(Watched line) {
    String pod = line.line().labels().getOrDefault("pod", "");
    return pod.isEmpty() ? "A pod" : "pod " + pod;
  }

  private static String said(Watched line) {
    String message = line.line().labels().getOrDefault("message", "");
    return message.isEmpty() ? "" : ": “" + message + "”";
  }

  /** How the container ended, where that is told: 137 is a kill, 139 a crash in native code. */
  private static String exitCode(Watched line, List<Watched> all) {
    if (!line.line().metric().equals("kube_pod_container_status_last_terminated_reason")) {
      return "";
    }
    return all.stream()
        .filter(
            other ->
                other.line().metric().equals("kube_pod_container_status_last_terminated_exitcode"))
        .filter(other -> isOfTheSame(other, line) && !other.recent().isEmpty())
        .findFirst()
        .map(other -> " (exit code " + Math.round(other.last()) + ")")
        .orElse("");
  }

  private static boolean isOfTheSame(Watched one, Watched other) {
    return java.util.stream.Stream.of("pod", "container")
        .allMatch(
            label ->
                one.line()
                    .labels()
                    .getOrDefault(label, "")
                    .equals(other.line().labels().getOrDefault(label, "")));
  }

  private static Optional<Trouble> xid(Watched line) {
    double before =
        line.before().isEmpty() ? 0 : line.before().get(line.before().size() - 1).value();
    for (var point : line.recent()) {
      if (point.value() > 0 && point.value() != before) {
        int code = (int) point.value();
        String says = XIDS.getOrDefault(code, "see NVIDIA's catalogue");
        return Optional.of(
            Trouble.of(
                says.contains("application") || says.contains("follows") ? 0.6 : 0.9,
                line.where()
                    + " reported Xid "
                    + code
                    + " ("
                    + says
                    + ") at "
                    + Text.time(point.time()),
                line,
                code,
                before));
      }
    }
    return Optional.empty();
  }

  /** Pairs of metrics of which one is a part of the other. */
  private static void ratios(List<Watched> watched, List<Trouble> troubles) {
    Map<String, Watched> lines = new HashMap<>();
    watched.forEach(line -> lines.put(key(line, line.line().metric()), line));
    for (Watched line : watched) {
      switch (line.line().metric()) {
        case "container_memory_working_set_bytes" ->
            full(line, limit(lines, line), false, "of its memory limit is in use", 0.75, troubles);
        case "container_fs_usage_bytes" ->
            full(
                line,
                lines.get(key(line, "container_fs_limit_bytes")),
                false,
                "of its disk is in use",
                0.85,
                troubles);
        case "node_memory_MemAvailable_bytes" ->
            full(
                line,
                lines.get(key(line, "node_memory_MemTotal_bytes")),
                true,
                "of the host's memory is in use",
                0.75,
                troubles);
        case "node_filesystem_avail_bytes" ->
            full(
                line,
                lines.get(key(line, "node_filesystem_size_bytes")),
                true,
                "of the disk is in use",
                0.85,
                troubles);
        case "container_cpu_cfs_throttled_periods_total" ->
            throttled(line, lines.get(key(line, "container_cpu_cfs_periods_total")), troubles);
        default -> {
          // The others are judged alone.
        }
      }
    }
  }

  private static String key(Watched line, String metric) {
    Map<String, String> labels = new TreeMap<>(line.line().labels());
    labels.keySet().removeAll(List.of("resource", "status", "message"));
    return metric + labels;
  }

  private static @org.jspecify.annotations.Nullable Watched limit(
      Map<String, Watched> lines, Watched line) {
    Watched spec = lines.get(key(line, "container_spec_memory_limit_bytes"));
    return spec == null ? lines.get(key(line, "kube_pod_container_resource_limits")) : spec;
  }

  private static void full(
      Watched part,
      @org.jspecify.annotations.Nullable Watched whole,
      boolean isWhatIsLeft,
      String says,
      double strength,
      List<Trouble> troubles) {
    if (whole == null || part.recent().isEmpty() || !(whole.highest() > 0)) {
      return;
    }
    double now = share(part.last(), whole.highest(), isWhatIsLeft);
    double before = share(part.usual(), whole.highest(), isWhatIsLeft);
    if (now >= NEARLY_FULL && !(before >= 0.9)) {
      troubles.add(
          Trouble.of(
              strength,
              part.where()
                  + ": "
                  + Text.percent(now)
                  + " "
                  + says
                  + (Double.isNaN(before) ? "" : ", " + Text.percent(before) + " before"),
              part,
              now,
              before));
    }
  }

  private static double share(double part, double whole, boolean isWhatIsLeft) {
    double share = part / whole;
    return isWhatIsLeft ? 1 - share : share;
  }

  private static void throttled(
      Watched part, @org.jspecify.annotations.Nullable Watched whole, List<Trouble> troubles) {
    if (whole == null || whole.increase() <= 0) {
      return;
    }
    double lately =
        whole.increaseLately() <= 0 ? 0 : part.increaseLately() / whole.increaseLately();
    double now = Math.max(part.increase() / whole.increase(), lately);
    double before =
        whole.mostIncreaseBefore() <= 0
            ? 0
            : part.mostIncreaseBefore() / whole.mostIncreaseBefore();
    if (now >= THROTTLED && now >= 2 * before) {
      troubles.add(
          Trouble.of(
              0.7,
              part.where()
                  + " is throttled in "
                  + Text.percent(now)
                  + " of CPU periods, "
                  + Text.percent(before)
                  + " before",
              part,
              now,
              before));
    }
  }

  /** Whether there were logs to look in. */
  private static boolean mentions(Case subject, Evidence evidence, List<Trouble> troubles)
      throws EvidenceException {
    Catalog catalog = evidence.events().catalog(subject.model(), Dataset.APPLICATION);
    if (catalog.isEmpty() || !(catalog.has(Fields.MESSAGE) || catalog.has(Fields.ERROR_MESSAGE))) {
      return false;
    }
    Query own = Query.of(subject.model(), Dataset.APPLICATION);
    Mentions mentions = Mentions.read(subject, evidence, own, HostTrouble.WORDS);
    if (mentions.isNew()) {
      troubles.add(said(subject, evidence, mentions));
    } else if (catalog.has(Fields.HOST) && catalog.has(Fields.SERVICE)) {
      Mentions others = ofItsHosts(subject, evidence);
      if (others.isNew()) {
        troubles.add(said(subject, evidence, others));
      }
    }
    return mentions.events() + mentions.eventsBefore() > 0;
  }

  /** What kernels, kubelets and drivers log on the machines that the model runs on. */
  private static Mentions ofItsHosts(Case subject, Evidence evidence) throws EvidenceException {
    Set<String> hosts = new TreeSet<>();
    for (Dataset dataset : List.of(Dataset.INFERENCE, Dataset.APPLICATION)) {
      evidence
          .events()
          .values(
              Query.of(subject.model(), dataset), Fields.HOST, Optional.of(subject.horizon()), 20)
          .forEach(host -> hosts.add(host.value()));
    }
    Query query =
        Query.ofAnyService(subject.model())
            .and(new Condition.Is(Fields.HOST, List.copyOf(hosts)))
            .and(Condition.is(Fields.SERVICE, subject.model().service()).negate());
    return Mentions.read(subject, evidence, query, HostTrouble.WORDS);
  }

  private static Trouble said(Case subject, Evidence evidence, Mentions mentions)
      throws EvidenceException {
    Query query = mentions.query();
    Condition said = HostTrouble.WORDS.said();
    Event newest = mentions.sample().get(0);
    String kind = HostTrouble.WORDS.kind(newest).orElse("it");
    List<ValueCount> hosts =
        evidence.events().values(query.and(said), Fields.HOST, Optional.of(subject.window()), 3);
    String text =
        (hosts.isEmpty() ? "A host" : Text.list(hosts.stream().map(ValueCount::value).toList(), 3))
            + " has trouble with "
            + kind
            + ": "
            + Text.count(mentions.real(), "line")
            + " such as “"
            + LogLine.of(newest)
            + "”";
    return new Trouble(
        Math.min(0.92, 0.78 + 0.03 * mentions.real()),
        text,
        Fact.of(
                text,
                hosts.isEmpty() ? subject.model().service() : hosts.get(0).value(),
                (double) mentions.real(),
                (double) mentions.usual(),
                "count")
            .linked(evidence.events().link(query.and(said), subject.window()).orElse(null)),
        List.of(new Signal.Share("share of lines about " + kind, query, said)));
  }

  private static Outcome.Found found(List<Trouble> troubles) {
    troubles.sort(
        Comparator.comparingDouble(Trouble::strength).reversed().thenComparing(Trouble::text));
    Trouble worst = troubles.get(0);
    return new Outcome.Found(
        worst.strength() >= 0.8 ? Severity.CRITICAL : Severity.WARNING,
        Math.min(0.95, worst.strength() + 0.03 * (troubles.size() - 1)),
        worst.text()
            + (troubles.size() > 1
                ? "; " + Text.count(troubles.size() - 1, "other sign") + " of trouble"
                : ""),
        troubles.stream().limit(SHOWN).map(Trouble::fact).toList(),
        troubles.stream().limit(SHOWN).flatMap(trouble -> trouble.signals().stream()).toList(),
        Optional.empty());
  }
}
