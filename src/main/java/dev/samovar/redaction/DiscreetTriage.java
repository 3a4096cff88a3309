package dev.samovar.redaction;

import dev.samovar.checks.Change;
import dev.samovar.checks.Fact;
import dev.samovar.triage.Progress;
import dev.samovar.triage.Report;
import dev.samovar.triage.Request;
import dev.samovar.triage.Triage;
import java.util.List;
import java.util.Optional;

/**
 * Reports without secrets: whatever face shows them, in whatever format, and whatever keeps them,
 * has them from here.
 */
public final class DiscreetTriage implements Triage {
  private final Triage triage;
  private final Redaction redaction;

  public DiscreetTriage(Triage triage, Redaction redaction) {
    this.triage = triage;
    this.redaction = redaction;
  }

  @Override
  public Report investigate(Request request, Progress progress) {
    return redacted(
        triage.investigate(
            request, (done, total, row) -> progress.checked(done, total, redacted(row))));
  }

  private Report redacted(Report report) {
    return new Report(
        report.id(),
        report.model(),
        redaction.of(report.text()),
        report.window(),
        report.referenceKind(),
        report.reference(),
        report.verdict(),
        redaction.of(report.headline()),
        report
            .onset()
            .map(
                onset ->
                    new Report.Onset(
                        onset.at(),
                        onset.earliest(),
                        onset.latest(),
                        redaction.of(onset.signal()))),
        report.causes().stream().map(this::redacted).toList(),
        report.rows().stream().map(this::redacted).toList(),
        report.changes().stream().map(this::redacted).toList(),
        report.reached(),
        report.tookMillis(),
        report.exhibits());
  }

  private Report.Cause redacted(Report.Cause cause) {
    return new Report.Cause(
        cause.check(),
        cause.confidence(),
        of(cause.summary(), cause.evidence()),
        cause.since(),
        facts(cause.evidence()),
        cause.explains(),
        cause.runbook());
  }

  private Report.Row redacted(Report.Row row) {
    return new Report.Row(
        row.check(),
        row.state(),
        row.severity(),
        of(row.summary(), row.evidence()),
        redaction.of(row.reason()),
        redaction.of(row.remedy()),
        facts(row.evidence()),
        row.tookMillis());
  }

  /** A summary repeats the first fact, and is about what that is about. */
  private String of(String summary, List<Fact> evidence) {
    String subject = evidence.isEmpty() ? "" : evidence.get(0).subject();
    return redaction.of(subject, summary);
  }

  private List<Fact> facts(List<Fact> facts) {
    return facts.stream()
        .map(
            fact ->
                new Fact(
                    redaction.of(fact.subject(), fact.text()),
                    fact.now(),
                    fact.before(),
                    fact.unit(),
                    redaction.of(fact.subject(), fact.subject()),
                    address(fact.link())))
        .toList();
  }

  /** A link with a secret in it leads nowhere any more: there is none. */
  private Optional<String> address(Optional<String> link) {
    return link.filter(url -> redaction.of(url).equals(url));
  }

  private Change redacted(Change change) {
    return new Change(
        change.at(),
        change.kind(),
        redaction.of(change.component()),
        redaction.of(change.component(), change.from()),
        redaction.of(change.component(), change.to()),
        author(change.author()),
        address(Optional.of(change.url())).orElse(""),
        redaction.of(change.summary()),
        change.routine());
  }

  /** A person is named by what stands before the {@code @}: somebody must be asked about it. */
  private String author(String author) {
    String redacted = redaction.of(author);
    int at = author.indexOf('@');
    return !redacted.equals(author) && at > 0 && author.matches("[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+")
        ? redaction.of(author.substring(0, at))
        : redacted;
  }
}
