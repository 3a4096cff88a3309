package dev.samovar.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.incidents.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** Keeps incidents in a table, each as a JSON document. */
final class IncidentsInSql implements Incidents {
  private static final int OPEN = 200;
  private static final int SINCE = 500;

  /** What a later version adds is skipped by an earlier replica, not refused. */
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final DataSource source;

  IncidentsInSql(DataSource source) {
    this.source = source;
  }

  private interface Work<T> {
    T run(Connection connection) throws SQLException, JsonProcessingException;
  }

  private <T> T in(Work<T> work) {
    try (Connection connection = source.getConnection()) {
      return work.run(connection);
    } catch (SQLException e) {
      throw new StoreException("The store does not answer: " + e.getMessage(), e);
    } catch (JsonProcessingException e) {
      throw new StoreException("An incident can't be written or read: " + e.getMessage(), e);
    }
  }

  @Override
  public void open(Incident incident) {
    in(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "insert into incident (id, channel, thread, model, state, opened_at, body)"
                      + " values (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, incident.id());
            insert.setString(2, incident.place().channel());
            insert.setString(3, incident.place().thread());
            insert.setString(4, incident.opening().model());
            insert.setString(5, incident.state().name());
            insert.setObject(6, incident.opening().at().atOffset(ZoneOffset.UTC));
            insert.setString(7, JSON.writeValueAsString(incident));
            return insert.executeUpdate();
          }
        });
  }

  @Override
  public Optional<Incident> find(String id) {
    return read("where id = ?", 1, id).stream().findFirst();
  }

  @Override
  public Optional<Incident> inThread(String channel, String thread) {
    return read("where channel = ? and thread = ?", 1, channel, thread).stream().findFirst();
  }

  @Override
  public List<Incident> open() {
    return read("where state <> ?", OPEN, State.RESOLVED.name());
  }

  @Override
  public List<Incident> since(Instant moment) {
    return read("where opened_at >= ?", SINCE, moment.atOffset(ZoneOffset.UTC));
  }

  @Override
  public List<Incident> ofModel(String model, int most) {
    return read("where model = ?", most, model);
  }

  /**
   * @param where a constant of this class
   */
  private List<Incident> read(String where, int most, Object... values) {
    return in(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select body from incident " + where + " order by opened_at desc, id desc")) {
            select.setMaxRows(most);
            for (int i = 0; i < values.length; i++) {
              select.setObject(i + 1, values[i]);
            }
            List<Incident> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                found.add(JSON.readValue(rows.getString(1), Incident.class));
              }
            }
            return found;
          }
        });
  }

  @Override
  public Optional<Incident> change(String id, UnaryOperator<Incident> change) {
    return in(
        connection -> {
          connection.setAutoCommit(false);
          boolean isDone = false;
          try {
            Optional<Incident> changed = locked(connection, id).map(change);
            if (changed.isPresent()) {
              write(connection, changed.get());
            }
            connection.commit();
            isDone = true;
            return changed;
          } finally {
            if (!isDone) {
              connection.rollback();
            }
            connection.setAutoCommit(true);
          }
        });
  }

  private static Optional<Incident> locked(Connection connection, String id)
      throws SQLException, JsonProcessingException {
    try (PreparedStatement select =
        connection.prepareStatement("select body from incident where id = ? for update")) {
      select.setString(1, id);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(JSON.readValue(rows.getString(1), Incident.class))
            : Optional.empty();
      }
    }
  }

  private static void write(Connection connection, Incident incident)
      throws SQLException, JsonProcessingException {
    try (PreparedStatement update =
        connection.prepareStatement("update incident set state = ?, body = ? where id = ?")) {
      update.setString(1, incident.state().name());
      update.setString(2, JSON.writeValueAsString(incident));
      update.setString(3, incident.id());
      update.executeUpdate();
    }
  }
}
