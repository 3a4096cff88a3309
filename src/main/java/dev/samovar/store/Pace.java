package dev.samovar.store;

import java.time.Duration;

/**
 * How often replicas look at the jobs they share.
 *
 * @param polling how often each looks for jobs that are due; its own are done at once
 * @param heartbeat how often each says that it lives; one that was silent four times is dead, and
 *     what it was doing is taken over
 */
public record Pace(Duration polling, Duration heartbeat) {
  /** A dead replica's jobs are taken over after 12 to 18 seconds. */
  public static final Pace USUAL = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(3));
}
