package dev.samovar.report;

import dev.samovar.checks.Change;
import dev.samovar.checks.Fact;
import dev.samovar.triage.Report;
import java.util.List;

/** One self-contained page: no script, nothing fetched. */
final class HtmlReport {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ink:#1c1c1e;--paper:#fff;--soft:#f3f2ef;--line:#d5d2cb;--mark:#8a3b12}
      @media (prefers-color-scheme:dark){:root{--ink:#eceae6;--paper:#1a1a1c;--soft:#26262a;--line:#44444a;--mark:#ffb38a}}
      body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:56rem;margin:2rem auto;padding:0 1rem}
      h1{font-size:1.1rem;letter-spacing:.06em;color:var(--mark);margin:0}.headline{font-size:1.5rem;line-height:1.3;margin:.3rem 0 1rem}
      section{border-top:1px solid var(--line);padding:.5rem 0}h2{font-size:1.1rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}
      dt{font-weight:600}dd{margin:0}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line)}
      li,td,p,dd{overflow-wrap:anywhere}code{background:var(--soft);padding:.1rem .3rem;border-radius:.2rem}a{color:var(--mark)}
      @media print{body{margin:0;max-width:none}}
      """;

  private HtmlReport() {}

  static String render(Report report) {
    StringBuilder out = new StringBuilder();
    open(out, report.model() + ": " + Wording.verdict(report.verdict()));
    out.append("<h1>");
    out.append(Wording.verdict(report.verdict())).append("</h1>\n<p class=\"headline\">");
    out.append(text(report.headline())).append("</p>\n<dl>");
    term(out, "Window", Wording.window(report));
    term(out, "Reference", report.referenceKind());
    report.onset().ifPresent(onset -> term(out, "Began", Wording.onset(onset)));
    out.append("</dl>\n");
    int rank = 1;
    for (Report.Cause cause : report.causes()) {
      out.append("<section>\n<h2>").append(rank++).append(". ").append(cause.check().id());
      out.append(", confidence ").append(Wording.confidence(cause.confidence()));
      out.append("</h2>\n<p>").append(text(cause.summary())).append("</p>\n");
      facts(out, cause.evidence());
      out.append("<p>Runbook: <code>").append(text(cause.runbook())).append("</code></p>\n");
      out.append("</section>\n");
    }
    List<Report.Row> others = Wording.otherFindings(report);
    if (!others.isEmpty()) {
      out.append("<section>\n<h2>").append(report.causes().isEmpty() ? "Found" : "Also seen");
      out.append("</h2>\n<ul>\n");
      for (Report.Row row : others) {
        out.append("<li><strong>").append(row.check().id()).append("</strong> (");
        out.append(Wording.severity(row.severity())).append("): ");
        out.append(text(row.summary())).append("</li>\n");
      }
      out.append("</ul>\n</section>\n");
    }
    if (!report.changes().isEmpty()) {
      out.append("<section>\n<h2>Changes around that time</h2>\n<ul>\n");
      for (Change change : report.changes()) {
        out.append("<li>").append(Wording.time(change.at())).append(": ");
        out.append(text(change.describe())).append("</li>\n");
      }
      out.append("</ul>\n</section>\n");
    }
    out.append("<section>\n<h2>Checks</h2>\n<table>\n<thead><tr><th scope=\"col\">check</th>");
    out.append("<th scope=\"col\">state</th><th scope=\"col\">says</th></tr></thead>\n<tbody>\n");
    for (Report.Row row : report.rows()) {
      out.append("<tr><th scope=\"row\">").append(row.check().id()).append("</th><td>");
      out.append(row.state().label()).append("</td><td>").append(text(row.summary()));
      if (!row.remedy().isEmpty()) {
        out.append("<br>→ ").append(text(row.remedy()));
      }
      out.append("</td></tr>\n");
    }
    out.append("</tbody>\n</table>\n</section>\n<p>Took ");
    out.append(Wording.seconds(report.tookMillis())).append(", id ").append(text(report.id()));
    return out.append("</p>\n</main>\n</body>\n</html>\n").toString();
  }

  /** Up to where the page's own words begin. */
  static void open(StringBuilder out, String title) {
    out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.append("<title>").append(text(title)).append("</title>\n<style>\n");
    out.append(STYLE).append("</style>\n</head>\n<body>\n<main>\n");
  }

  private static void term(StringBuilder out, String term, String says) {
    out.append("<dt>").append(term).append("</dt><dd>").append(text(says)).append("</dd>");
  }

  private static void facts(StringBuilder out, List<Fact> facts) {
    out.append("<ul>\n");
    for (Fact fact : facts) {
      out.append("<li>").append(text(fact.text()));
      fact.link()
          .filter(link -> link.startsWith("https://") || link.startsWith("http://"))
          .ifPresent(
              link -> out.append(" <a href=\"").append(text(link)).append("\">see the logs</a>"));
      out.append("</li>\n");
    }
    out.append("</ul>\n");
  }

  static String text(String text) {
    return Wording.plain(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
