package dev.samovar.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;

/** The time of day, which can be moved forward. */
public final class SandboxClock extends Clock {
  private final Clock real;
  private final AtomicLong ahead;

  public SandboxClock(Clock real) {
    this(real, new AtomicLong());
  }

  private SandboxClock(Clock real, AtomicLong ahead) {
    this.real = real;
    this.ahead = ahead;
  }

  /** How far it is ahead of the real time. */
  public Duration ahead() {
    return Duration.ofMillis(ahead.get());
  }

  public void forward(Duration time) {
    ahead.addAndGet(time.toMillis());
  }

  /** Back to the real time. */
  public void reset() {
    ahead.set(0);
  }

  @Override
  public ZoneId getZone() {
    return real.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new SandboxClock(real.withZone(zone), ahead);
  }

  @Override
  public Instant instant() {
    return real.instant().plus(ahead());
  }
}
