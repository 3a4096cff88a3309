package dev.samovar.report;

import dev.samovar.checks.Change;
import dev.samovar.checks.Fact;
import dev.samovar.triage.Report;
import java.util.List;

/** For a terminal of 100 columns. */
final class TextReport {
  private static final int WIDTH = 100;
  private static final int FACTS = 5;
  private static final int CHANGES = 5;

  private final StringBuilder out = new StringBuilder();

  static String render(Report report) {
    return new TextReport().write(report);
  }

  private String write(Report report) {
    line("", Wording.verdict(report.verdict()) + "  " + report.headline());
    out.append('\n');
    line("  ", "Window     " + Wording.window(report));
    line("  ", "Reference  " + report.referenceKind());
    report.onset().ifPresent(onset -> line("  ", "Began      " + Wording.onset(onset)));
    int rank = 1;
    for (Report.Cause cause : report.causes()) {
      out.append('\n');
      line(
          "",
          rank++
              + ". "
              + cause.check().id()
              + ", confidence "
              + Wording.confidence(cause.confidence()));
      line("   ", cause.summary());
      facts(cause.evidence());
      if (!cause.explains().isEmpty()) {
        line(
            "   ",
            "explains "
                + String.join(", ", cause.explains().stream().map(Object::toString).toList()));
      }
      line("   ", "runbook: " + cause.runbook());
    }
    List<Report.Row> others = Wording.otherFindings(report);
    if (!others.isEmpty()) {
      heading(report.causes().isEmpty() ? "Found" : "Also seen");
      for (Report.Row row : others) {
        line(
            "  ",
            row.check().id() + " (" + Wording.severity(row.severity()) + "): " + row.summary());
        if (report.causes().isEmpty()) {
          facts(row.evidence());
        }
      }
    }
    if (!report.changes().isEmpty()) {
      heading("Changes around that time");
      for (Change change :
          report.changes().subList(0, Math.min(CHANGES, report.changes().size()))) {
        line("  ", Wording.time(change.at()) + "  " + change.describe());
      }
    }
    List<String> ruledOut = Wording.ruledOut(report);
    if (!ruledOut.isEmpty()) {
      heading("Ruled out");
      line("  ", String.join(", ", ruledOut));
    }
    List<Wording.Unchecked> unchecked = Wording.unchecked(report);
    if (!unchecked.isEmpty()) {
      heading("Could not check");
      for (Wording.Unchecked group : unchecked) {
        line("  ", String.join(", ", group.checks()) + ": " + group.reason());
        if (!group.remedy().isEmpty()) {
          line("    ", "→ " + group.remedy());
        }
      }
    }
    out.append('\n');
    line("", "Took " + Wording.seconds(report.tookMillis()) + ", id " + report.id());
    return out.toString();
  }

  private void heading(String heading) {
    out.append('\n').append(heading).append('\n');
  }

  private void facts(List<Fact> facts) {
    for (Fact fact : facts.subList(0, Math.min(FACTS, facts.size()))) {
      line("   - ", fact.text());
    }
    // One is enough to go on from; the others are in the JSON.
    facts.stream()
        .flatMap(fact -> fact.link().stream())
        .findFirst()
        .ifPresent(link -> out.append("   logs: ").append(Wording.plain(link)).append('\n'));
  }

  private void line(String indent, String text) {
    wrap(out, indent, text);
  }

  /** Wrapped at words; what follows the first line is indented by as much. */
  static void wrap(StringBuilder out, String indent, String text) {
    String rest = Wording.plain(text);
    String lead = indent;
    while (lead.length() + rest.length() > WIDTH) {
      int cut = rest.lastIndexOf(' ', WIDTH - lead.length());
      if (cut <= 0) {
        cut = Math.min(rest.length(), WIDTH - lead.length());
      }
      out.append(lead).append(rest, 0, cut).append('\n');
      rest = rest.substring(cut).strip();
      lead = " ".repeat(indent.length());
    }
    if (!rest.isEmpty()) {
      out.append(lead).append(rest).append('\n');
    }
  }
}
