package dev.samovar.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.samovar.handoff.Handovers;
import dev.samovar.incidents.Incidents;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The database: opened once, its tables brought up to date, closed at the end. */
public final class Store implements AutoCloseable {
  private static final int CONNECTIONS = 8;
  private static final long PATIENCE_MILLIS = 5_000;

  private final HikariDataSource source;

  private Store(HikariDataSource source) {
    this.source = source;
  }

  /**
   * @param url {@code jdbc:h2:file:./data/samovar}, {@code jdbc:h2:mem:…} or {@code
   *     jdbc:postgresql://host/database?user=…&password=…}
   * @throws StoreException when it can't be reached or its tables can't be made
   */
  public static Store open(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(PATIENCE_MILLIS);
    config.setPoolName("store");
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
          .load()
          .migrate();
    } catch (FlywayException e) {
      source.close();
      throw new StoreException(
          "The tables of the store at " + withoutSecrets(url) + " can't be made: " + cause(e), e);
    }
    return new Store(source);
  }

  private static String withoutSecrets(String url) {
    int question = url.indexOf('?');
    String bare = question < 0 ? url : url.substring(0, question);
    return bare.replaceFirst("//[^/@]*@", "//");
  }

  private static String cause(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given");
  }

  public Incidents incidents() {
    return new IncidentsInSql(source);
  }

  public Handovers handovers() {
    return new HandoversInSql(source);
  }

  @Override
  public void close() {
    source.close();
  }
}
