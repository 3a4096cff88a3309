package dev.samovar.charts;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Inter (SIL Open Font License), which comes with Samovar: a server has no fonts of its own. */
final class Typeface {
  private static final String CONFIGURATION = "sun.awt.fontconfig";

  static {
    needNoneInstalled();
  }

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

  /**
   * Java looks for a system's fonts before it loads one of ours, and on a slim server breaks where
   * neither fontconfig nor any font is installed. A file that names none is an answer, too.
   */
  private static void needNoneInstalled() {
    if (System.getProperty(CONFIGURATION) != null
        || !System.getProperty("os.name", "").equals("Linux")) {
      return;
    }
    try {
      Path none = Files.createTempFile("samovar", ".fontconfig.properties");
      none.toFile().deleteOnExit();
      Files.writeString(none, "version=1\nsequence.allfonts=default\n");
      System.setProperty(CONFIGURATION, none.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("Fonts need a folder for temporary files", e);
    }
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
