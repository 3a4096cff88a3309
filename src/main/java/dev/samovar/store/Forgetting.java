package dev.samovar.store;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Forgets one person in all tables. Row by row, each locked while it is rewritten, so that it can
 * be done beside replicas at work.
 */
final class Forgetting {
  /**
   * Where people can be named.
   *
   * @param key what tells a row from the others
   * @param texts that are rewritten; parts of the key among them
   */
  private record Table(String name, List<String> key, List<String> texts) {}

  private static final Table INCIDENTS =
      new Table("incident", List.of("id"), List.of("body", "traits"));
  private static final Table HANDOVERS =
      new Table("handover", List.of("id"), List.of("id", "team", "body"));
  private static final List<Table> OTHERS =
      List.of(
          new Table("claim", List.of("what"), List.of("what", "claimant")),
          new Table("post", List.of("id"), List.of("id", "message")),
          new Table("mark", List.of("kind", "name"), List.of("name", "content")),
          new Table("audit", List.of("id"), List.of("person", "content")));
  private static final Table FEEDBACK =
      new Table("feedback", List.of("incident", "place"), List.of("person", "words", "link"));

  private final Transactions transactions;
  private final String user;
  private final Someone someone;

  Forgetting(Transactions transactions, String user) {
    this.transactions = transactions;
    this.user = user;
    this.someone = new Someone(user);
  }

  Forgotten all() {
    int incidents = rewrite(INCIDENTS);
    int opinions = rewrite(FEEDBACK);
    int handovers = rewrite(HANDOVERS);
    int others = jobs();
    for (Table table : OTHERS) {
      others += rewrite(table);
    }
    return new Forgotten(incidents, handovers, opinions, others);
  }

  private int rewrite(Table table) {
    int changed = 0;
    for (List<Object> key : transactions.in(connection -> naming(connection, table))) {
      changed +=
          transactions.insert(
              connection -> rewrite(connection, table, key),
              // Under its new key there is one already: this one says nothing more.
              connection -> delete(connection, table, key));
    }
    return changed;
  }

  /** The keys of the rows that contain the id, or a longer one. */
  private List<List<Object>> naming(Connection connection, Table table) throws SQLException {
    String sql =
        "select "
            + String.join(", ", table.key())
            + " from "
            + table.name()
            + " where "
            + String.join(" or ", table.texts().stream().map(text -> text + " like ?").toList());
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 1; i <= table.texts().size(); i++) {
        select.setString(i, "%" + user + "%");
      }
      List<List<Object>> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          List<Object> key = new ArrayList<>();
          for (int i = 1; i <= table.key().size(); i++) {
            key.add(rows.getObject(i));
          }
          found.add(key);
        }
      }
      return found;
    }
  }

  private int rewrite(Connection connection, Table table, List<Object> key) throws SQLException {
    List<@Nullable String> before = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + String.join(", ", table.texts())
                + " from "
                + table.name()
                + where(table)
                + " for update")) {
      set(select, 1, key);
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          return 0;
        }
        for (int i = 1; i <= table.texts().size(); i++) {
          before.add(rows.getString(i));
        }
      }
    }
    List<@Nullable String> after = new ArrayList<>();
    before.forEach(text -> after.add(text == null ? null : someone.rewritten(text)));
    if (after.equals(before)) {
      return 0;
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "update "
                + table.name()
                + " set "
                + String.join(", ", table.texts().stream().map(text -> text + " = ?").toList())
                + where(table))) {
      for (int i = 0; i < after.size(); i++) {
        update.setString(i + 1, after.get(i));
      }
      set(update, after.size() + 1, key);
      return update.executeUpdate();
    }
  }

  private static int delete(Connection connection, Table table, List<Object> key)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from " + table.name() + where(table))) {
      set(delete, 1, key);
      return delete.executeUpdate();
    }
  }

  private static String where(Table table) {
    return " where "
        + String.join(" and ", table.key().stream().map(part -> part + " = ?").toList());
  }

  private static void set(PreparedStatement statement, int from, List<Object> key)
      throws SQLException {
    for (int i = 0; i < key.size(); i++) {
      statement.setObject(from + i, key.get(i));
    }
  }

  /** A job that waits. */
  private record Waiting(String task, String instance, String data, long version) {}

  /**
   * What the person sent and nobody has done is dropped; in the rest they are someone. What is
   * under way ends by itself, and goes.
   */
  private int jobs() {
    int changed = 0;
    for (Waiting job : transactions.in(Forgetting::waiting)) {
      boolean isDropped = someone.isNamedIn(payload(job.data()));
      Waiting other =
          new Waiting(
              job.task(),
              someone.rewritten(job.instance()),
              job.data().substring(0, job.data().length() - payload(job.data()).length())
                  + someone.rewritten(payload(job.data())),
              job.version());
      if (isDropped || !other.equals(job)) {
        changed +=
            transactions.insert(
                connection -> isDropped ? drop(connection, job) : replace(connection, job, other),
                connection -> drop(connection, job));
      }
    }
    return changed;
  }

  private static String payload(String data) {
    return data.substring(data.indexOf('\n') + 1);
  }

  private static List<Waiting> waiting(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "select task_name, task_instance, task_data, version from scheduled_tasks"
                    + " where not picked");
        ResultSet rows = select.executeQuery()) {
      List<Waiting> found = new ArrayList<>();
      while (rows.next()) {
        byte[] data = Objects.requireNonNullElse(rows.getBytes(3), new byte[0]);
        found.add(
            new Waiting(
                rows.getString(1),
                rows.getString(2),
                new String(data, StandardCharsets.UTF_8),
                rows.getLong(4)));
      }
      return found;
    }
  }

  private static final String STILL_WAITING =
      " where task_name = ? and task_instance = ? and version = ? and not picked";

  private static int drop(Connection connection, Waiting job) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from scheduled_tasks" + STILL_WAITING)) {
      delete.setString(1, job.task());
      delete.setString(2, job.instance());
      delete.setLong(3, job.version());
      return delete.executeUpdate();
    }
  }

  private static int replace(Connection connection, Waiting job, Waiting other)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update scheduled_tasks set task_instance = ?, task_data = ?, version = version + 1"
                + STILL_WAITING)) {
      update.setString(1, other.instance());
      update.setBytes(2, other.data().getBytes(StandardCharsets.UTF_8));
      update.setString(3, job.task());
      update.setString(4, job.instance());
      update.setLong(5, job.version());
      return update.executeUpdate();
    }
  }
}
