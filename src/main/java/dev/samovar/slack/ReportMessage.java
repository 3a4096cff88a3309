package dev.samovar.slack;

import static com.slack.api.model.block.Blocks.context;
import static com.slack.api.model.block.Blocks.header;
import static com.slack.api.model.block.Blocks.section;
import static com.slack.api.model.block.composition.BlockCompositions.markdownText;
import static com.slack.api.model.block.composition.BlockCompositions.plainText;

import com.slack.api.model.block.LayoutBlock;
import dev.samovar.checks.Change;
import dev.samovar.checks.CheckId;
import dev.samovar.checks.Fact;
import dev.samovar.report.Wording;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A report as a Slack message: the conclusion first and in the text that notifications show, about
 * five blocks, nothing by colour alone.
 */
final class ReportMessage {
  private static final int SECTION = 2900;
  private static final int FACTS = 3;

  private final RunbookPages runbooks;

  ReportMessage(RunbookPages runbooks) {
    this.runbooks = runbooks;
  }

  /** Where pages are, and how they begin. */
  interface RunbookPages {
    /** An address people can open; empty where none is configured. */
    Optional<String> link(CheckId check);

    /** The first things to do, a line each. */
    List<String> firstSteps(CheckId check);
  }

  /** For notifications and screen readers. */
  String text(Report report) {
    return Wording.verdict(report.verdict()) + ": " + SlackText.escape(report.headline());
  }

  List<LayoutBlock> blocks(Report report) {
    List<LayoutBlock> blocks = new ArrayList<>();
    String title = icon(report.verdict()) + " " + Wording.verdict(report.verdict());
    blocks.add(
        header(h -> h.text(plainText(title + " · " + SlackText.cut(report.model(), 90), true))));
    StringBuilder lead = new StringBuilder(SlackText.escape(report.headline()));
    report
        .onset()
        .ifPresent(
            onset ->
                lead.append("\n*Began* ")
                    .append(SlackText.time(onset.at()))
                    .append(
                        onset.earliest().equals(onset.latest())
                            ? ""
                            : " (between "
                                + SlackText.time(onset.earliest())
                                + " and "
                                + SlackText.time(onset.latest())
                                + ")"));
    blocks.add(mrkdwn(lead.toString()));
    if (!report.causes().isEmpty()) {
      blocks.add(mrkdwn(cause(report.causes().get(0))));
    }
    String others = others(report);
    if (!others.isEmpty()) {
      blocks.add(mrkdwn(others));
    }
    blocks.add(
        context(c -> c.elements(List.of(markdownText(SlackText.cut(footer(report), SECTION))))));
    return blocks;
  }

  private static String icon(Verdict verdict) {
    return switch (verdict) {
      case CAUSE_FOUND -> ":rotating_light:";
      case SYMPTOMS_ONLY -> ":warning:";
      case ALL_CLEAR -> ":white_check_mark:";
      case CANNOT_TELL -> ":grey_question:";
    };
  }

  private String cause(Report.Cause cause) {
    StringBuilder text = new StringBuilder();
    text.append("*Most likely: ").append(cause.check().id()).append("* (");
    text.append(Wording.confidence(cause.confidence())).append(")");
    for (Fact fact : cause.evidence().subList(0, Math.min(FACTS, cause.evidence().size()))) {
      text.append("\n• ").append(SlackText.cut(SlackText.escape(fact.text()), 400));
      fact.link().ifPresent(link -> text.append(" ").append(SlackText.link(link, "logs")));
    }
    text.append("\n*Runbook* ").append(page(cause));
    int number = 1;
    for (String step : runbooks.firstSteps(cause.check())) {
      text.append("\n").append(number++).append(". ").append(SlackText.escape(step));
    }
    return text.toString();
  }

  private String page(Report.Cause cause) {
    return runbooks
        .link(cause.check())
        .map(link -> SlackText.link(link, cause.runbook()))
        .orElse("`" + SlackText.escape(cause.runbook()) + "`");
  }

  private String others(Report report) {
    StringBuilder text = new StringBuilder();
    if (report.causes().size() > 1) {
      text.append("*Also possible*");
      for (Report.Cause cause : report.causes().subList(1, Math.min(4, report.causes().size()))) {
        text.append("\n• ").append(cause.check().id());
        text.append(" (").append(Wording.confidence(cause.confidence())).append("): ");
        text.append(SlackText.cut(SlackText.escape(cause.summary()), 300));
      }
    }
    List<Report.Row> symptoms = Wording.otherFindings(report);
    if (!symptoms.isEmpty()) {
      text.append(text.length() == 0 ? "" : "\n").append("*Seen*");
      for (Report.Row row : symptoms) {
        text.append("\n• ").append(row.check().id()).append(": ");
        text.append(SlackText.cut(SlackText.escape(row.summary()), 300));
      }
    }
    return text.toString();
  }

  private static String footer(Report report) {
    List<String> lines = new ArrayList<>();
    for (Change change : report.changes().subList(0, Math.min(3, report.changes().size()))) {
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
              + SlackText.cut(SlackText.escape(group.reason()), 200)
              + (group.remedy().isEmpty()
                  ? ""
                  : "; " + SlackText.cut(SlackText.escapeAroundCode(group.remedy()), 200))
              + ")");
    }
    lines.add(
        SlackText.escape(report.referenceKind())
            + " compared · took "
            + Wording.seconds(report.tookMillis())
            + " · id "
            + SlackText.escape(report.id()));
    return String.join("\n", lines);
  }

  private static LayoutBlock mrkdwn(String text) {
    String fits = SlackText.cut(text, SECTION);
    return section(s -> s.text(markdownText(fits)));
  }
}
