package dev.samovar.store;

import dev.samovar.work.Posts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Keeps intents in a table. */
final class PostsInSql implements Posts {
  private final Transactions transactions;

  PostsInSql(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Post intend(String id, Instant now) {
    return transactions.insert(
        connection -> {
          Optional<Post> known = find(connection, id);
          if (known.isPresent()) {
            return known.get();
          }
          try (PreparedStatement insert =
              connection.prepareStatement("insert into post (id, intended_at) values (?, ?)")) {
            insert.setString(1, id);
            insert.setObject(2, now.atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
          }
          return new Post(id, now, Optional.empty());
        },
        connection ->
            find(connection, id)
                .orElseThrow(() -> new SQLException("An intent was there and is gone: " + id)));
  }

  private static Optional<Post> find(Connection connection, String id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select intended_at, message from post where id = ?")) {
      select.setString(1, id);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new Post(
                    id,
                    rows.getObject(1, OffsetDateTime.class).toInstant(),
                    Optional.ofNullable(rows.getString(2))))
            : Optional.empty();
      }
    }
  }

  @Override
  public void arrived(String id, String message) {
    transactions.in(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement("update post set message = ? where id = ?")) {
            update.setString(1, message);
            update.setString(2, id);
            return update.executeUpdate();
          }
        });
  }
}
