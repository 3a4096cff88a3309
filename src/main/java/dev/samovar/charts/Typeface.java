package dev.samovar.charts;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Inter (SIL Open Font License), which comes with Samovar: a server has no fonts of its own. */
final class Typeface {
  private static final Font REGULAR = load("Inter-Regular.ttf");
  private static final Font BOLD = load("Inter-SemiBold.ttf");

  private Typeface() {}

  static Font regular(double size) {
    return REGULAR.deriveFont((float) size);
  }

  static Font bold(double size) {
    return BOLD.deriveFont((float) size);
  }

  /** What the font has no glyph for is a box in the picture; a mark that says so is kinder. */
  static String drawable(String text) {
    StringBuilder drawable = new StringBuilder();
    text.codePoints()
        .map(point -> Character.isISOControl(point) ? ' ' : point)
        .map(point -> REGULAR.canDisplay(point) ? point : '\uFFFD')
        .forEach(drawable::appendCodePoint);
    return drawable.toString();
  }

  private static Font load(String name) {
    try (InputStream in = Typeface.class.getResourceAsStream("/fonts/" + name)) {
      return Font.createFont(Font.TRUETYPE_FONT, Objects.requireNonNull(in, name));
    } catch (FontFormatException e) {
      throw new IllegalStateException("The font " + name + " is no font", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
