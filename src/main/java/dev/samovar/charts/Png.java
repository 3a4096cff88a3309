package dev.samovar.charts;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferInt;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A picture's bytes, with a palette: few colours in large areas need little room. */
final class Png {
  private static final int COMMONEST = 12;

  /** Zlib's level 6: the higher ones take three times as long for a tenth of the size. */
  private static final float COMPRESSION = 0.34f;

  private Png() {}

  static byte[] of(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    // Straight to memory: the file system may be read-only.
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(COMPRESSION);
      writer.write(null, new IIOImage(indexed(image), null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** In the card's inks, with the edges of letters and lines, and the image's commonest colours. */
  private static BufferedImage indexed(BufferedImage image) {
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    Map<Integer, Integer> counts = counts(pixels);
    int[] palette =
        Stream.concat(
                Ink.palette().stream().map(colour -> colour.getRGB() & 0xFFFFFF),
                counts.entrySet().stream()
                    .sorted(
                        Map.Entry.<Integer, Integer>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(COMMONEST)
                    .map(Map.Entry::getKey))
            .distinct()
            .mapToInt(Integer::intValue)
            .toArray();
    Map<Integer, Byte> places = new HashMap<>();
    counts.keySet().forEach(colour -> places.put(colour, (byte) nearest(palette, colour)));
    byte[] indexes = new byte[pixels.length];
    int last = pixels[0];
    byte place = places.getOrDefault(last & 0xFFFFFF, (byte) 0);
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] != last) {
        last = pixels[i];
        place = places.getOrDefault(last & 0xFFFFFF, (byte) 0);
      }
      indexes[i] = place;
    }
    IndexColorModel model =
        new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
    BufferedImage indexed =
        new BufferedImage(
            image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
    indexed.getRaster().setDataElements(0, 0, image.getWidth(), image.getHeight(), indexes);
    return indexed;
  }

  private static int nearest(int[] palette, int colour) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < palette.length && least > 0; i++) {
      int distance = 0;
      for (int shift = 0; shift <= 16; shift += 8) {
        int away = (palette[i] >> shift & 0xFF) - (colour >> shift & 0xFF);
        distance += away * away;
      }
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }

  /** How many pixels each colour has; sorted, so that the same picture has the same palette. */
  private static Map<Integer, Integer> counts(int[] pixels) {
    Map<Integer, Integer> counts = new TreeMap<>();
    int from = 0;
    for (int i = 1; i <= pixels.length; i++) {
      if (i == pixels.length || pixels[i] != pixels[from]) {
        counts.merge(pixels[from] & 0xFFFFFF, i - from, Integer::sum);
        from = i;
      }
    }
    return counts;
  }
}
