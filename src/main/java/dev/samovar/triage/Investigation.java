package dev.samovar.triage;

import dev.samovar.checks.Case;
import dev.samovar.checks.Change;
import dev.samovar.checks.ChangeLog;
import dev.samovar.checks.Check;
import dev.samovar.checks.Figure;
import dev.samovar.checks.Onset;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Request → window and reference → the checks side by side under one deadline → onset → ranking →
 * report.
 */
public final class Investigation implements Triage {
  private static final Logger LOG = LoggerFactory.getLogger(Investigation.class);
  private static final Duration CHANGES_BEFORE_ONSET = Duration.ofHours(24);
  private static final int MOST_CHANGES = 20;

  private final EvidenceSource source;
  private final List<Check> checks;
  private final ExecutorService workers;
  private final Duration deadline;
  private final Supplier<String> ids;

  /**
   * @param workers on which checks run side by side; not shut down here
   * @param deadline for a whole investigation; 20 s is customary
   * @param ids a new id for each investigation
   */
  public Investigation(
      EvidenceSource source,
      List<Check> checks,
      ExecutorService workers,
      Duration deadline,
      Supplier<String> ids) {
    this.source = source;
    this.checks = List.copyOf(checks);
    this.workers = workers;
    this.deadline = deadline;
    this.ids = ids;
  }

  @Override
  public Report investigate(Request request, Progress progress) {
    long begun = System.nanoTime();
    String id = ids.get();
    Evidence opened = source.open(id, deadline);
    Remembered remembered = new Remembered(opened.events());
    Evidence evidence = opened.with(remembered);
    Function<Caveats, Evidence> heeding =
        caveats -> opened.noting(caveats::add).with(remembered.heeding(caveats));
    Round round = new Round(workers, begun + deadline.toNanos(), deadline, progress);

    Round.Answer<References> references =
        round.ask(() -> References.of(request.model(), request.window(), evidence));
    References normal = references.value().orElse(References.assumed(request.window()));
    Case subject =
        new Case(
            request.model(),
            request.window(),
            normal.windows(),
            normal.kind(),
            Beginning.horizon(request.window()),
            Optional.empty());

    Caveats unrecorded = new Caveats();
    Round.Question<ChangeLog> changeLog =
        round.start(() -> ChangeLog.read(subject, evidence.noting(unrecorded::add)));
    round.run(checks.stream().filter(check -> !check.afterOnset()).toList(), subject, heeding);
    Round.Answer<ChangeLog> changes = changeLog.await();

    List<Finding> symptoms = round.findings(checks);
    Round.Answer<Optional<Beginning.Seen>> beginning =
        round.ask(() -> Beginning.of(symptoms, subject.horizon(), evidence));
    Optional<Report.Onset> onset =
        beginning.value().flatMap(seen -> seen.map(Beginning.Seen::onset));
    Optional<SignalChanges.Seen> change =
        beginning.value().flatMap(seen -> seen.flatMap(Beginning.Seen::change));
    // Only a picture needs it: it is read beside the late checks, and nobody waits for it alone.
    Optional<Round.Question<Figure.Course>> usual =
        change.map(seen -> round.start(() -> SignalChanges.withUsual(seen, evidence)));

    List<Check> late = checks.stream().filter(Check::afterOnset).toList();
    if (changes.value().isPresent()) {
      Case.Aftermath aftermath =
          new Case.Aftermath(
              !symptoms.isEmpty(),
              onset.map(seen -> new Onset(seen.at(), seen.earliest(), seen.latest())),
              changes.value().get());
      round.run(late, subject.after(aftermath), heeding, unrecorded);
    } else {
      Result failure = changes.failure().orElseThrow();
      late.forEach(check -> round.settle(check.id(), failure, 0));
    }

    List<Finding> findings = round.findings(checks);
    List<Report.Cause> causes = Ranking.of(findings, onset);
    Conclusion conclusion = Conclusion.of(request, findings, causes, round.results());
    List<Report.Exhibit> exhibits =
        Exhibits.of(findings, change, usual.flatMap(question -> question.await().value()));
    long tookMillis = millisSince(begun);
    Report report =
        new Report(
            id,
            request.model().name(),
            request.text(),
            request.window(),
            normal.kind(),
            normal.windows(),
            conclusion.verdict(),
            conclusion.headline(),
            onset,
            conclusion.verdict() == Verdict.CAUSE_FOUND ? causes : List.of(),
            round.rows(),
            changes.value().map(log -> around(log.changes(), request, onset)).orElse(List.of()),
            round.results().values().stream().anyMatch(Result::isReached),
            tookMillis,
            exhibits);
    LOG.info(
        "{}: {} {} in {} ms: {}",
        id,
        report.model(),
        report.verdict().label(),
        tookMillis,
        causes.stream().map(cause -> cause.check().id()).toList());
    return report;
  }

  private static List<Change> around(
      List<Change> changes, Request request, Optional<Report.Onset> onset) {
    Instant from =
        onset.map(Report.Onset::at).orElse(request.window().from()).minus(CHANGES_BEFORE_ONSET);
    return changes.stream()
        .filter(change -> !change.at().isBefore(from))
        .limit(MOST_CHANGES)
        .toList();
  }

  private static long millisSince(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
  }
}
