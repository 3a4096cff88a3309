package dev.samovar.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.handoff.Handover;
import dev.samovar.handoff.Handover.State;
import dev.samovar.handoff.Handovers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Keeps handovers in a table, each as a JSON document. */
final class HandoversInSql implements Handovers {
  private static final int MOST = 100;
  private static final String DUPLICATE = "23505";
  private static final ObjectMapper JSON = IncidentsInSql.JSON;

  private final Transactions transactions;

  HandoversInSql(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public boolean begin(Handover handover) {
    // Asked first: the common case is that it is there, and an error in PostgreSQL's log each time.
    return find(handover.id()).isEmpty()
        && transactions.in(connection -> insert(connection, handover));
  }

  private static boolean insert(Connection connection, Handover handover)
      throws SQLException, JsonProcessingException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into handover (id, team, state, ends_at, body) values (?, ?, ?, ?, ?)")) {
      insert.setString(1, handover.id());
      insert.setString(2, handover.team());
      insert.setString(3, handover.state().name());
      insert.setObject(4, handover.end().atOffset(ZoneOffset.UTC));
      insert.setString(5, JSON.writeValueAsString(handover));
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      if (e instanceof SQLIntegrityConstraintViolationException
          || DUPLICATE.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public Optional<Handover> find(String id) {
    return read("id = ?", id).stream().findFirst();
  }

  @Override
  public List<Handover> unsent(String team, Instant until) {
    return read(
        "team = ? and state in (?, ?) and ends_at <= ?",
        team,
        State.RUNNING.name(),
        State.SENDING.name(),
        until.atOffset(ZoneOffset.UTC));
  }

  @Override
  public List<Handover> waiting(String team) {
    return read(
        "team = ? and state in (?, ?, ?)",
        team,
        State.SENT.name(),
        State.ASKED_AGAIN.name(),
        State.ESCALATED.name());
  }

  /**
   * @param where a constant of this class
   */
  private List<Handover> read(String where, Object... values) {
    return transactions.in(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select body from handover where " + where + " order by ends_at desc")) {
            select.setMaxRows(MOST);
            for (int i = 0; i < values.length; i++) {
              select.setObject(i + 1, values[i]);
            }
            List<Handover> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                found.add(0, JSON.readValue(rows.getString(1), Handover.class));
              }
            }
            return found;
          }
        });
  }

  @Override
  public Optional<Handover> change(String id, UnaryOperator<Handover> change) {
    return transactions.in(
        connection -> {
          Optional<Handover> changed = locked(connection, id).map(change);
          if (changed.isPresent()) {
            write(connection, changed.get());
          }
          return changed;
        });
  }

  private static Optional<Handover> locked(Connection connection, String id)
      throws SQLException, JsonProcessingException {
    try (PreparedStatement select =
        connection.prepareStatement("select body from handover where id = ? for update")) {
      select.setString(1, id);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(JSON.readValue(rows.getString(1), Handover.class))
            : Optional.empty();
      }
    }
  }

  private static void write(Connection connection, Handover handover)
      throws SQLException, JsonProcessingException {
    try (PreparedStatement update =
        connection.prepareStatement("update handover set state = ?, body = ? where id = ?")) {
      update.setString(1, handover.state().name());
      update.setString(2, JSON.writeValueAsString(handover));
      update.setString(3, handover.id());
      update.executeUpdate();
    }
  }
}
