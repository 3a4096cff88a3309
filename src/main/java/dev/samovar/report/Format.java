package dev.samovar.report;

import dev.samovar.triage.Report;
import java.util.Locale;

/** How a report is written. */
public enum Format {
  TEXT,
  JSON,
  MARKDOWN,
  HTML;

  public String render(Report report) {
    return switch (this) {
      case TEXT -> TextReport.render(report);
      case JSON -> JsonReport.render(report);
      case MARKDOWN -> MarkdownReport.render(report);
      case HTML -> HtmlReport.render(report);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
