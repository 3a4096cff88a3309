package dev.samovar.playground;

import java.util.Arrays;
import java.util.Optional;

/** Pictures by what they begin with, whatever they are called. */
final class Pictures {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};
  private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};

  private Pictures() {}

  /** The type to serve it as; empty for what is no picture that a page may show. */
  static Optional<String> type(byte[] content) {
    return begins(content, PNG)
        ? Optional.of("image/png")
        : begins(content, JPEG) ? Optional.of("image/jpeg") : Optional.empty();
  }

  private static boolean begins(byte[] content, byte[] with) {
    return content.length > with.length && Arrays.equals(Arrays.copyOf(content, with.length), with);
  }
}
