package dev.samovar.store;

import dev.samovar.work.Claims;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Keeps claims in a table. */
final class ClaimsInSql implements Claims {
  private final Transactions transactions;
  private final Clock clock;

  ClaimsInSql(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public boolean claim(String what, String by) {
    return transactions.insert(
        connection -> {
          Optional<String> owner = owner(connection, what);
          if (owner.isEmpty()) {
            insert(connection, what, by, clock.instant());
          }
          return owner.isEmpty() || owner.get().equals(by);
        },
        connection -> owner(connection, what).filter(by::equals).isPresent());
  }

  static Optional<String> owner(Connection connection, String what) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select claimant from claim where what = ?")) {
      select.setString(1, what);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    }
  }

  static void insert(Connection connection, String what, String by, Instant now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into claim (what, claimant, claimed_at) values (?, ?, ?)")) {
      insert.setString(1, what);
      insert.setString(2, by);
      insert.setObject(3, now.atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }
}
