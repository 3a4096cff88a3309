package dev.samovar.slack;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import dev.samovar.checks.Change;
import dev.samovar.checks.CheckId;
import dev.samovar.checks.Fact;
import dev.samovar.incidents.Explanation;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Opinion;
import dev.samovar.incidents.Publication;
import dev.samovar.incidents.Run;
import dev.samovar.incidents.State;
import dev.samovar.incidents.Watch;
import dev.samovar.report.Wording;
import dev.samovar.runbooks.Runbooks;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The one message that tells an incident's present state: the conclusion first and in the text that
 * notifications show, nothing by colour alone, buttons that show what was pressed. Pure: the same
 * incident gives the same message.
 */
final class AnswerMessage {
  private static final int CAUSES = 3;
  private static final int FACTS = 3;
  private static final Duration HALF_A_DAY = Duration.ofHours(12);

  // Slack takes about 12,000 characters a message; these leave room for the buttons.
  private static final int LEAD = 1500;
  private static final int FIRST_CAUSE = 2400;
  private static final int CAUSE = 1200;
  private static final int SEEN = 1200;
  private static final int BEFORE = 1000;
  private static final int FOOTER = 2200;

  private static final String FORGETFUL =
      "My store does not answer just now: I remember this thread in memory only, know nothing of"
          + " earlier ones, and write it down when the store is back.\n";

  private final Runbooks runbooks;
  private final Function<Incident, Optional<String>> pages;

  AnswerMessage(Runbooks runbooks) {
    this(runbooks, incident -> Optional.empty());
  }

  /**
   * @param pages the way to an incident's page; none where no pages are served
   */
  AnswerMessage(Runbooks runbooks, Function<Incident, Optional<String>> pages) {
    this.runbooks = runbooks;
    this.pages = pages;
  }

  /**
   * @param seenBefore lines about earlier incidents; empty where none is similar
   * @param onCall who is, for the model's team
   * @param forgetful whether the store is away
   */
  OutgoingMessage of(
      Incident incident, List<String> seenBefore, Optional<String> onCall, boolean forgetful) {
    return incident
        .report()
        .map(report -> of(incident, report, seenBefore, onCall, forgetful))
        .orElseGet(() -> unfinished(incident));
  }

  private static OutgoingMessage unfinished(Incident incident) {
    String model = SlackText.escape(incident.opening().model());
    if (incident.running()) {
      return looking(incident, "");
    }
    String sorry =
        "I could not look at "
            + model
            + ": something in me broke. The operators find it in my log; *Run again* tries again.";
    return new OutgoingMessage(
        sorry, List.of(Layout.section(sorry), Layout.actions(List.of(again(incident)))), sorry);
  }

  /**
   * @param progress how far; empty at the beginning
   */
  static OutgoingMessage looking(Incident incident, String progress) {
    String who =
        incident.opening().because().isEmpty() && !incident.opening().asker().isEmpty()
            ? SlackText.mention(incident.opening().asker()) + " asked: "
            : "";
    String text =
        who + "looking at " + SlackText.escape(incident.opening().model()) + " … " + progress;
    return OutgoingMessage.of(text.strip(), List.of(Layout.section(text.strip())));
  }

  private OutgoingMessage of(
      Incident incident,
      Report report,
      List<String> seenBefore,
      Optional<String> onCall,
      boolean forgetful) {
    String text = Wording.verdict(report.verdict()) + ": " + SlackText.escape(report.headline());
    List<String> plain = new ArrayList<>();
    List<LayoutBlock> blocks = new ArrayList<>();
    blocks.add(
        Layout.header(
            icon(report.verdict())
                + " "
                + Wording.verdict(report.verdict())
                + " · "
                + SlackText.cut(report.model(), 90)));
    String lead = SlackText.cut(lead(incident, report, onCall), LEAD);
    plain.add(Wording.verdict(report.verdict()) + ": " + lead);
    blocks.add(Layout.section(lead));
    int rank = 0;
    for (Report.Cause cause :
        report.causes().subList(0, Math.min(CAUSES, report.causes().size()))) {
      String told =
          SlackText.cut(cause(incident, report, cause, rank), rank == 0 ? FIRST_CAUSE : CAUSE);
      plain.add(told);
      blocks.add(Layout.section(told));
      blocks.add(judging(incident, cause, rank++));
    }
    String seen = SlackText.cut(seen(report), SEEN);
    if (!seen.isEmpty()) {
      plain.add(seen);
      blocks.add(Layout.section(seen));
    }
    if (!seenBefore.isEmpty()) {
      String told = seenBefore(seenBefore);
      plain.add(told);
      blocks.add(Layout.section(told));
    }
    String footer = SlackText.cut((forgetful ? FORGETFUL : "") + footer(incident, report), FOOTER);
    plain.add(footer);
    blocks.add(Layout.context(footer));
    blocks.add(first(incident, report));
    blocks.add(further(incident));
    return new OutgoingMessage(text, blocks, String.join("\n", plain));
  }

  private static String icon(Verdict verdict) {
    return switch (verdict) {
      case CAUSE_FOUND -> ":rotating_light:";
      case SYMPTOMS_ONLY -> ":warning:";
      case ALL_CLEAR -> ":white_check_mark:";
      case CANNOT_TELL -> ":grey_question:";
    };
  }

  private static String lead(Incident incident, Report report, Optional<String> onCall) {
    StringBuilder lead =
        new StringBuilder(told(withoutModel(report.headline(), report.model()), 600));
    report.onset().ifPresent(onset -> lead.append("\n*Began* ").append(began(onset)));
    incident.owner().ifPresent(owner -> lead.append("\n*On it* ").append(SlackText.mention(owner)));
    if (incident.owner().isEmpty() && incident.state() != State.RESOLVED) {
      onCall.ifPresent(who -> lead.append("\n*On call* ").append(who));
    }
    if (incident.state() == State.RESOLVED) {
      lead.append("\n:white_check_mark: *Resolved*");
    }
    for (Explanation explanation : incident.explanations()) {
      lead.append("\n*What it was* “")
          .append(SlackText.cut(SlackText.escape(explanation.words()), 300))
          .append("” ")
          .append(SlackText.mention(explanation.user()));
    }
    unnamed(incident, report).ifPresent(opinion -> lead.append("\n*What it was* ").append(opinion));
    incident.watch().ifPresent(watch -> lead.append("\n").append(watching(watch)));
    if (incident.runs().size() > 1) {
      lead.append("\n").append(looks(incident.runs(), report));
    }
    if (incident.running()) {
      lead.append("\n_Looking again …_");
    }
    return lead.toString();
  }

  /** Confirmed causes that the report does not name have no place of their own below. */
  private static Optional<String> unnamed(Incident incident, Report report) {
    List<CheckId> shown = report.causes().stream().limit(CAUSES).map(Report.Cause::check).toList();
    String said =
        incident.opinions().stream()
            .filter(opinion -> opinion.wasIt() && !shown.contains(opinion.cause()))
            .map(opinion -> opinion.cause().id() + " " + SlackText.mention(opinion.user()))
            .collect(Collectors.joining(", "));
    return said.isEmpty() ? Optional.empty() : Optional.of(said);
  }

  /** Where the model stands beside it already. */
  static String withoutModel(String headline, String model) {
    String prefix = model + ": ";
    return headline.startsWith(prefix) ? headline.substring(prefix.length()) : headline;
  }

  /** Of our own report, in the reader's time. */
  static String told(String text, int most) {
    return SlackText.withTimes(SlackText.cut(SlackText.escape(text), most));
  }

  private static String began(Report.Onset onset) {
    if (onset.earliest().equals(onset.latest())) {
      return SlackText.time(onset.at());
    }
    boolean isPlain = Duration.between(onset.earliest(), onset.latest()).compareTo(HALF_A_DAY) < 0;
    return SlackText.time(onset.at())
        + " (between "
        + (isPlain ? SlackText.clock(onset.earliest()) : SlackText.time(onset.earliest()))
        + " and "
        + (isPlain ? SlackText.clock(onset.latest()) : SlackText.time(onset.latest()))
        + ")";
  }

  private static String watching(Watch watch) {
    return "*Watched* until it is well, until "
        + SlackText.time(watch.until())
        + " at the longest"
        + (watch.wellRuns() == 0
            ? ""
            : "; " + watch.wellRuns() + " of " + Watch.ENOUGH + " looks in a row found nothing");
  }

  private static String looks(List<Run> runs, Report report) {
    Run last = runs.get(runs.size() - 1);
    return "*Looked* "
        + runs.size()
        + " times, last "
        + SlackText.time(last.at())
        + (last.verdict() == report.verdict() && last.headline().equals(report.headline())
            ? ""
            : ": "
                + Wording.verdict(last.verdict())
                + " in the last minutes, "
                + SlackText.cut(SlackText.escape(last.headline()), 250));
  }

  private String cause(Incident incident, Report report, Report.Cause cause, int rank) {
    // The headline says the first cause already.
    boolean isSaid = rank == 0 && report.headline().contains(cause.summary());
    List<String> title = new ArrayList<>();
    title.add(
        (rank == 0 ? "*Most likely: " : "*Also possible: ")
            + cause.check().id()
            + "* ("
            + Wording.confidence(cause.confidence())
            + ")");
    List<String> lines = new ArrayList<>();
    if (!isSaid) {
      lines.add(told(cause.summary(), 400));
    }
    String said = isSaid ? report.headline() : cause.summary();
    for (Fact fact : cause.evidence()) {
      Optional<String> logs = fact.link().map(link -> SlackText.link(link, "logs"));
      if (says(said, fact.text())) {
        logs.filter(link -> !title.contains(link)).ifPresent(title::add);
      } else {
        lines.add("• " + told(fact.text(), 350) + logs.map(link -> " " + link).orElse(""));
      }
    }
    runbooks.link(cause.check()).map(link -> SlackText.link(link, "runbook")).ifPresent(title::add);
    StringBuilder text = new StringBuilder(String.join(" · ", title));
    lines.stream()
        .limit(isSaid ? FACTS : FACTS + 1)
        .forEach(line -> text.append("\n").append(line));
    List<String> steps = rank == 0 ? runbooks.firstSteps(cause.check()) : List.<String>of();
    if (!steps.isEmpty()) {
      text.append("\n*First steps*");
    }
    int number = 1;
    for (String step : steps) {
      text.append("\n").append(number++).append(". ").append(Checklist.words(step, report.model()));
    }
    String opinions =
        incident
            .opinionsOf(cause.check())
            .map(AnswerMessage::opinion)
            .collect(Collectors.joining(", "));
    if (!opinions.isEmpty()) {
      text.append("\n").append(opinions);
    }
    return text.toString();
  }

  private static String opinion(Opinion opinion) {
    return SlackText.mention(opinion.user())
        + (opinion.wasIt() ? ": :white_check_mark: this was it" : ": :x: not it");
  }

  /** Nobody reads the same words twice. */
  private static boolean says(String said, String fact) {
    return !fact.isBlank() && said.toLowerCase(Locale.ROOT).contains(fact.toLowerCase(Locale.ROOT));
  }

  private static LayoutBlock judging(Incident incident, Report.Cause cause, int rank) {
    long yes = incident.opinionsOf(cause.check()).filter(Opinion::wasIt).count();
    long no = incident.opinionsOf(cause.check()).count() - yes;
    return Layout.actions(
        "judge-" + rank,
        List.of(
            Layout.button(
                "This was it" + counted(yes), Act.WAS_IT.id(cause.check().id()), incident.id()),
            Layout.button(
                "Not it" + counted(no), Act.NOT_IT.id(cause.check().id()), incident.id())));
  }

  private static String counted(long count) {
    return count == 0 ? "" : " · " + count;
  }

  private static String seen(Report report) {
    StringBuilder text = new StringBuilder();
    for (Report.Row row : Wording.otherFindings(report)) {
      text.append(text.length() == 0 ? (report.causes().isEmpty() ? "*Seen*" : "*Also seen*") : "");
      text.append("\n• ").append(row.check().id()).append(" (");
      text.append(Wording.severity(row.severity())).append("): ");
      text.append(told(row.summary(), 250));
    }
    return text.toString();
  }

  /** In mrkdwn. */
  static String seenBefore(List<String> lines) {
    return SlackText.cut("*Seen before*\n• " + String.join("\n• ", lines), BEFORE);
  }

  private static String footer(Incident incident, Report report) {
    List<String> lines = new ArrayList<>();
    boolean isTold =
        report.causes().stream().limit(CAUSES).anyMatch(c -> c.check() == CheckId.RECENT_CHANGES);
    for (Change change : isTold ? List.<Change>of() : report.changes().stream().limit(3).toList()) {
      lines.add(
          "Changed "
              + SlackText.time(change.at())
              + ": "
              + SlackText.cut(SlackText.escape(change.describe()), 200));
    }
    List<String> ruledOut = Wording.ruledOut(report);
    if (!ruledOut.isEmpty()) {
      lines.add("Ruled out: " + String.join(", ", ruledOut));
    }
    for (Wording.Unchecked group : Wording.unchecked(report)) {
      lines.add(
          "Not checked: "
              + String.join(", ", group.checks())
              + " ("
              + SlackText.cut(SlackText.escape(group.reason()), 160)
              + (group.remedy().isEmpty()
                  ? ""
                  : "; " + SlackText.cut(SlackText.escapeAroundCode(group.remedy()), 160))
              + ")");
    }
    lines.add(
        "Compared with the "
            + SlackText.escape(report.referenceKind())
            + " · took "
            + Wording.seconds(report.tookMillis())
            + " · report "
            + SlackText.escape(report.id()));
    incident.opening().because().ifPresent(because -> lines.add(unasked(because)));
    return String.join("\n", lines);
  }

  /** Who is spoken to unasked may know why, and how to end it. */
  static String unasked(String because) {
    return "I answer unasked because "
        + SlackText.cut(SlackText.escape(because), 250)
        + ". `/triage mute 2h` or `/triage auto off` silences me here.";
  }

  /** What people do first. */
  private LayoutBlock first(Incident incident, Report report) {
    String id = incident.id();
    List<BlockElement> row = new ArrayList<>();
    if (incident.owner().isEmpty()) {
      ButtonElement own = Layout.button("I'm on it", Act.OWN.id(), id);
      own.setStyle("primary");
      row.add(own);
    } else {
      row.add(
          Layout.button(
              "Take over",
              Act.OWN.id(),
              id,
              "Somebody is on it already. Do you take it over?",
              "Take over"));
    }
    page(report)
        .ifPresent(
            check ->
                row.add(
                    Layout.button(
                        incident.checklist(check).isPresent() ? "Runbook ✓" : "Runbook",
                        Act.RUNBOOK.id(check.id()),
                        id)));
    row.add(Layout.button("Details", Act.DETAILS.id(), id));
    pages.apply(incident).map(link -> Layout.way("Full report", link)).ifPresent(row::add);
    row.add(again(incident));
    return Layout.actions("incident", row);
  }

  private LayoutBlock further(Incident incident) {
    String id = incident.id();
    List<BlockElement> row = new ArrayList<>();
    row.add(
        Layout.button(
            incident.watch().isPresent() ? "Stop watching" : "Watch until well",
            Act.WATCH.id(),
            id));
    if (incident.owner().isPresent() && incident.state() != State.RESOLVED) {
      row.add(Layout.button("Hand over", Act.HAND_OVER.id(), id));
    }
    row.add(Layout.button("Update for stakeholders", Act.UPDATE.id(), id));
    row.add(Layout.button("Timeline", Act.TIMELINE.id(), id));
    row.add(
        Layout.button(
            incident.state() == State.RESOLVED ? "Open again" : "Resolved", Act.CLOSE.id(), id));
    more(incident).ifPresent(row::add);
    return Layout.actions("incident-further", row);
  }

  /** What is seldom wanted: behind the three dots. */
  private Optional<BlockElement> more(Incident incident) {
    if (Publication.of(incident).revoked()) {
      return Optional.of(
          Layout.dots(Act.PUBLISH.id(), "Give the full report a new link", incident.id()));
    }
    return pages
        .apply(incident)
        .map(
            link ->
                Layout.dots(
                    Act.UNPUBLISH.id(), "Revoke the link to the full report", incident.id()));
  }

  /** Of the likeliest cause; where only symptoms were seen, of the worst. */
  private static Optional<CheckId> page(Report report) {
    return report.causes().stream()
        .map(Report.Cause::check)
        .findFirst()
        .or(() -> Wording.otherFindings(report).stream().map(Report.Row::check).findFirst());
  }

  private static ButtonElement again(Incident incident) {
    return Layout.button(
        incident.running() ? "Looking …" : "Run again", Act.AGAIN.id(), incident.id());
  }
}
