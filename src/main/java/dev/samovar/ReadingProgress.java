package dev.samovar;

import dev.samovar.baseline.BaselineFile;
import java.time.Duration;
import java.util.Locale;

/**
 * How far a file is read, on standard error: one line that counts on a terminal, elsewhere a new
 * one now and then.
 */
final class ReadingProgress implements BaselineFile.Progress, AutoCloseable {
  private static final Duration ON_A_TERMINAL = Duration.ofMillis(200);
  private static final Duration ELSEWHERE = Duration.ofSeconds(10);

  private final long size;
  private final boolean isWatched = Terminal.isAttached();
  private long last = System.nanoTime();
  private long rows;

  /**
   * @param size of the file, in bytes
   */
  ReadingProgress(long size) {
    this.size = size;
  }

  @Override
  public void at(long rows, long bytes) {
    this.rows = rows;
    Duration pause = isWatched ? ON_A_TERMINAL : ELSEWHERE;
    if (System.nanoTime() - last < pause.toNanos()) {
      return;
    }
    last = System.nanoTime();
    say(
        String.format(
            Locale.ROOT, "%,d rows, %d %% of the file", rows, size == 0 ? 100 : 100 * bytes / size),
        false);
  }

  private void say(String line, boolean isLast) {
    System.err.print(isWatched ? "\r" + line + "   " : line);
    if (!isWatched || isLast) {
      System.err.println();
    }
    System.err.flush();
  }

  @Override
  public void close() {
    if (rows > 0) {
      say(String.format(Locale.ROOT, "%,d rows read", rows), true);
    }
  }
}
