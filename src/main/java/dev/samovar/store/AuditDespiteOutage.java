package dev.samovar.store;

import dev.samovar.work.Audit;

/** Rows in the database; while it does not answer, the log alone has them (see the face). */
final class AuditDespiteOutage implements Audit {
  private final Audit database;
  private final Outage outage;

  AuditDespiteOutage(Audit database, Outage outage) {
    this.database = database;
    this.outage = outage;
  }

  @Override
  public void record(Entry entry) {
    outage.change(
        () -> {
          database.record(entry);
          return entry;
        },
        () -> entry);
  }
}
