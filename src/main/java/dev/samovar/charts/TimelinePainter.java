package dev.samovar.charts;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** Draws a timeline: a line for each event, its mark under the clock where it happened. */
final class TimelinePainter {
  private static final int TOP = 50;
  private static final int ROW = 22;
  private static final int TICKS = 24;
  private static final int MOST_TICKS = 6;

  private TimelinePainter() {}

  static Picture paint(TimelineChart chart, UnaryOperator<String> words) {
    int plot = chart.events().size() * ROW + 8;
    Card card = new Card(TOP + plot + TICKS, words);
    card.head(
        chart.title(), chart.times().days(chart.from(), chart.to()) + ", " + chart.times().name());
    Duration spare =
        Duration.between(chart.from(), chart.to()).dividedBy(25).plus(Duration.ofMinutes(1));
    Instant from = chart.from().minus(spare);
    Instant to = chart.to().plus(spare);
    Axes axes = Axes.on(card, new Rectangle2D.Double(8, TOP - 6.0, Card.WIDTH - 16, plot + 12.0));
    axes.lying(seconds(from), seconds(to), chart.events().size());
    axes.draw();
    for (Times.Tick tick : chart.times().ticks(from, to, MOST_TICKS)) {
      double x = axes.x(seconds(tick.at()));
      card.line(x, TOP, x, TOP + plot, Ink.GRID, 1);
      card.textAround(tick.label(), x, TOP + plot + 15, Card.words(), Ink.QUIET);
    }
    card.line(Card.MARGIN, TOP + plot, Card.WIDTH - Card.MARGIN, TOP + plot, Ink.QUIET, 1);
    double y = TOP + ROW / 2.0 + 4;
    for (TimelineChart.Event event : chart.events()) {
      event(card, axes, chart, event, y);
      y += ROW;
    }
    return card.picture(chart);
  }

  private static double seconds(Instant at) {
    return at.getEpochSecond();
  }

  private static void event(
      Card card, Axes axes, TimelineChart chart, TimelineChart.Event event, double y) {
    double x = axes.x(seconds(event.at()));
    double start = axes.x(seconds(event.from()));
    double end = axes.x(seconds(event.to()));
    Color color = color(event.kind());
    if (end > start) {
      card.line(start, y, end, y, color, 3);
    }
    card.fill(shape(event.kind(), x, y), color);
    String time = chart.times().clock(event.at());
    double room = card.width(time, Card.strong()) + 6;
    double right = Card.WIDTH - Card.MARGIN - end - 12;
    double left = start - Card.MARGIN - 10;
    List<Double> widths = List.of(right - room, left - room);
    boolean isRight = card.width(event.text(), Card.words()) <= widths.get(0) || right >= left;
    if (isRight) {
      card.text(time, end + 12, y + 4, Card.strong(), Ink.TEXT, 60);
      card.text(event.text(), end + 12 + room, y + 4, Card.words(), Ink.TEXT, right - room);
    } else {
      double begin =
          start - 10 - room - Math.min(left - room, card.width(event.text(), Card.words()));
      card.text(time, begin, y + 4, Card.strong(), Ink.TEXT, 60);
      card.text(event.text(), begin + room, y + 4, Card.words(), Ink.TEXT, left - room);
    }
  }

  private static Color color(TimelineChart.Kind kind) {
    return switch (kind) {
      case CHANGE -> Ink.CHANGE;
      case ONSET -> Ink.ONSET;
      case PEOPLE -> Ink.NOW;
      case SAMOVAR -> Ink.QUIET;
    };
  }

  private static Shape shape(TimelineChart.Kind kind, double x, double y) {
    return switch (kind) {
      case CHANGE -> Card.triangle(x, y - 5, 10);
      case ONSET -> Card.diamond(x, y, 8);
      case PEOPLE -> new Ellipse2D.Double(x - 5, y - 5, 10, 10);
      case SAMOVAR -> new Rectangle2D.Double(x - 1.5, y - 6, 3, 12);
    };
  }
}
