package dev.samovar.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** The time of day, which can be moved forward. */
public final class SandboxClock extends Clock {
  private final Clock real;
  private final AtomicReference<Duration> ahead;

  public SandboxClock(Clock real) {
    this(real, new AtomicReference<>(Duration.ZERO));
  }

  private SandboxClock(Clock real, AtomicReference<Duration> ahead) {
    this.real = real;
    this.ahead = ahead;
  }

  /** How far it is ahead of the real time. */
  public Duration ahead() {
    return ahead.get();
  }

  public void forward(Duration time) {
    ahead.updateAndGet(one -> one.plus(time));
  }

  /** Back to the real time. */
  public void reset() {
    ahead.set(Duration.ZERO);
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
    return real.instant().plus(ahead.get());
  }
}
