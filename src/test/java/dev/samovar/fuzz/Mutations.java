package dev.samovar.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Ever other inputs made of a few, the same for the same seed. */
final class Mutations {
  private static final int LONGEST = 4096;

  /** What parsers stumble over. */
  private static final List<String> WORDS =
      List.of(
          "\u0000",
          "\uFEFF",
          "\u202E",
          "\u200B",
          "\u001b[2J",
          "\uD83D\uDD25",
          "\n",
          "\r\n",
          "\t",
          "\\",
          "\"",
          "'",
          "`",
          "<",
          ">",
          "<!channel>",
          "<@U1>",
          "&lt;",
          "${NAME}",
          "${",
          "{{",
          "[[",
          "]]",
          "{}",
          "[]",
          "null",
          "NaN",
          "-0",
          "1e999",
          "99999999999999999999",
          "0x",
          "&a",
          "*a",
          "!!java.lang.Runtime",
          "---",
          "|",
          "%",
          "%00",
          "../",
          "..%2f",
          "://",
          "=",
          ":",
          ",",
          ";",
          "(",
          ")",
          "(a+)+$",
          " ",
          "İ",
          "ß");

  private final Random random;
  private final List<byte[]> pool = new ArrayList<>();

  Mutations(long seed, List<String> seeds) {
    random = new Random(seed);
    seeds.forEach(one -> pool.add(one.getBytes(StandardCharsets.UTF_8)));
    pool.add(new byte[0]);
  }

  byte[] next() {
    byte[] input = pool.get(random.nextInt(pool.size()));
    int times = 1 + random.nextInt(6);
    for (int i = 0; i < times; i++) {
      input = change(input);
    }
    byte[] cut = input.length > LONGEST ? java.util.Arrays.copyOf(input, LONGEST) : input;
    if (random.nextInt(8) == 0) {
      // Some are changed further.
      pool.add(cut);
      if (pool.size() > 256) {
        pool.remove(8 + random.nextInt(pool.size() - 8));
      }
    }
    return cut;
  }

  private byte[] change(byte[] from) {
    int at = random.nextInt(from.length + 1);
    int to = at + random.nextInt(from.length - at + 1);
    return switch (random.nextInt(6)) {
      case 0 -> joined(part(from, 0, at), word(), part(from, at, from.length));
      case 1 -> joined(part(from, 0, at), part(from, to, from.length));
      case 2 -> joined(part(from, 0, to), part(from, at, from.length));
      case 3 -> joined(part(from, 0, at), pool.get(random.nextInt(pool.size())));
      case 4 -> {
        byte[] same = from.clone();
        if (same.length > 0) {
          same[random.nextInt(same.length)] = (byte) random.nextInt(256);
        }
        yield same;
      }
      default -> repeated(from, at, to);
    };
  }

  private byte[] repeated(byte[] from, int at, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(part(from, 0, at));
    int times = 1 + random.nextInt(40);
    for (int i = 0; i < times && out.size() < LONGEST; i++) {
      out.writeBytes(part(from, at, to));
    }
    out.writeBytes(part(from, at, from.length));
    return out.toByteArray();
  }

  private byte[] word() {
    return WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] part(byte[] of, int from, int to) {
    return java.util.Arrays.copyOfRange(of, from, to);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
