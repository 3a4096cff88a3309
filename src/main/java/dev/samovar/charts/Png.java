package dev.samovar.charts;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A picture's bytes, with a palette: few colours in large areas need little room. */
final class Png {
  private static final int PALETTE = 256;

  private Png() {}

  static byte[] of(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    // Straight to memory: the file system may be read-only.
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(0);
      writer.write(null, new IIOImage(indexed(image), null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** With as many bits a colour as leave no more colours than a palette has. */
  private static BufferedImage indexed(BufferedImage image) {
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    for (int bits = 8; ; bits--) {
      Map<Integer, Integer> places = palette(pixels, bits);
      if (places.size() <= PALETTE) {
        return indexed(image, pixels, bits, places);
      }
    }
  }

  /** Each colour with its place; of colours alike in these bits the first stands for all. */
  private static Map<Integer, Integer> palette(int[] pixels, int bits) {
    Map<Integer, Integer> places = new LinkedHashMap<>();
    int last = -1;
    for (int pixel : pixels) {
      if (pixel != last) {
        last = pixel;
        int coarse = coarse(pixel, bits);
        if (places.size() <= PALETTE && !places.containsKey(coarse)) {
          places.put(coarse, places.size());
        }
      }
    }
    return places;
  }

  private static int coarse(int pixel, int bits) {
    int mask = 0xFF << (8 - bits) & 0xFF;
    return pixel & (mask << 16 | mask << 8 | mask);
  }

  private static BufferedImage indexed(
      BufferedImage image, int[] pixels, int bits, Map<Integer, Integer> places) {
    int[] colours = new int[PALETTE];
    boolean[] isKnown = new boolean[PALETTE];
    byte[] indexes = new byte[pixels.length];
    int last = -1;
    int place = 0;
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] != last) {
        last = pixels[i];
        place = places.getOrDefault(coarse(last, bits), 0);
        if (!isKnown[place]) {
          isKnown[place] = true;
          colours[place] = last;
        }
      }
      indexes[i] = (byte) place;
    }
    IndexColorModel model =
        new IndexColorModel(
            8, Math.max(2, places.size()), Arrays.copyOf(colours, PALETTE), 0, false, -1, 0);
    BufferedImage indexed =
        new BufferedImage(
            image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
    WritableRaster raster = indexed.getRaster();
    raster.setDataElements(0, 0, image.getWidth(), image.getHeight(), indexes);
    return indexed;
  }
}
