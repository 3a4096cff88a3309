package dev.samovar.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How many requests an address may make in a minute. Remembers the latest addresses only. */
final class Bound {
  private static final long MINUTE_NANOS = 60_000_000_000L;
  private static final int REMEMBERED = 10_000;

  private final int most;
  private final LongSupplier nanos;
  private final Map<String, Minute> minutes =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Minute> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Minute(long begun, int requests) {}

  Bound(int most, LongSupplier nanos) {
    this.most = most;
    this.nanos = nanos;
  }

  synchronized boolean admits(String address) {
    long now = nanos.getAsLong();
    Minute known = minutes.get(address);
    Minute minute =
        known == null || now - known.begun() >= MINUTE_NANOS
            ? new Minute(now, 1)
            : new Minute(known.begun(), Math.min(known.requests() + 1, most + 1));
    minutes.put(address, minute);
    return minute.requests() <= most;
  }
}
