package dev.samovar.store;

import dev.samovar.work.Claims;
import dev.samovar.work.ClaimsInMemory;

/**
 * Claims in the database; while it does not answer, this process knows its own, and replicas may do
 * the same twice.
 */
final class ClaimsDespiteOutage implements Claims {
  private static final int REMEMBERED = 5_000;

  private final Claims database;
  private final Outage outage;
  private final Claims memory = new ClaimsInMemory(REMEMBERED);

  ClaimsDespiteOutage(Claims database, Outage outage) {
    this.database = database;
    this.outage = outage;
  }

  @Override
  public boolean claim(String what, String by) {
    return outage.change(
        () -> {
          boolean isTheirs = database.claim(what, by);
          memory.claim(what, isTheirs ? by : "another");
          return isTheirs;
        },
        () -> memory.claim(what, by),
        () -> database.claim(what, by));
  }
}
