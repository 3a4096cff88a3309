package dev.samovar.report;

import dev.samovar.checks.Change;
import dev.samovar.checks.Fact;
import dev.samovar.triage.Report;
import java.util.List;

/** GitHub-flavoured, for a ticket or a post-mortem. */
final class MarkdownReport {
  private MarkdownReport() {}

  static String render(Report report) {
    StringBuilder out = new StringBuilder();
    out.append("# ").append(Wording.verdict(report.verdict())).append("\n\n");
    out.append(text(report.headline())).append("\n\n");
    out.append("- Window: ").append(Wording.window(report)).append('\n');
    out.append("- Reference: ").append(text(report.referenceKind())).append('\n');
    report
        .onset()
        .ifPresent(
            onset -> out.append("- Began: ").append(text(Wording.onset(onset))).append('\n'));
    int rank = 1;
    for (Report.Cause cause : report.causes()) {
      out.append("\n## ").append(rank++).append(". ").append(cause.check().id());
      out.append(", confidence ").append(Wording.confidence(cause.confidence())).append("\n\n");
      out.append(text(cause.summary())).append("\n\n");
      facts(out, cause.evidence());
      out.append("\nRunbook: [")
          .append(cause.runbook())
          .append("](")
          .append(cause.runbook())
          .append(")\n");
    }
    List<Report.Row> others = Wording.otherFindings(report);
    if (!others.isEmpty()) {
      out.append(report.causes().isEmpty() ? "\n## Found\n\n" : "\n## Also seen\n\n");
      for (Report.Row row : others) {
        out.append("- **").append(row.check().id()).append("** (");
        out.append(Wording.severity(row.severity())).append("): ");
        out.append(text(row.summary())).append('\n');
      }
    }
    if (!report.changes().isEmpty()) {
      out.append("\n## Changes around that time\n\n");
      for (Change change : report.changes()) {
        out.append("- ").append(Wording.time(change.at())).append(": ");
        out.append(text(change.describe())).append('\n');
      }
    }
    out.append("\n## Checks\n\n| check | state | says |\n| --- | --- | --- |\n");
    for (Report.Row row : report.rows()) {
      out.append("| ").append(row.check().id()).append(" | ").append(row.state().label());
      out.append(" | ").append(text(row.summary()));
      if (!row.remedy().isEmpty()) {
        out.append(" → ").append(text(row.remedy()));
      }
      out.append(" |\n");
    }
    out.append("\nTook ").append(Wording.seconds(report.tookMillis()));
    out.append(", id ").append(text(report.id())).append('\n');
    return out.toString();
  }

  private static void facts(StringBuilder out, List<Fact> facts) {
    for (Fact fact : facts) {
      out.append("- ").append(text(fact.text()));
      fact.link()
          .ifPresent(
              link -> out.append(" ([logs](<").append(link.replace(">", "%3E")).append(">))"));
      out.append('\n');
    }
  }

  /** Foreign text that stays text. */
  static String text(String text) {
    return Wording.plain(text)
        .replaceAll("([\\\\`*_{}\\[\\]()#+!|~<>-])", "\\\\$1")
        .replace("&", "&amp;")
        .replace("@", "@\u200b");
  }
}
