package dev.samovar.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * That a source answered.
 *
 * @param latency of one small question
 * @param skew by how much its clock is ahead of ours, give or take the latency; empty where it does
 *     not tell the time
 */
public record Presence(String version, Duration latency, Optional<Duration> skew) {
  /**
   * @param asked when the question went out
   * @param told what the source's clock said in its answer
   */
  public static Presence of(
      String version, Instant asked, Duration latency, Optional<Instant> told) {
    Instant middle = asked.plus(latency.dividedBy(2));
    return new Presence(version, latency, told.map(time -> Duration.between(middle, time)));
  }
}
