package dev.samovar.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a container ended and was started again. Kubernetes keeps the number of restarts and the
 * last one's times alone. The earlier ones are taken to have been as far apart as the last two: so
 * a container that is killed every day is not taken for one that was killed first today, and one
 * that crashes again and again since an hour ago not for one that always did.
 *
 * @param ended the last of them known, the others so estimated; oldest first
 */
record Lives(List<Instant> ended) {
  /** The kubelet waits at least so long before it starts a container again. */
  private static final Duration LEAST_APART = Duration.ofSeconds(10);

  private static final int MOST = 200;

  Lives {
    ended = List.copyOf(ended);
  }

  static Lives of(JsonNode status, Instant created) {
    JsonNode last = status.path("lastState").path("terminated");
    Optional<Instant> finished = Times.read(last.path("finishedAt"));
    long restarts = status.path("restartCount").asLong();
    if (finished.isEmpty() || restarts < 1) {
      return new Lives(List.of());
    }
    Duration lived =
        Times.read(last.path("startedAt"))
            .map(started -> Duration.between(started, finished.get()))
            .orElse(Duration.ZERO);
    Duration apart = lived.plus(LEAST_APART);
    Duration most = Duration.between(created, finished.get()).dividedBy(restarts);
    if (apart.compareTo(most) > 0) {
      apart = most;
    }
    List<Instant> ended = new ArrayList<>();
    for (long i = Math.min(MOST, restarts) - 1; i >= 0; i--) {
      ended.add(finished.get().minus(apart.multipliedBy(i)));
    }
    return new Lives(ended);
  }
}
