package dev.samovar.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.samovar.handoff.Handovers;
import dev.samovar.incidents.Incidents;
import dev.samovar.work.Audit;
import dev.samovar.work.Claims;
import dev.samovar.work.Inbox;
import dev.samovar.work.Jobs;
import dev.samovar.work.JobsInMemory;
import dev.samovar.work.Keepers;
import dev.samovar.work.Marks;
import dev.samovar.work.Posts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database: opened once, its tables brought up to date, closed at the end. */
public final class Store implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Store.class);
  private static final int CONNECTIONS = 8;
  private static final int VALID_SECONDS = 3;
  private static final long PATIENCE_MILLIS = 5_000;

  private static final int THREADS = 6;

  private final HikariDataSource source;
  private final Transactions transactions;
  private final Clock clock;
  private final Outage outage;
  private final Jobs jobs;
  private final Inbox inbox;
  private final Incidents incidents;
  private final Handovers handovers;
  private final Claims claims;
  private final Posts posts;
  private final Marks marks;
  private final Audit audit;

  private Store(Tables tables, Pace pace, Clock clock) {
    this.source = tables.source();
    this.transactions = new Transactions(source);
    this.clock = clock;
    this.outage = new Outage(tables::bringUpToDate, pace.polling());
    JobsInSql kept = new JobsInSql(source, Tables.isShared(tables.url()), pace, clock);
    Jobs meanwhile = new JobsInMemory(clock, pace.polling(), THREADS);
    this.jobs = new JobsDespiteOutage(kept, meanwhile, outage);
    this.inbox =
        new InboxDespiteOutage(new InboxInSql(transactions, kept, clock), meanwhile, outage, clock);
    this.incidents = new IncidentsDespiteOutage(new IncidentsInSql(transactions), outage);
    this.handovers = new HandoversDespiteOutage(new HandoversInSql(transactions), outage);
    this.claims = new ClaimsDespiteOutage(new ClaimsInSql(transactions, clock), outage);
    this.posts = new PostsDespiteOutage(new PostsInSql(transactions), outage);
    this.marks = new MarksDespiteOutage(new MarksInSql(transactions, clock), outage, clock);
    this.audit = new AuditDespiteOutage(new AuditInSql(transactions), outage);
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
    Tables tables = new Tables(connect(url), url);
    prepare(tables);
    return new Store(tables, pace, clock);
  }

  /**
   * Opens it for one who must go on without it: where the server does not answer yet, what happens
   * is kept in memory until it does.
   *
   * @throws StoreException where it answers and refuses
   */
  public static Store openOrAwait(String url, Pace pace, Clock clock) {
    try {
      return open(url, pace, clock);
    } catch (StoreException e) {
      if (!Tables.isShared(url) || !Outage.isAway(e) || Outage.isRefused(e)) {
        throw e;
      }
      HikariConfig config = config(url);
      config.setInitializationFailTimeout(-1);
      Store store = new Store(new Tables(new HikariDataSource(config), url), pace, clock);
      store.outage.begin(e);
      return store;
    }
  }

  private static HikariDataSource connect(String url) {
    try {
      return new HikariDataSource(config(url));
    } catch (HikariPool.PoolInitializationException e) {
      throw new StoreException(
          "The store at " + Tables.withoutSecrets(url) + " can't be opened: " + Tables.reason(e),
          e);
    }
  }

  private static HikariConfig config(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(staysOpen(url));
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(PATIENCE_MILLIS);
    config.setPoolName("store");
    if (!Tables.isShared(url)) {
      // H2 would keep what is committed for half a second in its process, which may be killed.
      config.setConnectionInitSql("set write_delay 0");
    }
    return config;
  }

  private static void prepare(Tables tables) {
    boolean isDone = false;
    try {
      tables.bringUpToDate();
      tables.abandon();
      isDone = true;
    } finally {
      if (!isDone) {
        tables.source().close();
      }
    }
  }

  /** H2 would close itself at the first sign of the end, while answers are being finished. */
  private static String staysOpen(String url) {
    return Tables.isShared(url) || url.toUpperCase(Locale.ROOT).contains("DB_CLOSE_ON_EXIT")
        ? url
        : url + ";DB_CLOSE_ON_EXIT=FALSE";
  }

  public Incidents incidents() {
    return incidents;
  }

  /** What must happen later; the same for every caller. */
  public Jobs jobs() {
    return jobs;
  }

  public Inbox inbox() {
    return inbox;
  }

  public Claims claims() {
    return claims;
  }

  public Posts posts() {
    return posts;
  }

  public Marks marks() {
    return marks;
  }

  public Keepers keepers() {
    return new Keepers(jobs, inbox, claims, posts, marks, audit, outage::isOn);
  }

  public Handovers handovers() {
    return handovers;
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

  /** Whether the database answers just now; asks it. */
  public boolean answers() {
    try (Connection connection = source.getConnection()) {
      return connection.isValid(VALID_SECONDS) && !outage.isOn();
    } catch (SQLException e) {
      LOG.debug("The store does not answer", e);
      return false;
    }
  }

  @Override
  public void close() {
    jobs.close();
    outage.close();
    source.close();
  }
}
