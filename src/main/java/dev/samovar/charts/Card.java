package dev.samovar.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.function.UnaryOperator;

/**
 * What pictures are drawn on: a card with a title and words, measured as if it were shown small.
 */
final class Card {
  static final int WIDTH = 480;
  static final double MARGIN = 14;
  private static final double TITLE = 14;
  private static final double WORDS = 11.5;
  private static final double HATCH_GAP = 4;
  private static final Color HALO = new Color(0xFB, 0xFA, 0xF8, 0xC0);

  private final int height;
  private final BufferedImage image;
  private final Graphics2D ink;
  private final UnaryOperator<String> words;

  /**
   * @param words what becomes of every text before it is drawn
   */
  Card(int height, UnaryOperator<String> words) {
    this.height = height;
    this.words = words;
    this.image =
        new BufferedImage(
            (int) Math.round(WIDTH * Picture.SCALE),
            (int) Math.round(height * Picture.SCALE),
            BufferedImage.TYPE_INT_RGB);
    this.ink = image.createGraphics();
    ink.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    ink.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    ink.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    ink.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    ink.scale(Picture.SCALE, Picture.SCALE);
    ink.setColor(Ink.CARD);
    ink.fillRect(0, 0, WIDTH, height);
    ink.setColor(Ink.EDGE);
    ink.setStroke(new BasicStroke(1));
    ink.draw(new Rectangle2D.Double(0.5, 0.5, WIDTH - 1.0, height - 1.0));
  }

  /** What is drawn by others, at a place of its own. */
  Graphics2D at(double x, double y) {
    Graphics2D copy = (Graphics2D) ink.create();
    copy.translate(x, y);
    return copy;
  }

  /** The title, and a line below it. */
  void head(String title, String below) {
    text(title, MARGIN, 24, Typeface.bold(TITLE), Ink.TEXT, WIDTH - 2 * MARGIN);
    text(below, MARGIN, 41, words(), Ink.QUIET, WIDTH - 2 * MARGIN);
  }

  static Font words() {
    return Typeface.regular(WORDS);
  }

  static Font strong() {
    return Typeface.bold(WORDS);
  }

  /** Cut to the width it may take. */
  void text(String text, double x, double y, Font font, Color color, double most) {
    put(cut(text, font, most), x, y, font, color);
  }

  /** Around letters the card shows, so that lines behind them don't disturb. */
  private void put(String drawn, double x, double y, Font font, Color color) {
    if (drawn.isEmpty()) {
      return;
    }
    Shape outline =
        font.createGlyphVector(ink.getFontRenderContext(), drawn).getOutline((float) x, (float) y);
    draw(outline, HALO, new BasicStroke(3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    ink.setFont(font);
    ink.setColor(color);
    ink.drawString(drawn, (float) x, (float) y);
  }

  /** That ends at x. */
  void textBefore(String text, double x, double y, Font font, Color color, double most) {
    String cut = cut(text, font, most);
    put(cut, x - measured(cut, font), y, font, color);
  }

  void textAround(String text, double x, double y, Font font, Color color) {
    String cut = cut(text, font, WIDTH);
    double width = measured(cut, font);
    double left = Math.max(4, Math.min(x - width / 2, WIDTH - 4 - width));
    put(cut, left, y, font, color);
  }

  /** How wide a text becomes. */
  double width(String text, Font font) {
    return measured(cut(text, font, Double.MAX_VALUE), font);
  }

  private double measured(String drawn, Font font) {
    return font.getStringBounds(drawn, ink.getFontRenderContext()).getWidth();
  }

  private String cut(String text, Font font, double most) {
    String shown = Typeface.drawable(words.apply(text)).strip();
    if (measured(shown, font) <= most) {
      return shown;
    }
    int[] points = shown.codePoints().toArray();
    int low = 0;
    int high = points.length;
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (measured(new String(points, 0, middle).strip() + "…", font) <= most) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return new String(points, 0, low).strip() + "…";
  }

  void line(double x1, double y1, double x2, double y2, Color color, double width) {
    draw(path(x1, y1, x2, y2), color, new BasicStroke((float) width));
  }

  void dashed(double x1, double y1, double x2, double y2, Color color, float... dashes) {
    draw(
        path(x1, y1, x2, y2),
        color,
        new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0));
  }

  private static Path2D path(double x1, double y1, double x2, double y2) {
    Path2D path = new Path2D.Double();
    path.moveTo(x1, y1);
    path.lineTo(x2, y2);
    return path;
  }

  void draw(Shape shape, Color color, BasicStroke stroke) {
    ink.setColor(color);
    ink.setStroke(stroke);
    ink.draw(shape);
  }

  void fill(Shape shape, Color color) {
    ink.setColor(color);
    ink.fill(shape);
  }

  /** Slanted lines within a shape: told from a filled one without any colour. */
  void hatch(Shape shape, Color color) {
    Graphics2D copy = (Graphics2D) ink.create();
    copy.clip(shape);
    copy.setColor(color);
    copy.setStroke(new BasicStroke(0.7f));
    Rectangle2D box = shape.getBounds2D();
    double first = Math.floor((box.getMinX() - box.getHeight()) / HATCH_GAP) * HATCH_GAP;
    for (double x = first; x < box.getMaxX(); x += HATCH_GAP) {
      copy.draw(path(x, box.getMaxY(), x + box.getHeight(), box.getMinY()));
    }
    copy.dispose();
  }

  /** A triangle that points up to y. */
  static Shape triangle(double x, double y, double size) {
    Path2D path = new Path2D.Double();
    path.moveTo(x, y);
    path.lineTo(x + size / 2, y + size);
    path.lineTo(x - size / 2, y + size);
    path.closePath();
    return path;
  }

  /** A square on its corner. */
  static Shape diamond(double x, double y, double size) {
    Rectangle2D square = new Rectangle2D.Double(-size / 2, -size / 2, size, size);
    AffineTransform turn = AffineTransform.getTranslateInstance(x, y);
    turn.rotate(Math.PI / 4);
    return turn.createTransformedShape(square);
  }

  Picture picture(Chart chart) {
    ink.dispose();
    return new Picture(
        words.apply(chart.title()),
        words.apply(chart.alt()),
        image.getWidth(),
        image.getHeight(),
        Png.of(image));
  }

  int height() {
    return height;
  }
}
