package dev.samovar.checks;

import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Evidence;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Series;
import dev.samovar.evidence.Window;
import dev.samovar.statistics.ChangePoints;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The part of the window in which the trouble is: what came before it would hide half of what was
 * done to the rest.
 */
final class Segment {
  private static final int STEPS = 240;
  private static final Duration SHORTEST = Duration.ofMinutes(5);

  private Segment() {}

  /** From the moment at which the last of the conditions became frequent; else the whole window. */
  static Window of(Case subject, Evidence evidence, Query query, List<Condition> conditions)
      throws EvidenceException {
    Window horizon = subject.horizon();
    Window window = subject.window();
    Duration step = Duration.ofSeconds(Math.max(60, horizon.length().toSeconds() / STEPS));
    Optional<Instant> last = Optional.empty();
    for (Series series : evidence.events().series(query, conditions, horizon, step)) {
      Optional<Instant> began =
          ChangePoints.rise(
                  series.totals().stream().mapToLong(Long::longValue).toArray(),
                  series.matching().stream().mapToLong(Long::longValue).toArray())
              .map(rise -> series.time(Math.min(series.totals().size() - 1, rise.index() + 1)));
      if (began.isPresent() && (last.isEmpty() || began.get().isAfter(last.get()))) {
        last = began;
      }
    }
    return last.filter(began -> began.isAfter(window.from()))
        .filter(began -> began.isBefore(window.to().minus(SHORTEST)))
        .map(began -> new Window(began, window.to()))
        .orElse(window);
  }
}
