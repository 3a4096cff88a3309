package dev.samovar.store;

import dev.samovar.work.Audit;
import java.sql.PreparedStatement;
import java.time.ZoneOffset;
import java.util.UUID;

/** One row for everything that was asked. */
final class AuditInSql implements Audit {
  private static final int LONGEST_ID = 40;
  private static final int LONGEST_WHAT = 60;
  private static final int LONGEST = 1000;

  private final Transactions transactions;

  AuditInSql(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void record(Entry entry) {
    transactions.in(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "insert into audit (id, at, person, place, what, content, outcome)"
                      + " values (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, UUID.randomUUID().toString());
            insert.setObject(2, entry.at().atOffset(ZoneOffset.UTC));
            insert.setString(3, cut(entry.user(), LONGEST_ID));
            insert.setString(4, cut(entry.place(), LONGEST_ID));
            insert.setString(5, cut(entry.what(), LONGEST_WHAT));
            insert.setString(6, cut(entry.content(), LONGEST));
            insert.setString(7, entry.outcome().name());
            return insert.executeUpdate();
          }
        });
  }

  /** PostgreSQL keeps no NUL, and half a pair is no text. */
  private static String cut(String text, int most) {
    String plain = text.replace("\u0000", "");
    String kept = plain.length() <= most ? plain : plain.substring(0, most);
    return !kept.isEmpty() && Character.isHighSurrogate(kept.charAt(kept.length() - 1))
        ? kept.substring(0, kept.length() - 1)
        : kept;
  }
}
