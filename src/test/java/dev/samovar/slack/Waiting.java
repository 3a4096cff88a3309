package dev.samovar.slack;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Asks another process again and again until it says what is waited for. */
final class Waiting {
  private static final long SECONDS = 40;

  private Waiting() {}

  interface Asking<T> {
    T ask() throws Exception;
  }

  static <T> T until(Asking<T> asking, Predicate<T> enough) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    T last = asking.ask();
    while (!enough.test(last)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("It did not come; the last answer was " + last);
      }
      new CompletableFuture<Void>().completeOnTimeout(null, 200, TimeUnit.MILLISECONDS).get();
      last = asking.ask();
    }
    return last;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
