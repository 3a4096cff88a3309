package dev.samovar.page;

import dev.samovar.incidents.Explanation;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Run;
import dev.samovar.incidents.State;
import dev.samovar.report.Wording;
import dev.samovar.runbooks.Runbooks;
import dev.samovar.triage.Report;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Writes a report as one page that fetches nothing and runs nothing. */
public final class ReportPage {
  private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(ContentType.Html);

  private final Composer composer;
  private final Function<Report, List<Picture>> gallery;

  public ReportPage(Runbooks runbooks) {
    this(runbooks, report -> List.of());
  }

  /**
   * @param gallery draws what is seen faster than read
   */
  public ReportPage(Runbooks runbooks, Function<Report, List<Picture>> gallery) {
    this.composer = new Composer(new RunbookReader(runbooks));
    this.gallery = gallery;
  }

  /** As a file that stands alone. */
  public String of(Report report) {
    return write(
        composer.compose(report, gallery.apply(report), Optional.empty(), Optional.empty()));
  }

  /**
   * As it is served, with what became of the incident since.
   *
   * @param ends when the link to it ends
   */
  String of(Incident incident, Report report, Instant ends) {
    return write(
        composer.compose(
            report,
            gallery.apply(report),
            Optional.of(incident),
            Optional.of(course(incident, ends))));
  }

  private static String write(Sheet sheet) {
    StringOutput out = new StringOutput(65_536);
    ENGINE.render(
        "report.jte",
        Map.of("sheet", sheet, "style", Style.element(), "policy", Style.policy()),
        out);
    return out.toString();
  }

  /** A page of a sentence or two, which tells nothing of any report. */
  static String notice(String title, String says) {
    StringOutput out = new StringOutput(8192);
    ENGINE.render(
        "notice.jte",
        Map.of("title", title, "says", says, "style", Style.element(), "policy", Style.policy()),
        out);
    return out.toString();
  }

  private static Course course(Incident incident, Instant ends) {
    List<Run> later =
        incident.runs().subList(Math.min(1, incident.runs().size()), incident.runs().size());
    return new Course(
        state(incident.state()),
        later.stream()
            .map(
                run ->
                    new Sheet.Term(
                        Wording.time(run.at()),
                        Wording.verdict(run.verdict()) + ": " + Wording.plain(run.headline())))
            .toList(),
        incident.explanations().stream().map(Explanation::words).map(Composer::said).toList(),
        incident.place().link().flatMap(Link::of),
        Wording.time(ends));
  }

  private static String state(State state) {
    return switch (state) {
      case OPEN -> "Open; nobody has said they are on it";
      case ACKNOWLEDGED -> "Open; somebody is on it";
      case WATCHING -> "Watched until it is well";
      case RESOLVED -> "Resolved";
    };
  }
}
