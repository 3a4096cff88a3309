package dev.samovar.charts;

import java.util.Arrays;

/**
 * @param alt what the picture says, in a sentence, for who does not see it
 * @param width in pixels
 * @param height in pixels
 */
@SuppressWarnings("ArrayRecordComponent") // It is copied on the way in and out.
public record Picture(String title, String alt, int width, int height, byte[] png) {
  /** Within it, text is as large as that around the picture. */
  static final double SCALE = 2.2;

  public Picture {
    png = png.clone();
  }

  @Override
  public byte[] png() {
    return png.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Picture picture
        && title.equals(picture.title)
        && alt.equals(picture.alt)
        && Arrays.equals(png, picture.png);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(png);
  }

  @Override
  public String toString() {
    return "Picture[" + title + ", " + width + " × " + height + "]";
  }
}
