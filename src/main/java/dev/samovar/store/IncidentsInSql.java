package dev.samovar.store;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.samovar.checks.Figure;
import dev.samovar.incidents.Earlier;
import dev.samovar.incidents.Feedback;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.incidents.Quiet;
import dev.samovar.incidents.State;
import dev.samovar.incidents.Traits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps incidents in a table, each as a JSON document. */
final class IncidentsInSql implements Incidents {
  private static final int OPEN = 200;
  private static final int SINCE = 500;
  private static final String NEWEST_FIRST = " order by opened_at desc, id desc";

  /**
   * What a later version adds is skipped by an earlier replica, not refused; a list that an earlier
   * one did not write is empty.
   */
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_INVALID_SUBTYPE)
          .addMixIn(Figure.class, SortsOfFigures.class)
          .withConfigOverride(
              List.class,
              list ->
                  list.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY, Nulls.SKIP)))
          .build();

  /** Kept under names of their own: what is kept outlives the names of classes. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "sort")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Figure.Course.class, name = "course"),
    @JsonSubTypes.Type(value = Figure.Distribution.class, name = "distribution")
  })
  private interface SortsOfFigures {}

  private final Transactions transactions;

  IncidentsInSql(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void open(Incident incident) {
    transactions.in(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "insert into incident (id, channel, thread, model, state, opened_at,"
                      + " changed_at, ask_at, traits, body)"
                      + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, incident.id());
            insert.setString(2, incident.place().channel());
            insert.setString(3, incident.place().thread());
            insert.setString(4, incident.opening().model());
            insert.setString(5, incident.state().name());
            insert.setObject(6, incident.opening().at().atOffset(ZoneOffset.UTC));
            insert.setObject(7, incident.lastTouched().atOffset(ZoneOffset.UTC));
            insert.setObject(8, askAt(incident));
            insert.setString(9, traits(incident));
            insert.setString(10, JSON.writeValueAsString(incident));
            insert.executeUpdate();
          }
          if (!Feedback.of(incident).isEmpty()) {
            FeedbackRows.replace(connection, incident.id(), Feedback.of(incident));
          }
          return incident;
        });
  }

  @Override
  public Optional<Incident> find(String id) {
    return read("where id = ?" + NEWEST_FIRST, 1, id).stream().findFirst();
  }

  @Override
  public Optional<Incident> inThread(String channel, String thread) {
    return read("where channel = ? and thread = ?" + NEWEST_FIRST, 1, channel, thread).stream()
        .findFirst();
  }

  @Override
  public List<Incident> open() {
    return read("where state <> ?" + NEWEST_FIRST, OPEN, State.RESOLVED.name());
  }

  @Override
  public int openCount() {
    return transactions.in(
        connection -> {
          try (PreparedStatement count =
              connection.prepareStatement("select count(*) from incident where state <> ?")) {
            count.setString(1, State.RESOLVED.name());
            try (ResultSet rows = count.executeQuery()) {
              rows.next();
              return rows.getInt(1);
            }
          }
        });
  }

  @Override
  public List<Incident> since(Instant moment) {
    return read("where opened_at >= ?" + NEWEST_FIRST, SINCE, moment.atOffset(ZoneOffset.UTC));
  }

  @Override
  public List<Incident> ofModel(String model, int most) {
    return read("where model = ?" + NEWEST_FIRST, most, model);
  }

  @Override
  public List<Incident> silent(Instant now) {
    return read("where ask_at <= ? order by ask_at, id", OPEN, now.atOffset(ZoneOffset.UTC));
  }

  @Override
  public List<Earlier> earlier(String model, Instant begin, Instant end, int most) {
    return transactions.in(
        connection -> {
          List<Earlier> found = new ArrayList<>();
          found.addAll(earlier(connection, "model = ?", model, begin, end, most));
          found.addAll(earlier(connection, "model <> ?", model, begin, end, most));
          return found;
        });
  }

  /**
   * @param which a constant of this class
   */
  private static List<Earlier> earlier(
      Connection connection, String which, String model, Instant begin, Instant end, int most)
      throws SQLException, JsonProcessingException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select id, model, opened_at, traits from incident where "
                + which
                + " and opened_at >= ? and opened_at < ? and traits is not null"
                + " order by opened_at desc, id desc")) {
      select.setMaxRows(most);
      select.setString(1, model);
      select.setObject(2, begin.atOffset(ZoneOffset.UTC));
      select.setObject(3, end.atOffset(ZoneOffset.UTC));
      List<Earlier> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(
              new Earlier(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getObject(3, OffsetDateTime.class).toInstant(),
                  new Traits(Set.of(JSON.readValue(rows.getString(4), String[].class)))));
        }
      }
      return found;
    }
  }

  @Override
  public List<Feedback> feedback(Instant since) {
    return transactions.in(connection -> FeedbackRows.since(connection, since));
  }

  private static @Nullable OffsetDateTime askAt(Incident incident) {
    return Quiet.next(incident).map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null);
  }

  private static @Nullable String traits(Incident incident) throws JsonProcessingException {
    Traits traits = Traits.of(incident);
    return traits.names().isEmpty()
        ? null
        : JSON.writeValueAsString(traits.names().stream().sorted().toList());
  }

  /**
   * @param where a constant of this class
   */
  private List<Incident> read(String where, int most, Object... values) {
    return transactions.in(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement("select body from incident " + where)) {
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
    return transactions.in(
        connection -> {
          Optional<Incident> before = locked(connection, id);
          Optional<Incident> changed = before.map(change);
          if (changed.isPresent() && !changed.equals(before)) {
            write(connection, changed.get());
            List<Feedback> feedback = Feedback.of(changed.get());
            if (!feedback.equals(before.map(Feedback::of).orElse(List.of()))) {
              FeedbackRows.replace(connection, id, feedback);
            }
          }
          return changed;
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
        connection.prepareStatement(
            "update incident set state = ?, changed_at = ?, ask_at = ?, traits = ?, body = ?"
                + " where id = ?")) {
      update.setString(1, incident.state().name());
      update.setObject(2, incident.lastTouched().atOffset(ZoneOffset.UTC));
      update.setObject(3, askAt(incident));
      update.setString(4, traits(incident));
      update.setString(5, JSON.writeValueAsString(incident));
      update.setString(6, incident.id());
      update.executeUpdate();
    }
  }
}
