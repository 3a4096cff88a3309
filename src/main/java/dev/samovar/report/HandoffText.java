package dev.samovar.report;

import dev.samovar.handoff.Line;
import dev.samovar.handoff.Outline;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A handoff for a terminal, for a ticket, and as a page. */
final class HandoffText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM HH:mm zzz", Locale.ENGLISH);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm zzz", Locale.ENGLISH);

  private HandoffText() {}

  static String text(Outline outline) {
    StringBuilder out = new StringBuilder();
    UnaryOperator<String> plain = Wording::plain;
    TextReport.wrap(out, "", outline.title());
    out.append('\n');
    outline.lead().forEach(line -> TextReport.wrap(out, "  ", words(line, plain, plain)));
    for (Outline.Part part : outline.parts()) {
      out.append('\n').append(part.heading()).append('\n');
      part.lines().forEach(line -> TextReport.wrap(out, "  - ", words(line, plain, plain)));
    }
    return out.toString();
  }

  static String markdown(Outline outline) {
    StringBuilder out = new StringBuilder();
    UnaryOperator<String> plain = MarkdownReport::text;
    UnaryOperator<String> strong = words -> "**" + MarkdownReport.text(words.strip()) + "** ";
    out.append("# ").append(plain.apply(outline.title())).append("\n\n");
    for (Line line : outline.lead()) {
      out.append("- ").append(words(line, plain, strong)).append('\n');
    }
    for (Outline.Part part : outline.parts()) {
      out.append("\n## ").append(part.heading()).append("\n\n");
      for (Line line : part.lines()) {
        out.append("- ").append(words(line, plain, strong)).append('\n');
      }
    }
    return out.toString();
  }

  static String html(Outline outline) {
    StringBuilder out = new StringBuilder();
    HtmlText.open(out, outline.title());
    out.append("<h1>").append(HtmlText.text(outline.title())).append("</h1>\n");
    out.append(list(outline.lead()));
    for (Outline.Part part : outline.parts()) {
      out.append("<section>\n<h2>").append(part.heading()).append("</h2>\n");
      out.append(list(part.lines())).append("</section>\n");
    }
    return out.append("</main>\n</body>\n</html>\n").toString();
  }

  private static String list(List<Line> lines) {
    UnaryOperator<String> strong =
        words -> "<strong>" + HtmlText.text(words.strip()) + "</strong> ";
    return lines.stream()
        .map(line -> "<li>" + words(line, HtmlText::text, strong) + "</li>\n")
        .collect(Collectors.joining("", "<ul>\n", "</ul>\n"));
  }

  private static String words(
      Line line, UnaryOperator<String> plain, UnaryOperator<String> strong) {
    StringBuilder out = new StringBuilder();
    for (Line.Piece piece : line.pieces()) {
      if (piece instanceof Line.Words words) {
        out.append(plain.apply(words.text()));
      } else if (piece instanceof Line.Strong words) {
        out.append(strong.apply(words.text()));
      } else if (piece instanceof Line.Talk talk) {
        out.append(plain.apply(talk.text()));
      } else if (piece instanceof Line.Who who) {
        out.append(plain.apply(who.person().called()));
      } else if (piece instanceof Line.Moment moment) {
        out.append(plain.apply(time(moment)));
      } else if (piece instanceof Line.Break) {
        out.append(". ");
      }
    }
    return out.toString()
        .strip()
        .replaceAll(" {2,}", " ")
        .replaceAll("(\\*\\*|</strong>) (?=[:,.;])", "$1");
  }

  /** {@code Wed 25 Nov 18:00 CET, 09:00 PST}. */
  private static String time(Line.Moment moment) {
    List<String> parts = new ArrayList<>();
    for (ZoneId zone : moment.zones()) {
      boolean hasDay = parts.isEmpty() && !moment.isSameDay();
      parts.add((hasDay ? TIME : CLOCK).format(moment.at().atZone(zone)));
    }
    return String.join(", ", parts);
  }
}
