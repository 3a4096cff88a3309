package dev.samovar.store;

import dev.samovar.incidents.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what has been kept long enough. */
public final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  /** Few enough that nobody who waits for one of these rows notices. */
  private static final int BATCH = 500;

  private static final Duration AFTER_MIDNIGHT = Duration.ofHours(3);

  private final Transactions transactions;
  private final Clock clock;
  private final Duration reports;
  private final Duration events;

  Retention(Transactions transactions, Clock clock, Duration reports, Duration events) {
    this.transactions = transactions;
    this.clock = clock;
    this.reports = reports;
    this.events = events;
  }

  /** How many of each were deleted. */
  public record Deleted(int incidents, int handovers, int claims, int posts) {}

  /** A part of a batch: the rows that are too old, and no others. */
  private interface Batch {
    int delete(Connection connection, Instant before) throws SQLException;
  }

  /** The next time that few people wait for something. */
  public static Instant nextNight(Instant now) {
    Instant today = now.truncatedTo(ChronoUnit.DAYS).plus(AFTER_MIDNIGHT);
    return today.isAfter(now) ? today : today.plus(Duration.ofDays(1));
  }

  /** Deletes what is too old by now. Of two replicas that do it at once each deletes a part. */
  public Deleted apply() {
    Instant now = clock.instant();
    Instant oldReports = now.minus(reports);
    Instant oldEvents = now.minus(events);
    Deleted deleted =
        new Deleted(
            all(oldReports, Retention::incidents),
            all(oldReports, table("handover", "id", "ends_at")),
            all(oldEvents, table("claim", "what", "claimed_at")),
            all(oldEvents, table("post", "id", "intended_at")));
    forgetMarks(now);
    int asked = all(oldReports, table("audit", "id", "at"));
    LOG.info("Deleted {} entries of who asked what", asked);
    LOG.info(
        "Deleted what was kept long enough: {} incidents, {} handovers, {} claims, {} posts",
        deleted.incidents(),
        deleted.handovers(),
        deleted.claims(),
        deleted.posts());
    return deleted;
  }

  /** Those that hold no more; no news to anybody. */
  private void forgetMarks(Instant now) {
    transactions.in(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("delete from mark where until_at <= ?")) {
            delete.setObject(1, now.atOffset(ZoneOffset.UTC));
            return delete.executeUpdate();
          }
        });
  }

  private int all(Instant before, Batch batch) {
    int sum = 0;
    int last;
    do {
      last = transactions.in(connection -> batch.delete(connection, before));
      sum += last;
    } while (last > 0 && !Thread.currentThread().isInterrupted());
    return sum;
  }

  /** Open ones stay, however old. */
  private static int incidents(Connection connection, Instant before) throws SQLException {
    List<String> ids = new ArrayList<>();
    // Locked, so that what is opened again in this moment is seen as open, and stays.
    try (PreparedStatement select =
        connection.prepareStatement(
            "select id from incident where state = ? and changed_at < ?"
                + " order by changed_at limit ? for update")) {
      select.setString(1, State.RESOLVED.name());
      select.setObject(2, before.atOffset(ZoneOffset.UTC));
      select.setInt(3, BATCH);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getString(1));
        }
      }
    }
    try (PreparedStatement feedback =
            connection.prepareStatement("delete from feedback where incident = ?");
        PreparedStatement incident =
            connection.prepareStatement("delete from incident where id = ?")) {
      for (String id : ids) {
        feedback.setString(1, id);
        feedback.addBatch();
        incident.setString(1, id);
        incident.addBatch();
      }
      feedback.executeBatch();
      incident.executeBatch();
    }
    return ids.size();
  }

  /**
   * @param table as the others a constant of this class
   */
  private static Batch table(String table, String key, String at) {
    String old = "select " + key + " from " + table + " where " + at + " < ? limit " + BATCH;
    String sql = "delete from " + table + " where " + key + " in (" + old + ")";
    return (connection, before) -> {
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setObject(1, before.atOffset(ZoneOffset.UTC));
        return delete.executeUpdate();
      }
    };
  }
}
