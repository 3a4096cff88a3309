package dev.samovar;

import dev.samovar.charts.Gallery;
import dev.samovar.page.Picture;
import dev.samovar.page.ReportPage;
import dev.samovar.runbooks.Runbooks;
import dev.samovar.triage.Report;
import java.util.List;

/** The report's page with its pictures, where this machine can draw. */
final class Pages {
  private Pages() {}

  static ReportPage of(Runbooks runbooks) {
    return new ReportPage(runbooks, Pages::pictures);
  }

  private static List<Picture> pictures(Report report) {
    if (Gallery.trouble().isPresent()) {
      return List.of();
    }
    return Gallery.inUtc().pictures(report).stream()
        .map(one -> new Picture(one.png(), one.width(), one.height(), one.alt()))
        .toList();
  }
}
