package dev.samovar.page;

import java.util.Base64;

/**
 * A drawing.
 *
 * @param width in CSS pixels, at which it is crisp
 * @param alt what it says, for who does not see it
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares pictures.
public record Picture(byte[] png, int width, int height, String alt) {

  /** The whole picture as an address: the page fetches nothing. */
  public String src() {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }
}
