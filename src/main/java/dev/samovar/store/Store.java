package dev.samovar.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.samovar.handoff.Handovers;
import dev.samovar.incidents.Incidents;
import dev.samovar.work.Claims;
import dev.samovar.work.Inbox;
import dev.samovar.work.Jobs;
import dev.samovar.work.Keepers;
import dev.samovar.work.Marks;
import dev.samovar.work.Posts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The database: opened once, its tables brought up to date, closed at the end. */
public final class Store implements AutoCloseable {
  private static final int CONNECTIONS = 8;
  private static final long PATIENCE_MILLIS = 5_000;

  private final HikariDataSource source;
  private final Transactions transactions;
  private final Clock clock;
  private final JobsInSql jobs;

  private Store(HikariDataSource source, boolean isShared, Pace pace, Clock clock) {
    this.source = source;
    this.transactions = new Transactions(source);
    this.clock = clock;
    this.jobs = new JobsInSql(source, isShared, pace, clock);
  }

  /**
   * @param url {@code jdbc:h2:file:./data/samovar}, {@code jdbc:h2:mem:…} or {@code
   *     jdbc:postgresql://host/database?user=…&password=…}
   * @throws StoreException when it can't be reached or its tables can't be made
   */
  public static Store open(String url) {
    return open(url, Pace.USUAL, Clock.systemUTC());
  }

  /**
   * @param clock says when jobs are due
   * @throws StoreException as the other
   */
  public static Store open(String url, Pace pace, Clock clock) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(staysOpen(url));
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(PATIENCE_MILLIS);
    config.setPoolName("store");
    if (!isShared(url)) {
      // H2 would keep what is committed for half a second in its process, which may be killed.
      config.setConnectionInitSql("set write_delay 0");
    }
    HikariDataSource source;
    try {
      source = new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw new StoreException(
          "The store at " + withoutSecrets(url) + " can't be opened: " + cause(e), e);
    }
    try {
      Flyway.configure()
          .dataSource(source)
          .locations("classpath:dev/samovar/store")
          .placeholders(Map.of("bytes", isShared(url) ? "bytea" : "varbinary(1000000)"))
          .failOnMissingLocations(true)
          .load()
          .migrate();
      if (isAlone(url)) {
        abandon(source);
      }
    } catch (FlywayException | SQLException e) {
      source.close();
      throw new StoreException(
          "The tables of the store at " + withoutSecrets(url) + " can't be made: " + cause(e), e);
    }
    return new Store(source, isShared(url), pace, clock);
  }

  /** H2 would close itself at the first sign of the end, while answers are being finished. */
  private static String staysOpen(String url) {
    return isShared(url) || url.toUpperCase(Locale.ROOT).contains("DB_CLOSE_ON_EXIT")
        ? url
        : url + ";DB_CLOSE_ON_EXIT=FALSE";
  }

  private static boolean isShared(String url) {
    return url.startsWith("jdbc:postgresql:");
  }

  /** An embedded database is locked by the process that has it: no replica can be at work. */
  private static boolean isAlone(String url) {
    return !isShared(url) && !url.toUpperCase(Locale.ROOT).contains("AUTO_SERVER");
  }

  /** What the process did when it died need not wait until its heart is missed. */
  private static void abandon(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update scheduled_tasks set picked = false, picked_by = null,"
                    + " last_heartbeat = null, version = version + 1 where picked")) {
      update.executeUpdate();
    }
  }

  static String withoutSecrets(String url) {
    int question = url.indexOf('?');
    String bare = question < 0 ? url : url.substring(0, question);
    return bare.replaceFirst("//[^/@]*@", "//");
  }

  static String cause(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given");
  }

  public Incidents incidents() {
    return new IncidentsInSql(transactions);
  }

  /** What must happen later; the same for every caller. */
  public Jobs jobs() {
    return jobs;
  }

  public Inbox inbox() {
    return new InboxInSql(transactions, jobs, clock);
  }

  public Claims claims() {
    return new ClaimsInSql(transactions, clock);
  }

  public Posts posts() {
    return new PostsInSql(transactions);
  }

  public Keepers keepers() {
    return new Keepers(jobs, inbox(), claims(), posts(), marks());
  }

  public Marks marks() {
    return new MarksInSql(transactions, clock);
  }

  public Handovers handovers() {
    return new HandoversInSql(transactions);
  }

  /**
   * @param reports how long incidents stay that are over, and handovers
   * @param events how long it is known what was delivered, claimed and posted
   */
  public Retention retention(Duration reports, Duration events) {
    return new Retention(transactions, clock, reports, events);
  }

  /**
   * Writes “someone” wherever a person is named; what people wrote stays, without the mention.
   *
   * @param user an id of the face
   */
  public Forgotten forget(String user) {
    return new Forgetting(transactions, user).all();
  }

  @Override
  public void close() {
    jobs.close();
    source.close();
  }
}
