package dev.samovar.store;

import dev.samovar.work.Claims;
import dev.samovar.work.ClaimsInMemory;
import dev.samovar.work.Inbox;
import dev.samovar.work.Jobs;
import java.time.Clock;

/**
 * Keeps what is delivered in the database; while it does not answer, it is done from memory, and
 * the database told that it came.
 */
final class InboxDespiteOutage implements Inbox {
  private static final int REMEMBERED = 5_000;

  private final InboxInSql database;
  private final Outage outage;
  private final Jobs memory;
  private final Clock clock;
  private final Claims seen = new ClaimsInMemory(REMEMBERED);
  private int count;

  /**
   * @param memory does it meanwhile
   */
  InboxDespiteOutage(InboxInSql database, Jobs memory, Outage outage, Clock clock) {
    this.database = database;
    this.memory = memory;
    this.outage = outage;
    this.clock = clock;
  }

  /** Each delivery is a claimant of its own, so only the first is answered with yes. */
  private synchronized boolean isFirst(String kind, String key) {
    return seen.claim(kind + " " + key, String.valueOf(count++));
  }

  @Override
  public boolean accept(String kind, String key, String payload) {
    return outage.change(
        () -> {
          boolean isFirst = database.accept(kind, key, payload);
          isFirst(kind, key);
          return isFirst;
        },
        () -> isFirst(kind, key) && memory.at(clock.instant(), kind, key, payload),
        () -> database.seen(kind, key));
  }
}
