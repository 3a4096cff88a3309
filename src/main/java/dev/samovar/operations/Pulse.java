package dev.samovar.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what Samovar depends on, again and again, each part on a thread of its own: who asks how
 * they are waits for none of them.
 */
public final class Pulse implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

  /** A look that takes longer than this counts as none. */
  static final Duration FRESH = Duration.ofSeconds(60);

  /** Looks at one part. */
  public interface Probe {
    /**
     * @return a few words on what is wrong, for anybody to read; empty where it is well
     */
    Optional<String> trouble();
  }

  /**
   * @param name one word in lower case
   */
  public record Part(String name, Probe probe) {}

  /**
   * How a part was when it was last looked at.
   *
   * @param trouble empty where it was well
   * @param at when the look ended; empty where there was none yet
   */
  public record Seen(Optional<String> trouble, Optional<Instant> at, Duration took) {
    private static final Seen NEVER =
        new Seen(Optional.of("not looked at yet"), Optional.empty(), Duration.ZERO);

    public boolean isWell() {
      return trouble.isEmpty();
    }
  }

  private final List<Part> parts;
  private final Duration every;
  private final Clock clock;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer;

  /**
   * @param every from the end of one look to the next
   */
  public Pulse(List<Part> parts, Duration every, Clock clock) {
    this.parts = List.copyOf(parts);
    this.every = every;
    this.clock = clock;
    this.timer =
        Executors.newScheduledThreadPool(
            Math.max(1, parts.size()),
            task -> {
              Thread thread = new Thread(task, "pulse");
              thread.setDaemon(true);
              return thread;
            });
  }

  public void start() {
    for (Part part : parts) {
      ScheduledFuture<?> unused =
          timer.scheduleWithFixedDelay(
              () -> look(part), 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Looks at one part now. */
  void look(Part part) {
    long begun = System.nanoTime();
    Optional<String> trouble;
    try {
      trouble = part.probe().trouble();
    } catch (RuntimeException e) {
      LOG.error("{} could not be looked at", part.name(), e);
      trouble = Optional.of("could not be looked at");
    }
    Seen now =
        new Seen(
            trouble, Optional.of(clock.instant()), Duration.ofNanos(System.nanoTime() - begun));
    Seen before = seen.put(part.name(), now);
    if (before == null ? !now.isWell() : before.isWell() != now.isWell()) {
      LOG.warn("{} is {}", part.name(), trouble.orElse("well again"));
    }
  }

  /** How all are, in their order. */
  public Map<String, Seen> all() {
    Map<String, Seen> all = new LinkedHashMap<>();
    for (Part part : parts) {
      all.put(part.name(), fresh(seen.getOrDefault(part.name(), Seen.NEVER)));
    }
    return all;
  }

  /** One that is looked at for so long does not answer. */
  private Seen fresh(Seen last) {
    Optional<Duration> age = last.at().map(at -> Duration.between(at, clock.instant()));
    return age.filter(known -> known.compareTo(FRESH) > 0).isPresent()
        ? new Seen(
            Optional.of("no look ended for " + age.get().toSeconds() + " s"),
            last.at(),
            last.took())
        : last;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
