package dev.samovar.page;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets each through so many times a minute. Remembers the last few thousand only. */
final class Turnstile {
  private static final int REMEMBERED = 4096;
  private static final int MINUTE = 60;

  private final int most;
  private final Map<String, Count> counts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Count(long minute, int passed) {}

  /**
   * @param most in a minute
   */
  Turnstile(int most) {
    this.most = most;
  }

  /**
   * @return whether it is let through
   */
  synchronized boolean passes(String who, Instant now) {
    long minute = now.getEpochSecond() / MINUTE;
    Count count = counts.get(who);
    int passed = count == null || count.minute() != minute ? 0 : count.passed();
    counts.put(who, new Count(minute, Math.min(most, passed) + 1));
    return passed < most;
  }

  /** In seconds, as {@code Retry-After} has it. */
  static String wait(Instant now) {
    return String.valueOf(MINUTE - now.getEpochSecond() % MINUTE);
  }
}
