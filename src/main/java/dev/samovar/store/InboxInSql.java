package dev.samovar.store;

import dev.samovar.work.Inbox;
import java.time.Clock;
import java.time.Instant;

/** Keeps what was delivered: that it came, and the job to be done about it, in one transaction. */
final class InboxInSql implements Inbox {
  private final Transactions transactions;
  private final JobsInSql jobs;
  private final Clock clock;

  InboxInSql(Transactions transactions, JobsInSql jobs, Clock clock) {
    this.transactions = transactions;
    this.jobs = jobs;
    this.clock = clock;
  }

  @Override
  public boolean accept(String kind, String key, String payload) {
    String what = what(kind, key);
    boolean isFirst =
        transactions.insert(
            connection -> {
              if (ClaimsInSql.owner(connection, what).isPresent()) {
                return false;
              }
              Instant now = clock.instant();
              ClaimsInSql.insert(connection, what, what, now);
              return jobs.add(new SameConnection(connection), now, kind, key, payload);
            },
            connection -> false);
    if (isFirst) {
      jobs.look();
    }
    return isFirst;
  }

  /** It came, and is done elsewhere. */
  void seen(String kind, String key) {
    String what = what(kind, key);
    transactions.insert(
        connection -> {
          if (ClaimsInSql.owner(connection, what).isEmpty()) {
            ClaimsInSql.insert(connection, what, what, clock.instant());
          }
          return true;
        },
        connection -> true);
  }

  private static String what(String kind, String key) {
    return "in " + kind + " " + key;
  }
}
