package dev.samovar.report;

import dev.samovar.handoff.Handoff;
import dev.samovar.handoff.Note;
import dev.samovar.handoff.Outline;
import dev.samovar.triage.Report;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** How a report or a handoff is written. */
public enum Format {
  TEXT,
  JSON,
  MARKDOWN,
  HTML;

  /**
   * @param page writes the page, which needs more than the report
   */
  public String render(Report report, Function<Report, String> page) {
    return switch (this) {
      case TEXT -> TextReport.render(report);
      case JSON -> JsonReport.render(report);
      case MARKDOWN -> MarkdownReport.render(report);
      case HTML -> page.apply(report);
    };
  }

  /**
   * @throws UnsupportedOperationException for the page: only the other can
   */
  public String render(Report report) {
    return render(
        report,
        one -> {
          throw new UnsupportedOperationException("The page is written elsewhere");
        });
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
