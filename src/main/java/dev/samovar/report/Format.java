package dev.samovar.report;

import dev.samovar.handoff.Handoff;
import dev.samovar.handoff.Note;
import dev.samovar.handoff.Outline;
import dev.samovar.triage.Report;
import java.util.List;
import java.util.Locale;

/** How a report or a handoff is written. */
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

  /** What a shift hands over, with people's notes. */
  public String render(Handoff handoff, List<Note> notes) {
    Outline outline = Outline.of(handoff, notes);
    return switch (this) {
      case TEXT -> HandoffText.text(outline);
      case JSON -> HandoffJson.render(handoff, notes);
      case MARKDOWN -> HandoffText.markdown(outline);
      case HTML -> HandoffText.html(outline);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
