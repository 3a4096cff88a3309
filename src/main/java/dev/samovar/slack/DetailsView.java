package dev.samovar.slack;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.OptionObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.StaticSelectElement;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewClose;
import com.slack.api.model.view.ViewTitle;
import dev.samovar.checks.CheckId;
import dev.samovar.checks.Fact;
import dev.samovar.incidents.Incident;
import dev.samovar.report.Wording;
import dev.samovar.runbooks.Runbooks;
import dev.samovar.triage.Report;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every check of a report with its figures, one a page. Pure. */
final class DetailsView {
  private static final int FACTS = 12;

  private DetailsView() {}

  /** Where people begin to read: the likeliest cause, or the first finding, or the first check. */
  static CheckId first(Report report) {
    return report.causes().stream()
        .map(Report.Cause::check)
        .findFirst()
        .or(() -> Wording.otherFindings(report).stream().map(Report.Row::check).findFirst())
        .orElse(CheckId.RECENT_CHANGES);
  }

  /**
   * @param seenBefore lines about earlier incidents; shown where people begin to read
   */
  static View of(
      Incident incident, Report report, CheckId check, Runbooks runbooks, List<String> seenBefore) {
    Report.Row row = report.row(check);
    List<LayoutBlock> blocks = new ArrayList<>();
    blocks.add(
        Layout.context(
            "*"
                + SlackText.cut(SlackText.escape(report.model()), 90)
                + "* · "
                + SlackText.time(report.window().from())
                + " to "
                + SlackText.time(report.window().to())
                + " · compared with the "
                + SlackText.escape(report.referenceKind())));
    blocks.add(navigation(report, check));
    blocks.add(
        Layout.section(
            "*"
                + check.id()
                + "* · "
                + row.state().label()
                + (row.state() == Report.State.FOUND
                    ? " · " + Wording.severity(row.severity())
                    : "")
                + "\n_"
                + sentence(SlackText.escape(check.question()))
                + "_\n"
                + AnswerMessage.told(row.summary(), 1500)));
    for (Fact fact : row.evidence().subList(0, Math.min(FACTS, row.evidence().size()))) {
      blocks.add(Layout.section(fact(fact)));
    }
    if (row.evidence().size() > FACTS) {
      blocks.add(Layout.context((row.evidence().size() - FACTS) + " more are in the JSON report."));
    }
    if (!row.remedy().isEmpty()) {
      blocks.add(
          Layout.section(
              "*To change that* " + SlackText.cut(SlackText.escapeAroundCode(row.remedy()), 1000)));
    }
    if (check == first(report) && !seenBefore.isEmpty()) {
      blocks.add(Layout.section(AnswerMessage.seenBefore(seenBefore)));
    }
    Optional<String> page = runbooks.link(check);
    blocks.add(
        Layout.context(
            "Runbook "
                + page.map(link -> SlackText.link(link, check.id())).orElse(check.id())
                + " · took "
                + took(row.tookMillis())
                + " · report "
                + SlackText.escape(report.id())));
    return View.builder()
        .type("modal")
        .callbackId(Act.DETAILS.id())
        .title(ViewTitle.builder().type("plain_text").text("Every check").build())
        .close(ViewClose.builder().type("plain_text").text("Close").build())
        .privateMetadata(incident.id())
        .blocks(blocks)
        .build();
  }

  private static String took(long millis) {
    return millis < 1000 ? millis + " ms" : Wording.seconds(millis);
  }

  private static String sentence(String text) {
    return text.isEmpty() ? "" : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String fact(Fact fact) {
    String figures = Wording.figures(fact);
    return "• "
        + AnswerMessage.told(fact.text(), 600)
        + (figures.isEmpty() ? "" : " (" + SlackText.escape(figures) + ")")
        + fact.link().map(link -> " " + SlackText.link(link, "logs")).orElse("");
  }

  private static LayoutBlock navigation(Report report, CheckId check) {
    List<CheckId> all = Arrays.asList(CheckId.values());
    int index = all.indexOf(check);
    List<OptionObject> options =
        all.stream()
            .map(one -> Layout.option(one.id() + " · " + report.row(one).state().label(), one.id()))
            .toList();
    StaticSelectElement select = Layout.select("Check", Act.PAGE.id(), options);
    select.setInitialOption(options.get(index));
    List<BlockElement> row = new ArrayList<>(List.of(select));
    if (index > 0) {
      row.add(Layout.button("‹ Back", Act.PAGE.id("back"), all.get(index - 1).id()));
    }
    if (index + 1 < all.size()) {
      row.add(Layout.button("Next ›", Act.PAGE.id("next"), all.get(index + 1).id()));
    }
    return Layout.actions("page-" + check.id(), row);
  }
}
