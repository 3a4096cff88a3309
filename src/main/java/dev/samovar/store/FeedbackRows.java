package dev.samovar.store;

import dev.samovar.checks.CheckId;
import dev.samovar.incidents.Feedback;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The opinions of the documents as rows, to be counted and exported without reading reports. */
final class FeedbackRows {
  private FeedbackRows() {}

  /** Puts these in the place of what was said of an incident before. */
  static void replace(Connection connection, String incident, List<Feedback> feedback)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from feedback where incident = ?")) {
      delete.setString(1, incident);
      delete.executeUpdate();
    }
    if (feedback.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into feedback (incident, place, said_at, model, cause, was_it, person,"
                + " confidence, ranked, words, link) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (int i = 0; i < feedback.size(); i++) {
        Feedback one = feedback.get(i);
        insert.setString(1, incident);
        insert.setInt(2, i);
        insert.setObject(3, one.at().atOffset(ZoneOffset.UTC));
        insert.setString(4, one.model());
        insert.setString(5, one.check().map(CheckId::id).orElse(null));
        insert.setBoolean(6, one.wasIt());
        insert.setString(7, one.user());
        if (one.confidence().isPresent()) {
          insert.setDouble(8, one.confidence().getAsDouble());
        } else {
          insert.setNull(8, Types.DOUBLE);
        }
        if (one.rank().isPresent()) {
          insert.setInt(9, one.rank().getAsInt());
        } else {
          insert.setNull(9, Types.INTEGER);
        }
        insert.setString(10, one.words());
        insert.setString(11, one.link().orElse(null));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  static List<Feedback> since(Connection connection, Instant since) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select said_at, incident, model, cause, was_it, person, confidence, ranked, words,"
                + " link from feedback where said_at >= ? order by said_at, incident, place")) {
      select.setObject(1, since.atOffset(ZoneOffset.UTC));
      List<Feedback> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(row(rows));
        }
      }
      return found;
    }
  }

  private static Feedback row(ResultSet rows) throws SQLException {
    double confidence = rows.getDouble("confidence");
    OptionalDouble sure = rows.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(confidence);
    int ranked = rows.getInt("ranked");
    OptionalInt rank = rows.wasNull() ? OptionalInt.empty() : OptionalInt.of(ranked);
    return new Feedback(
        rows.getObject("said_at", OffsetDateTime.class).toInstant(),
        rows.getString("incident"),
        rows.getString("model"),
        Optional.ofNullable(rows.getString("cause")).flatMap(CheckId::of),
        rows.getBoolean("was_it"),
        rows.getString("person"),
        sure,
        rank,
        rows.getString("words"),
        Optional.ofNullable(rows.getString("link")));
  }
}
