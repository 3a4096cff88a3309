package dev.samovar.checks;

import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Fields;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Tally;
import dev.samovar.evidence.ValueCount;
import dev.samovar.evidence.Window;
import dev.samovar.signatures.Signature;
import dev.samovar.statistics.Proportions;
import dev.samovar.statistics.RobustSpread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Errors say that something is wrong and often what. Every service has its daily errors: only those
 * that are new, or far more than in any of the reference windows, count; and lines that are always
 * there and now are not.
 */
final class ErrorBurst implements Check {
  static final List<String> LEVELS =
      List.of(
          "ERROR",
          "error",
          "Error",
          "FATAL",
          "fatal",
          "Fatal",
          "CRITICAL",
          "critical",
          "Critical",
          "SEVERE",
          "severe",
          "ALERT",
          "alert",
          "EMERGENCY",
          "emergency");

  private static final int FEWEST = 10;
  private static final double CERTAIN = 0.001;

  /** A failure rate that rose by less than this is nobody's complaint. */
  private static final double SMALLEST_RISE = 0.01;

  private static final int SHOWN = 4;

  @Override
  public CheckId id() {
    return CheckId.ERROR_BURST;
  }

  @Override
  public Set<CheckId> explains() {
    return Set.of(CheckId.SERVING_HEALTH);
  }

  @Override
  public Outcome examine(Case subject, Evidence evidence) throws EvidenceException {
    Catalog predictions = evidence.events().catalog(subject.model(), Dataset.INFERENCE);
    Catalog application = evidence.events().catalog(subject.model(), Dataset.APPLICATION);
    boolean hasOutcomes = predictions.has(Fields.OUTCOME);
    boolean hasLevels = application.has(Fields.LEVEL);
    String remedy =
        "send the service's logs to "
            + subject.model().index(Dataset.APPLICATION)
            + " with service.name: "
            + subject.model().service()
            + " and log.level, and event.outcome with each prediction";
    if (!hasOutcomes && !hasLevels) {
      return Outcome.notSetUp(
          "neither outcomes nor levels are logged ("
              + (application.isEmpty()
                  ? application.absence()
                  : "no log.level in " + application.expression())
              + ")",
          remedy);
    }
    Findings findings = new Findings();
    if (hasOutcomes) {
      failures(subject, evidence, findings);
    }
    if (hasLevels) {
      errors(subject, evidence, findings);
    }
    if (findings.events == 0 && findings.eventsBefore == 0) {
      return Outcome.notSetUp(
          "neither outcomes of predictions nor levels of log lines are logged", remedy);
    }
    if (findings.events == 0) {
      return Outcome.blind(
          "neither predictions nor log lines of " + subject.model().service() + " in the window",
          remedy);
    }
    if (findings.facts.isEmpty()) {
      return Outcome.clear(
          "errors are no more frequent than usual ("
              + Text.count(findings.errors, "error")
              + " in "
              + Text.count(findings.events, "event")
              + ")");
    }
    return new Outcome.Found(
        findings.strength >= 0.85 ? Severity.CRITICAL : Severity.WARNING,
        findings.strength,
        findings.summary,
        findings.facts,
        findings.signals,
        Optional.empty());
  }

  /** Gathers what the parts of this check find. */
  private static final class Findings {
    private long events;
    private long eventsBefore;
    private long errors;
    private String summary = "";
    private double strength;
    private final List<Fact> facts = new ArrayList<>();
    private final List<Signal> signals = new ArrayList<>();

    void add(String sentence, double strong, Fact fact, Signal signal) {
      if (summary.isEmpty()) {
        summary = sentence;
      }
      strength = Math.max(strength, strong);
      facts.add(fact);
      signals.add(signal);
    }
  }

  private static List<Tally> tallies(
      Case subject, Evidence evidence, Query query, Map<String, Condition> conditions)
      throws EvidenceException {
    List<Window> windows = new ArrayList<>();
    windows.add(subject.window());
    windows.addAll(subject.reference());
    return evidence.events().tally(query, windows, conditions);
  }

  private static void failures(Case subject, Evidence evidence, Findings findings)
      throws EvidenceException {
    Query query = Query.of(subject.model(), Dataset.INFERENCE);
    Condition failure = Condition.is(Fields.OUTCOME, "failure");
    List<Tally> tallies =
        tallies(
            subject,
            evidence,
            query.and(new Condition.Present(Fields.OUTCOME)),
            Map.of("failed", failure));
    Tally now = tallies.get(0);
    findings.events += now.total();
    findings.eventsBefore += before(tallies);
    findings.errors += now.of("failed");
    List<Tally> before =
        tallies.subList(1, tallies.size()).stream().filter(tally -> tally.total() > 0).toList();
    long totalBefore = before.stream().mapToLong(Tally::total).sum();
    long failedBefore = before.stream().mapToLong(tally -> tally.of("failed")).sum();
    double share = now.share("failed");
    double usual =
        RobustSpread.median(before.stream().mapToDouble(tally -> tally.share("failed")).toArray());
    double most = before.stream().mapToDouble(tally -> tally.share("failed")).max().orElse(0);
    if (now.of("failed") < FEWEST
        || totalBefore == 0
        || share <= most
        || share - usual < SMALLEST_RISE
        || share < 2 * usual
        || Proportions.twoProportions(failedBefore, totalBefore, now.of("failed"), now.total()).p()
            >= CERTAIN) {
      return;
    }
    List<ValueCount> types =
        evidence
            .events()
            .values(query.and(failure), Fields.ERROR_TYPE, Optional.of(subject.window()), 3);
    String named =
        types.isEmpty()
            ? ""
            : ", mostly " + types.get(0).value() + " (" + Text.count(types.get(0).count()) + ")";
    String sentence =
        "Requests fail: " + Text.percent(share) + ", " + Text.percent(usual) + " before" + named;
    findings.add(
        sentence,
        Math.min(0.95, 0.7 + share),
        Fact.of(sentence, subject.model().fieldName(Fields.OUTCOME), share, usual, "share")
            .linked(evidence.events().link(query.and(failure), subject.window()).orElse(null)),
        new Signal.Share("share of failed requests", query, failure));
  }

  private static void errors(Case subject, Evidence evidence, Findings findings)
      throws EvidenceException {
    Query query = Query.of(subject.model(), Dataset.APPLICATION);
    Condition error = new Condition.Is(Fields.LEVEL, LEVELS);
    List<Tally> tallies =
        tallies(
            subject,
            evidence,
            query.and(new Condition.Present(Fields.LEVEL)),
            Map.of("errors", error));
    Tally now = tallies.get(0);
    findings.events += now.total();
    findings.eventsBefore += before(tallies);
    findings.errors += now.of("errors");
    List<Tally> before = tallies.subList(1, tallies.size());
    if (before.stream().allMatch(tally -> tally.total() == 0)) {
      return;
    }
    LogPatterns log = new LogPatterns(subject, evidence);
    if (now.of("errors") > 0) {
      patterns(log, evidence, subject, query.and(error), findings);
    }
    if (LogPatterns.isSurge(counts(tallies, "errors"))) {
      double usual = usual(before, "errors");
      String sentence =
          "Errors surge in the log: "
              + Text.count(now.of("errors"))
              + ", usually "
              + Text.count(Math.round(usual))
              + " in that time";
      findings.add(
          sentence,
          0.8,
          Fact.of(sentence, subject.model().service(), (double) now.of("errors"), usual, "count")
              .linked(evidence.events().link(query.and(error), subject.window()).orElse(null)),
          new Signal.Share("share of error lines", query, error));
    }
    if (now.total() > 0) {
      vanished(log, evidence, subject, findings);
    }
  }

  private static void patterns(
      LogPatterns log, Evidence evidence, Case subject, Query errors, Findings findings)
      throws EvidenceException {
    int shown = 0;
    for (LogPatterns.Pattern pattern : log.errors(errors)) {
      if (shown == SHOWN || !pattern.isSurging()) {
        continue;
      }
      shown++;
      String word = pattern.usual() == 0 ? "new" : "surging";
      findings.add(
          "A "
              + word
              + " error"
              + pattern.known().map(known -> " (" + named(known) + ")").orElse("")
              + ": "
              + Text.count(pattern.now())
              + " times “"
              + pattern.template().example()
              + "”",
          pattern.usual() == 0 ? 0.8 : 0.75,
          Fact.of(
                  word
                      + " pattern: “"
                      + pattern.template().text()
                      + "”"
                      + pattern.known().map(known -> ", known as " + named(known)).orElse(""),
                  subject.model().service(),
                  (double) pattern.now(),
                  pattern.usual(),
                  "count")
              .linked(
                  evidence
                      .events()
                      .link(errors.and(pattern.lines()), subject.window())
                      .orElse(null)),
          new Signal.Share(
              "share of “" + pattern.template().text() + "”",
              Query.of(subject.model(), Dataset.APPLICATION),
              pattern.lines()));
    }
  }

  /** {@code gpu-oom, PyTorch}. */
  private static String named(Signature signature) {
    return signature.cause() + ", " + signature.software();
  }

  private static void vanished(LogPatterns log, Evidence evidence, Case subject, Findings findings)
      throws EvidenceException {
    Query all = Query.of(subject.model(), Dataset.APPLICATION);
    for (LogPatterns.Pattern pattern : log.vanished()) {
      String sentence =
          "A line that is always there is missing: “"
              + pattern.template().example()
              + "”, usually "
              + Text.count(Math.round(pattern.usual()))
              + " times";
      findings.add(
          sentence,
          0.55,
          Fact.of(
                  "vanished pattern: “" + pattern.template().text() + "”",
                  subject.model().service(),
                  0.0,
                  pattern.usual(),
                  "count")
              .linked(
                  evidence.events().link(all.and(pattern.lines()), subject.horizon()).orElse(null)),
          new Signal.Volume(
              "number of “" + pattern.template().text() + "”", all.and(pattern.lines())));
    }
  }

  private static long before(List<Tally> tallies) {
    return tallies.subList(1, tallies.size()).stream().mapToLong(Tally::total).sum();
  }

  private static long[] counts(List<Tally> tallies, String name) {
    return tallies.stream().mapToLong(tally -> tally.of(name)).toArray();
  }

  private static double usual(List<Tally> before, String name) {
    return RobustSpread.median(
        before.stream().mapToDouble(tally -> (double) tally.of(name)).toArray());
  }
}
