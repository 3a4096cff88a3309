package dev.samovar.work;

import java.time.Clock;

/** Hands on what is new while the process lives. */
public final class InboxInMemory implements Inbox {
  private static final int REMEMBERED = 5000;

  private final Jobs jobs;
  private final Clock clock;
  private final Claims seen = new ClaimsInMemory(REMEMBERED);
  private int count;

  public InboxInMemory(Jobs jobs, Clock clock) {
    this.jobs = jobs;
    this.clock = clock;
  }

  @Override
  public synchronized boolean accept(String kind, String key, String payload) {
    // Each delivery is a claimant of its own, so only the first is answered with yes.
    boolean isFirst = seen.claim(kind + " " + key, String.valueOf(count++));
    return isFirst && jobs.at(clock.instant(), kind, key, payload);
  }
}
