package dev.samovar.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The tables of the database at an address. */
record Tables(HikariDataSource source, String url) {

  static boolean isShared(String url) {
    return url.startsWith("jdbc:postgresql:");
  }

  /** An embedded database is locked by the process that has it: no replica can be at work. */
  private boolean isAlone() {
    return !isShared(url) && !url.toUpperCase(Locale.ROOT).contains("AUTO_SERVER");
  }

  /**
   * Makes what is lacking; twice changes nothing.
   *
   * @throws StoreException where the database does not answer or refuses
   */
  void bringUpToDate() {
    try {
      Flyway.configure()
          .dataSource(source)
          .locations("classpath:dev/samovar/store")
          .placeholders(Map.of("bytes", isShared(url) ? "bytea" : "varbinary(1000000)"))
          .failOnMissingLocations(true)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new StoreException(
          "The tables of the store at " + shown() + " can't be made: " + reason(e), e);
    }
  }

  /** What a process did when it died need not wait until its heart is missed. */
  void abandon() {
    if (!isAlone()) {
      return;
    }
    try (Connection connection = source.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update scheduled_tasks set picked = false, picked_by = null,"
                    + " last_heartbeat = null, version = version + 1 where picked")) {
      update.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException(
          "The jobs of the store at " + shown() + " can't be taken over: " + reason(e), e);
    }
  }

  private String shown() {
    return withoutSecrets(url);
  }

  static String withoutSecrets(String url) {
    int question = url.indexOf('?');
    String bare = question < 0 ? url : url.substring(0, question);
    return bare.replaceFirst("//[^/@]*@", "//");
  }

  static String reason(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
