package dev.samovar.store;

import dev.samovar.work.Backlog;
import dev.samovar.work.Jobs;
import java.time.Instant;

/**
 * Jobs in the database; while it does not answer, what falls due soon is done from memory, and the
 * rest is handed over when it is back. What recurs waits and is caught up.
 */
final class JobsDespiteOutage implements Jobs {
  private final Jobs database;
  private final Jobs memory;
  private final Outage outage;

  /**
   * @param memory does what is due meanwhile
   */
  JobsDespiteOutage(Jobs database, Jobs memory, Outage outage) {
    this.database = database;
    this.memory = memory;
    this.outage = outage;
  }

  @Override
  public void does(String kind, Work work) {
    database.does(kind, work);
    memory.does(kind, work);
  }

  @Override
  public void every(String kind, String key, Rhythm rhythm) {
    database.every(kind, key, rhythm);
  }

  @Override
  public boolean at(Instant when, String kind, String key, String payload) {
    return outage.change(
        () -> database.at(when, kind, key, payload),
        () -> memory.at(when, kind, key, payload),
        () -> {
          // One that is under way or done in memory is not done again.
          if (memory.cancel(kind, key)) {
            database.at(when, kind, key, payload);
          }
        });
  }

  @Override
  public boolean cancel(String kind, String key) {
    boolean isTaken = memory.cancel(kind, key);
    return outage.change(() -> database.cancel(kind, key) || isTaken, () -> isTaken);
  }

  @Override
  public Backlog backlog(Instant now) {
    return outage.ask(() -> database.backlog(now), () -> memory.backlog(now));
  }

  @Override
  public void start() {
    memory.start();
    outage.change(
        () -> {
          database.start();
          return true;
        },
        () -> true);
  }

  @Override
  public void close() {
    memory.close();
    database.close();
  }
}
