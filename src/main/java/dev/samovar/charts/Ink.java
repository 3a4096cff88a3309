package dev.samovar.charts;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

/**
 * The colours: of Okabe and Ito, whom people with any colour vision can tell apart, on a light card
 * that is opaque, so that it reads the same on a light and a dark page. Nothing is said by colour
 * alone: what was is hatched or dashed, what is, is solid.
 */
final class Ink {
  static final Color CARD = new Color(0xFB, 0xFA, 0xF8);
  static final Color EDGE = new Color(0xD5, 0xD3, 0xCD);
  static final Color TEXT = new Color(0x22, 0x22, 0x22);

  /** 5.9 : 1 on the card. */
  static final Color QUIET = new Color(0x5F, 0x5F, 0x5C);

  static final Color GRID = new Color(0xE4, 0xE2, 0xDD);
  static final Color NOW = new Color(0x00, 0x72, 0xB2);
  static final Color USUAL = new Color(0xD9, 0xD9, 0xD6);
  static final Color HATCH = new Color(0x8C, 0x8C, 0x88);
  static final Color ONSET = new Color(0xB8, 0x4A, 0x00);
  static final Color CHANGE = new Color(0x00, 0x7A, 0x58);
  static final Color LIMIT = new Color(0x9B, 0x4F, 0x80);
  static final Color ASKED = new Color(0x56, 0xB4, 0xE9, 0x22);

  private static final int STEPS = 4;

  private Ink() {}

  /** Each ink as it is, and as it fades into the card at its edges. */
  static List<Color> palette() {
    List<Color> palette = new ArrayList<>(List.of(CARD, EDGE, GRID, USUAL));
    for (Color ink : List.of(TEXT, QUIET, NOW, ONSET, CHANGE, LIMIT, HATCH)) {
      for (int step = 0; step < STEPS; step++) {
        palette.add(faded(ink, (double) step / STEPS));
      }
    }
    return palette;
  }

  private static Color faded(Color ink, double part) {
    return new Color(
        faded(ink.getRed(), CARD.getRed(), part),
        faded(ink.getGreen(), CARD.getGreen(), part),
        faded(ink.getBlue(), CARD.getBlue(), part));
  }

  private static int faded(int from, int to, double part) {
    return (int) Math.round(from + (to - from) * part);
  }
}
