package dev.samovar.charts;

import dev.samovar.checks.Figure;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** XChart's axes, grid and lines on a card, and where a value of theirs is on it. */
final class Axes {
  private static final int PADDING = 6;
  private final Card card;
  private final XYChart chart;
  private final double x;
  private final double y;

  private Axes(Card card, XYChart chart, double x, double y) {
    this.card = card;
    this.chart = chart;
    this.x = x;
    this.y = y;
  }

  /** Not yet drawn. */
  static Axes on(Card card, Rectangle2D place) {
    XYChart chart = new XYChart((int) place.getWidth(), (int) place.getHeight());
    chart.getStyler().setChartPadding(PADDING);
    chart.getStyler().setChartBackgroundColor(Ink.CARD);
    chart.getStyler().setPlotBackgroundColor(Ink.CARD);
    chart.getStyler().setPlotBorderVisible(false);
    chart.getStyler().setPlotContentSize(1.0);
    chart.getStyler().setChartTitleVisible(false);
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setAntiAlias(true);
    chart.getStyler().setBaseFont(Card.words());
    chart.getStyler().setAxisTitlesVisible(false);
    chart.getStyler().setAxisTickLabelsFont(Card.words());
    chart.getStyler().setAxisTickLabelsColor(Ink.QUIET);
    chart.getStyler().setAxisTicksMarksVisible(false);
    chart.getStyler().setAxisTicksLineVisible(false);
    chart.getStyler().setPlotTicksMarksVisible(false);
    chart.getStyler().setPlotGridLinesColor(Ink.GRID);
    chart.getStyler().setPlotGridLinesStroke(new BasicStroke(1));
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    chart.getStyler().setPlotMargin(0);
    return new Axes(card, chart, place.getX(), place.getY());
  }

  /** Values up and down, from low to high, in a unit. */
  void upright(Figure.Unit unit, double low, double high) {
    chart.getStyler().setXAxisTicksVisible(false);
    chart.getStyler().setYAxisMin(low);
    chart.getStyler().setYAxisMax(high);
    chart.getStyler().setYAxisTickMarkSpacingHint(34);
    chart.getStyler().setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
    chart.getStyler().setYAxisTickLabelsFormattingFunction(value -> Units.tick(unit, value));
  }

  /** What lies across goes from here to there. */
  void across(double from, double to) {
    chart.getStyler().setXAxisMin(from);
    chart.getStyler().setXAxisMax(to);
  }

  /** Something lies across; up and down are rows without a name. */
  void lying(double first, double last, int rows) {
    chart.getStyler().setAxisTicksVisible(false);
    chart.getStyler().setPlotGridLinesVisible(false);
    across(first, last);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax((double) rows);
    // Axes without a line on them are not drawn.
    line("rows", List.of(first, last), List.of(0.0, 0.0), Ink.GRID, 1);
  }

  void line(String name, List<Double> xs, List<Double> ys, Color color, double width) {
    XYSeries series = chart.addSeries(name, xs, ys);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(color);
    series.setLineWidth((float) width);
  }

  void area(String name, List<Double> xs, List<Double> ys, Color color) {
    XYSeries series = chart.addSeries(name, xs, ys);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
    series.setMarker(SeriesMarkers.NONE);
    series.setFillColor(color);
    series.setLineColor(color);
    series.setLineWidth(0.5f);
  }

  void draw() {
    Graphics2D ink = card.at(x, y);
    chart.paint(ink, chart.getWidth(), chart.getHeight());
    ink.dispose();
  }

  /** Once it is drawn. */
  double x(double value) {
    return x + chart.getScreenXFromChart(value);
  }

  /** Once it is drawn. */
  double y(double value) {
    return y + chart.getScreenYFromChart(value);
  }
}
