package dev.samovar.page;

import dev.samovar.checks.Change;
import dev.samovar.checks.CheckId;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Opinion;
import dev.samovar.report.Format;
import dev.samovar.report.Wording;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts a report into the order and the words of the page. Pure but for the runbooks it reads. */
final class Composer {
  private static final int MOST_CHANGES = 15;

  /** As Slack writes people. */
  private static final Pattern MENTION = Pattern.compile("<@[UW][A-Z0-9]{1,30}(?:\\|[^<>]*)?>");

  private final RunbookReader runbooks;

  Composer(RunbookReader runbooks) {
    this.runbooks = runbooks;
  }

  /**
   * @param incident what became of it; empty where nobody keeps that
   */
  Sheet compose(
      Report report, List<Picture> pictures, Optional<Incident> incident, Optional<Course> course) {
    List<Moment> moments = moments(report);
    List<CauseCard> causes = new ArrayList<>();
    for (Report.Cause cause : report.causes()) {
      causes.add(cause(report, cause, causes.size() + 1, incident));
    }
    return new Sheet(
        Wording.plain(report.model()),
        report.verdict().label(),
        verdict(report.verdict()),
        Wording.plain(headline(report)),
        said(report.text()),
        facts(report),
        Strip.of(report, moments),
        causes,
        pictures,
        moments,
        Math.max(0, report.changes().size() - MOST_CHANGES),
        Wording.otherFindings(report).stream().map(row -> check(report, row, true)).toList(),
        Wording.unchecked(report).stream()
            .map(
                group ->
                    new Sheet.Unseen(
                        group.checks(), Wording.plain(group.reason()), Words.of(group.remedy())))
            .toList(),
        Wording.ruledOut(report),
        report.rows().stream().map(row -> check(report, row, false)).toList(),
        tally(report),
        Command.of(report),
        new RawJson(Format.JSON.render(report).strip(), file(report)),
        course,
        Wording.plain(report.id()),
        Wording.seconds(report.tookMillis()));
  }

  /** What a person said; whoever has the link may read it, so that it names nobody. */
  static String said(String words) {
    return Wording.plain(MENTION.matcher(words).replaceAll("@someone")).strip();
  }

  private static String verdict(Verdict verdict) {
    return switch (verdict) {
      case CAUSE_FOUND -> "Cause found";
      case SYMPTOMS_ONLY -> "Symptoms only";
      case ALL_CLEAR -> "All clear";
      case CANNOT_TELL -> "Cannot tell";
    };
  }

  /** The model stands above it. */
  private static String headline(Report report) {
    String prefix = report.model() + ": ";
    String said =
        report.headline().startsWith(prefix)
            ? report.headline().substring(prefix.length())
            : report.headline();
    return sentence(said);
  }

  private static String sentence(String text) {
    return text.isEmpty() ? "" : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static List<Sheet.Term> facts(Report report) {
    List<Sheet.Term> facts = new ArrayList<>();
    report
        .onset()
        .ifPresent(onset -> facts.add(new Sheet.Term("Began", began(onset, report.window().to()))));
    facts.add(
        new Sheet.Term(
            "Looked at",
            span(report.window().from(), report.window().to())
                + " UTC ("
                + Wording.duration(report.window().length())
                + ")"));
    facts.add(new Sheet.Term("Against", "the " + Wording.plain(report.referenceKind())));
    return facts;
  }

  /** {@code Wed 20 May 13:52 UTC, 1 h 8 min before the look (between 13:46 and 13:56)}. */
  private static String began(Report.Onset onset, Instant looked) {
    Duration ago = Duration.between(onset.at(), looked);
    StringBuilder began = new StringBuilder(Moment.day(onset.at()));
    began.append(' ').append(Moment.clock(onset.at())).append(" UTC");
    if (ago.compareTo(Duration.ofMinutes(1)) >= 0) {
      began.append(", ").append(Wording.duration(ago)).append(" before the look");
    }
    if (!onset.earliest().equals(onset.latest())) {
      began
          .append("; between ")
          .append(
              Moment.isOneDay(onset.earliest(), onset.at())
                      && Moment.isOneDay(onset.at(), onset.latest())
                  ? Moment.clock(onset.earliest()) + " and " + Moment.clock(onset.latest())
                  : Moment.day(onset.earliest())
                      + " "
                      + Moment.clock(onset.earliest())
                      + " and "
                      + Moment.day(onset.latest())
                      + " "
                      + Moment.clock(onset.latest()));
    }
    return began.append("; seen in ").append(Wording.plain(onset.signal())).toString();
  }

  /** {@code Wed 20 May 13:00 to 15:00}. */
  private static String span(Instant from, Instant to) {
    return Moment.day(from)
        + " "
        + Moment.clock(from)
        + " to "
        + (Moment.isOneDay(from, to) ? "" : Moment.day(to) + " ")
        + Moment.clock(to);
  }

  private CauseCard cause(
      Report report, Report.Cause cause, int rank, Optional<Incident> incident) {
    List<Opinion> opinions =
        incident.map(one -> one.opinionsOf(cause.check()).toList()).orElse(List.of());
    long yes = opinions.stream().filter(Opinion::wasIt).count();
    return new CauseCard(
        rank,
        cause.check().id(),
        sentence(cause.check().question()),
        report.headline().contains(cause.summary()),
        Wording.plain(sentence(cause.summary())),
        Math.round(100 * cause.confidence()),
        cause.since().map(Wording::time).orElse(""),
        Evidence.of(cause.evidence()),
        cause.explains().stream().map(CheckId::id).toList(),
        runbooks.firstSteps(cause.check(), report.model()),
        runbooks.read(cause.check(), report.model()),
        opinions.isEmpty()
            ? Optional.empty()
            : Optional.of(new CauseCard.Confirmed(yes, opinions.size() - yes)));
  }

  /**
   * @param isAlone whether it stands for itself, with its runbook
   */
  private CheckCard check(Report report, Report.Row row, boolean isAlone) {
    boolean isFound = row.state() == Report.State.FOUND;
    return new CheckCard(
        row.check().id(),
        row.state().label(),
        isFound ? Wording.severity(row.severity()) : "",
        sentence(row.check().question()),
        Wording.plain(sentence(row.summary())),
        Wording.plain(row.reason()),
        Words.of(row.remedy()),
        Evidence.of(row.evidence()),
        row.tookMillis() < 1000 ? row.tookMillis() + " ms" : Wording.seconds(row.tookMillis()),
        isAlone ? Optional.of(runbooks.read(row.check(), report.model())) : Optional.empty());
  }

  private static String tally(Report report) {
    Map<Report.State, Long> counts =
        report.rows().stream()
            .collect(Collectors.groupingBy(Report.Row::state, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey().label().replace('-', ' '))
        .collect(Collectors.joining(", "));
  }

  private static List<Moment> moments(Report report) {
    List<Moment> moments = new ArrayList<>();
    report.changes().stream()
        .sorted(Comparator.comparing(Change::at).reversed())
        .limit(MOST_CHANGES)
        .forEach(
            change ->
                moments.add(
                    new Moment(
                        change.at(),
                        "change",
                        "Changed",
                        Wording.plain(change.describe()),
                        Link.of(change.url()),
                        change.routine())));
    moments.add(
        new Moment(
            report.window().from(),
            "look",
            "From here on Samovar looked",
            "",
            Optional.empty(),
            true));
    report
        .onset()
        .ifPresent(
            onset ->
                moments.add(
                    new Moment(
                        onset.at(),
                        "onset",
                        "It began",
                        "seen in " + Wording.plain(onset.signal()),
                        Optional.empty(),
                        false)));
    for (Report.Cause cause : report.causes()) {
      cause
          .since()
          .filter(since -> report.onset().filter(one -> one.at().equals(since)).isEmpty())
          .ifPresent(
              since ->
                  moments.add(
                      new Moment(
                          since,
                          "cause",
                          cause.check().id(),
                          Wording.plain(cause.summary()),
                          Optional.empty(),
                          false)));
    }
    moments.add(
        new Moment(report.window().to(), "look", "Samovar looked", "", Optional.empty(), true));
    moments.sort(Comparator.comparing(Moment::at));
    return moments;
  }

  /** Only letters that every file system takes. */
  private static String file(Report report) {
    String model = report.model().replaceAll("[^A-Za-z0-9._-]", "_");
    String id = report.id().replaceAll("[^A-Za-z0-9._-]", "_");
    return "samovar-"
        + model.substring(0, Math.min(60, model.length()))
        + "-"
        + id.substring(0, Math.min(40, id.length()))
        + ".json";
  }
}
