package dev.samovar.slack;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which clicks are one: those on the same thing by the same person within three seconds. Times are
 * cut into pieces, so that a delivery that comes again, perhaps to another process, means the same;
 * a double click over the edge of two pieces counts for the first of them.
 */
final class Clicks {
  private static final long SECONDS = 3;
  private static final int REMEMBERED = 1000;

  /** Where the first click of each thing was, in seconds. */
  private final Map<String, Long> first =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param thing what was clicked, and by whom
   * @param ts Slack's {@code action_ts}
   * @return the same for clicks that are one
   */
  synchronized long moment(String thing, @Nullable String ts) {
    if (ts == null || !ts.matches("\\d{1,12}\\.\\d{1,9}")) {
      return 0;
    }
    long at = Long.parseLong(ts.substring(0, ts.indexOf('.')));
    Long known = first.get(thing);
    long start = known != null && Math.abs(at - known) < SECONDS ? known : at;
    first.put(thing, start);
    return start / SECONDS;
  }
}
