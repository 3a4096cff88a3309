package dev.samovar.charts;

import dev.samovar.checks.Figure;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Draws a course: what is usual hatched, what is as a line, moments as upright lines. */
final class CoursePainter {
  private static final int TOP = 66;
  private static final int PLOT = 170;
  private static final int TICKS = 20;
  private static final int LEGEND = 20;
  private static final int LINE = 16;
  private static final int MOST_TICKS = 7;

  private final CourseChart chart;
  private final Card card;
  private final Axes axes;
  private final double low;
  private final double high;

  private CoursePainter(CourseChart chart, UnaryOperator<String> words) {
    this.chart = chart;
    int height =
        TOP
            + PLOT
            + TICKS
            + LEGEND
            + (chart.changes().isEmpty() ? 0 : 2)
            + LINE * chart.changes().size()
            + 10;
    this.card = new Card(height, words);
    this.axes = Axes.on(card, new Rectangle2D.Double(8, TOP, Card.WIDTH - 16, PLOT));
    double most =
        Stream.of(
                chart.course().line().values(),
                chart.course().usual().map(Figure.Band::high).orElse(List.of()),
                chart.course().limit().map(Figure.Limit::value).map(List::of).orElse(List.of()))
            .flatMap(List::stream)
            .filter(Double::isFinite)
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
    double least =
        chart.course().line().values().stream()
            .filter(Double::isFinite)
            .mapToDouble(Double::doubleValue)
            .min()
            .orElse(0);
    this.low = Math.min(0, least);
    this.high = most > low ? most + (most - low) * 0.08 : low + 1;
  }

  static Picture paint(CourseChart chart, UnaryOperator<String> words) {
    return new CoursePainter(chart, words).paint();
  }

  private Picture paint() {
    card.head(chart.title(), chart.model() + " · " + chart.figures());
    axes.upright(chart.course().unit(), low, high);
    axes.across(seconds(chart.from()), seconds(chart.to()));
    Figure.Line line = chart.course().line();
    List<Double> xs = line.at().stream().map(at -> (double) at).toList();
    List<Path> bands = bands(xs);
    int number = 0;
    for (Path band : bands) {
      axes.area("usual " + number++, band.xs(), band.ys(), Ink.USUAL);
    }
    axes.line("now", xs, line.values(), Ink.NOW, 2);
    axes.draw();
    bands.forEach(this::hatched);
    asked();
    times();
    chart.course().limit().ifPresent(this::limit);
    chart.onset().ifPresent(this::onset);
    changes();
    legend();
    return card.picture(chart);
  }

  private static double seconds(Instant at) {
    return at.getEpochSecond();
  }

  private double bottom() {
    return axes.y(low);
  }

  private double top() {
    return axes.y(high);
  }

  /** A closed line. */
  private record Path(List<Double> xs, List<Double> ys) {}

  /** One for each stretch without a gap: along its upper edge and back along the lower. */
  private List<Path> bands(List<Double> xs) {
    List<Path> paths = new ArrayList<>();
    if (chart.course().usual().isEmpty()) {
      return paths;
    }
    Figure.Band band = chart.course().usual().get();
    int from = 0;
    for (int i = 0; i <= xs.size(); i++) {
      boolean isThere =
          i < xs.size()
              && Double.isFinite(band.low().get(i))
              && Double.isFinite(band.high().get(i));
      if (!isThere) {
        if (i - from >= 2) {
          paths.add(around(xs, band, from, i));
        }
        from = i + 1;
      }
    }
    return paths;
  }

  private static Path around(List<Double> xs, Figure.Band band, int from, int to) {
    List<Double> px = new ArrayList<>(xs.subList(from, to));
    List<Double> py = new ArrayList<>(band.high().subList(from, to));
    for (int i = to - 1; i >= from; i--) {
      px.add(xs.get(i));
      py.add(band.low().get(i));
    }
    px.add(px.get(0));
    py.add(py.get(0));
    return new Path(px, py);
  }

  private void hatched(Path path) {
    Path2D shape = new Path2D.Double();
    for (int i = 0; i < path.xs().size(); i++) {
      double x = axes.x(path.xs().get(i));
      double y = axes.y(path.ys().get(i));
      if (i == 0) {
        shape.moveTo(x, y);
      } else {
        shape.lineTo(x, y);
      }
    }
    card.hatch(shape, Ink.HATCH);
    card.draw(shape, Ink.HATCH, new BasicStroke(0.8f));
  }

  /** Since when it was asked about. */
  private void asked() {
    double x = Math.max(axes.x(seconds(chart.from())), axes.x(seconds(chart.asked())));
    double end = axes.x(seconds(chart.to()));
    if (x < end) {
      card.fill(new Rectangle2D.Double(x, top(), end - x, bottom() - top()), Ink.ASKED);
    }
  }

  private boolean isLate(CourseChart.Beginning began) {
    return axes.x(seconds(clamped(began.at()))) > Card.WIDTH / 2.0;
  }

  /** The day and the zone stand where the onset's label does not. */
  private void times() {
    String zone = chart.times().days(chart.from(), chart.to()) + ", " + chart.times().name();
    if (chart.onset().filter(began -> !isLate(began)).isPresent()) {
      card.textBefore(zone, Card.WIDTH - Card.MARGIN, top() - 7, Card.words(), Ink.QUIET, 220);
    } else {
      card.text(zone, Card.MARGIN, top() - 7, Card.words(), Ink.QUIET, 220);
    }
    card.line(
        axes.x(seconds(chart.from())),
        bottom(),
        axes.x(seconds(chart.to())),
        bottom(),
        Ink.QUIET,
        1);
    card.textBefore(
        Units.tick(chart.course().unit(), low),
        axes.x(seconds(chart.from())) - 7,
        bottom() + 4,
        Card.words(),
        Ink.QUIET,
        80);
    for (Times.Tick tick : chart.times().ticks(chart.from(), chart.to(), MOST_TICKS)) {
      double x = axes.x(seconds(tick.at()));
      card.line(x, bottom(), x, bottom() + 4, Ink.QUIET, 1);
      card.textAround(tick.label(), x, TOP + PLOT + 11, Card.words(), Ink.QUIET);
    }
  }

  private void limit(Figure.Limit limit) {
    double y = axes.y(limit.value());
    double start = axes.x(seconds(chart.from()));
    double end = axes.x(seconds(chart.to()));
    card.dashed(start, y, end, y, Ink.LIMIT, 7, 3);
    if (isNearer(limit.value())) {
      card.text(limit.words(), start + 4, y + 14, Card.strong(), Ink.LIMIT, 300);
    } else {
      card.textBefore(limit.words(), end - 4, y + 14, Card.strong(), Ink.LIMIT, 300);
    }
  }

  /** Whether the second half comes nearer to a value than the first. */
  private boolean isNearer(double value) {
    List<Double> values = chart.course().line().values();
    int middle = values.size() / 2;
    return most(values.subList(middle, values.size()), value)
        >= most(values.subList(0, middle), value);
  }

  private static double most(List<Double> values, double instead) {
    return values.stream()
        .filter(Double::isFinite)
        .mapToDouble(Double::doubleValue)
        .max()
        .orElse(instead);
  }

  private void onset(CourseChart.Beginning began) {
    double x = axes.x(seconds(clamped(began.at())));
    double first = axes.x(seconds(clamped(began.earliest())));
    double last = axes.x(seconds(clamped(began.latest())));
    card.fill(
        new Rectangle2D.Double(first, top(), Math.max(1, last - first), bottom() - top()),
        new Color(Ink.ONSET.getRed(), Ink.ONSET.getGreen(), Ink.ONSET.getBlue(), 0x30));
    card.dashed(x, top(), x, bottom(), Ink.ONSET, 4, 3);
    card.fill(Card.diamond(x, top() - 6, 7), Ink.ONSET);
    String label = "onset " + chart.times().near(began.at(), chart.to());
    if (isLate(began)) {
      card.textBefore(label, x - 9, top() - 7, Card.strong(), Ink.ONSET, 200);
    } else {
      card.text(label, x + 9, top() - 7, Card.strong(), Ink.ONSET, 200);
    }
  }

  private Instant clamped(Instant at) {
    return at.isBefore(chart.from()) ? chart.from() : at.isAfter(chart.to()) ? chart.to() : at;
  }

  private void changes() {
    double y = TOP + PLOT + TICKS + LEGEND;
    int number = 1;
    double last = Double.NEGATIVE_INFINITY;
    for (Mark change : chart.changes()) {
      double x = axes.x(seconds(clamped(change.at())));
      card.fill(Card.triangle(x, bottom() - 9, 9), Ink.CHANGE);
      card.line(x, bottom() - 9, x, bottom() - 18, Ink.CHANGE, 1.2);
      if (x - last > 10) {
        card.textAround(Integer.toString(number), x, bottom() - 21, Card.strong(), Ink.CHANGE);
      }
      last = x;
      y += LINE;
      card.fill(Card.triangle(Card.MARGIN + 5, y - 9, 9), Ink.CHANGE);
      card.text(
          number++ + "  " + chart.times().near(change.at(), chart.to()) + "  " + change.text(),
          Card.MARGIN + 15,
          y,
          Card.words(),
          Ink.TEXT,
          Card.WIDTH - 2 * Card.MARGIN - 15);
    }
  }

  private void legend() {
    double y = TOP + PLOT + TICKS + LEGEND - 4;
    double x = Card.MARGIN;
    card.line(x, y - 4, x + 16, y - 4, Ink.NOW, 2.4);
    x = legend("measured", x + 20, y);
    if (chart.course().usual().isPresent()) {
      Rectangle2D box = new Rectangle2D.Double(x, y - 9, 16, 10);
      card.fill(box, Ink.USUAL);
      card.hatch(box, Ink.HATCH);
      card.draw(box, Ink.HATCH, new BasicStroke(0.8f));
      x = legend(chart.course().usual().get().words(), x + 20, y);
    }
    Rectangle2D box = new Rectangle2D.Double(x, y - 9, 16, 10);
    card.fill(box, Ink.ASKED);
    card.draw(box, Ink.EDGE, new BasicStroke(0.8f));
    legend("asked about", x + 20, y);
  }

  private double legend(String text, double x, double y) {
    card.text(text, x, y, Card.words(), Ink.TEXT, Card.WIDTH - Card.MARGIN - x);
    return x + card.width(text, Card.words()) + 12;
  }
}
