package dev.samovar.store;

import dev.samovar.work.Marks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps marks in a table. */
final class MarksInSql implements Marks {
  private final Transactions transactions;
  private final Clock clock;

  MarksInSql(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /** What stands there, whether it still holds or not. */
  private record Mark(String value, Instant until) {}

  @Override
  public void put(String kind, String name, String value, Instant until) {
    Mark mark = new Mark(value, until);
    Transactions.Work<Boolean> work =
        connection ->
            locked(connection, kind, name).isPresent()
                ? update(connection, kind, name, mark)
                : insert(connection, kind, name, mark);
    transactions.insert(work, work);
  }

  @Override
  public String putIfAbsent(String kind, String name, String value, Instant until) {
    Mark mark = new Mark(value, until);
    Transactions.Work<String> work =
        connection -> {
          // Of those who find one that holds no more, the second waits here and then sees the
          // first one's.
          Optional<Mark> kept = locked(connection, kind, name);
          if (kept.isPresent() && kept.get().until().isAfter(clock.instant())) {
            return kept.get().value();
          }
          boolean unused =
              kept.isPresent()
                  ? update(connection, kind, name, mark)
                  : insert(connection, kind, name, mark);
          return value;
        };
    return transactions.insert(work, work);
  }

  @Override
  public Optional<String> get(String kind, String name) {
    return transactions.in(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select content from mark where kind = ? and name = ? and until_at > ?")) {
            select.setString(1, kind);
            select.setString(2, name);
            select.setObject(3, clock.instant().atOffset(ZoneOffset.UTC));
            try (ResultSet rows = select.executeQuery()) {
              return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
          }
        });
  }

  @Override
  public Map<String, String> all(String kind) {
    return transactions.in(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select name, content from mark where kind = ? and until_at > ?")) {
            select.setString(1, kind);
            select.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
            Map<String, String> found = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                found.put(rows.getString(1), rows.getString(2));
              }
            }
            return Map.copyOf(found);
          }
        });
  }

  private static Optional<Mark> locked(Connection connection, String kind, String name)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select content, until_at from mark where kind = ? and name = ? for update")) {
      select.setString(1, kind);
      select.setString(2, name);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new Mark(rows.getString(1), rows.getObject(2, OffsetDateTime.class).toInstant()))
            : Optional.empty();
      }
    }
  }

  private static boolean insert(Connection connection, String kind, String name, Mark mark)
      throws SQLException {
    return write(
        connection,
        "insert into mark (content, until_at, kind, name) values (?, ?, ?, ?)",
        kind,
        name,
        mark);
  }

  private static boolean update(Connection connection, String kind, String name, Mark mark)
      throws SQLException {
    return write(
        connection,
        "update mark set content = ?, until_at = ? where kind = ? and name = ?",
        kind,
        name,
        mark);
  }

  /**
   * @param sql a constant of this class
   */
  private static boolean write(
      Connection connection, String sql, String kind, String name, Mark mark) throws SQLException {
    try (PreparedStatement write = connection.prepareStatement(sql)) {
      write.setString(1, mark.value());
      write.setObject(2, mark.until().atOffset(ZoneOffset.UTC));
      write.setString(3, kind);
      write.setString(4, name);
      return write.executeUpdate() == 1;
    }
  }
}
