package dev.samovar.charts;

import dev.samovar.checks.Figure;
import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.function.UnaryOperator;

/** Draws a distribution: two bars a bin, before hatched and now filled, special bins apart. */
final class DistributionPainter {
  private static final int TOP = 66;
  private static final int ROW = 25;
  private static final int AXIS = 24;
  private static final int APART = 14;
  private static final int MOST_LABELS = 160;
  private static final double BAR = 9;
  private static final int MOST_TICKS = 5;

  private DistributionPainter() {}

  static Picture paint(DistributionChart chart, UnaryOperator<String> words) {
    List<DistributionChart.Row> rows = chart.rows();
    boolean hasSpecial = rows.stream().anyMatch(DistributionChart.Row::isSpecial);
    int apart = hasSpecial ? APART : 0;
    int plot = rows.size() * ROW + apart;
    Card card = new Card(TOP + plot + AXIS + 8, words);
    card.head(
        chart.title(),
        chart.model()
            + " · share of "
            + Units.whole(chart.distribution().eventsNow())
            + " events now, "
            + Units.whole(chart.distribution().eventsBefore())
            + " "
            + chart.distribution().before());
    legend(chart, card);
    double most =
        rows.stream().mapToDouble(row -> Math.max(row.now(), row.before())).max().orElse(1);
    double high = Math.max(most * 1.02, 0.01);
    double labels =
        rows.stream()
            .mapToDouble(row -> card.width(row.label(), Card.strong()) + 6)
            .reduce(40, (a, b) -> Math.min(MOST_LABELS, Math.max(a, b)));
    Axes axes =
        Axes.on(
            card,
            new Rectangle2D.Double(
                Card.MARGIN + labels,
                TOP - 6.0,
                Card.WIDTH - 2 * Card.MARGIN - labels - 36,
                plot + 12.0));
    axes.lying(0, high, rows.size());
    axes.draw();
    double step = step(high);
    for (double value = 0; value <= high; value += step) {
      double x = axes.x(value);
      card.line(x, TOP, x, TOP + plot + 4.0, Ink.GRID, 1);
      card.textAround(
          Units.tick(Figure.Unit.SHARE, value), x, TOP + plot + 18, Card.words(), Ink.QUIET);
    }
    double y = TOP;
    boolean isApart = false;
    for (DistributionChart.Row row : rows) {
      if (row.isSpecial() && !isApart) {
        isApart = true;
        card.dashed(
            Card.MARGIN,
            y + APART / 2.0,
            Card.WIDTH - Card.MARGIN,
            y + APART / 2.0,
            Ink.EDGE,
            3,
            3);
        y += APART;
      }
      row(card, axes, chart, row, labels, y);
      y += ROW;
    }
    card.line(axes.x(0), TOP, axes.x(0), y, Ink.QUIET, 1);
    return card.picture(chart);
  }

  private static void row(
      Card card,
      Axes axes,
      DistributionChart chart,
      DistributionChart.Row row,
      double labels,
      double y) {
    boolean isTold =
        chart.gainer().filter(row::equals).isPresent()
            || chart.loser().filter(row::equals).isPresent();
    Font font = isTold ? Card.strong() : Card.words();
    card.textBefore(row.label(), axes.x(0) - 6, y + 15, font, Ink.TEXT, labels);
    double x = axes.x(0);
    bar(card, new Rectangle2D.Double(x, y + 2, axes.x(row.before()) - x, BAR), true);
    bar(card, new Rectangle2D.Double(x, y + 2 + BAR + 1, axes.x(row.now()) - x, BAR), false);
    if (isTold) {
      card.text(
          Units.percent(row.before()),
          axes.x(row.before()) + 4,
          y + 10,
          Card.words(),
          Ink.QUIET,
          60);
      card.text(
          Units.percent(row.now()), axes.x(row.now()) + 4, y + 21, Card.strong(), Ink.NOW, 60);
    }
  }

  /** Round, and so that a handful fit. */
  private static double step(double high) {
    double power = Math.pow(10, Math.floor(Math.log10(high / MOST_TICKS)));
    double times = high / MOST_TICKS / power;
    return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
  }

  private static void bar(Card card, Rectangle2D box, boolean isBefore) {
    if (box.getWidth() <= 0) {
      return;
    }
    if (isBefore) {
      card.fill(box, Ink.USUAL);
      card.hatch(box, Ink.HATCH);
      card.draw(box, Ink.HATCH, new BasicStroke(0.8f));
    } else {
      card.fill(box, Ink.NOW);
    }
  }

  private static void legend(DistributionChart chart, Card card) {
    double y = 58;
    double x = Card.MARGIN;
    bar(card, new Rectangle2D.Double(x, y - 9, 16, 10), true);
    String before = chart.distribution().before();
    card.text(before, x + 20, y, Card.words(), Ink.TEXT, 200);
    x += 20 + card.width(before, Card.words()) + 14;
    bar(card, new Rectangle2D.Double(x, y - 9, 16, 10), false);
    card.text("now", x + 20, y, Card.words(), Ink.TEXT, 100);
  }
}
