package dev.samovar.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/** Looks at a store without changing it: no file is made, and no table is brought up to date. */
public final class StoreCheckup {
  private static final String H2_FILE = "jdbc:h2:file:";
  private static final String PATIENCE_SECONDS = "5";

  private StoreCheckup() {}

  /**
   * @return what is there, in a sentence
   * @throws StoreException where it can't be opened
   */
  public static String look(String url) {
    Optional<Path> file = file(url);
    if (file.isPresent() && !Files.exists(file.get())) {
      return Tables.withoutSecrets(url) + " is not there yet; serve makes it";
    }
    if (url.startsWith("jdbc:h2:mem:")) {
      return "in memory: what is kept ends with the process";
    }
    Properties properties = new Properties();
    if (url.startsWith("jdbc:postgresql:")) {
      properties.setProperty("connectTimeout", PATIENCE_SECONDS);
      properties.setProperty("loginTimeout", PATIENCE_SECONDS);
      properties.setProperty("socketTimeout", PATIENCE_SECONDS);
    }
    try (Connection connection =
        DriverManager.getConnection(file.isPresent() ? url + ";IFEXISTS=TRUE" : url, properties)) {
      DatabaseMetaData about = connection.getMetaData();
      return about.getDatabaseProductName()
          + " "
          + about.getDatabaseProductVersion()
          + " at "
          + Tables.withoutSecrets(url);
    } catch (SQLException e) {
      throw new StoreException(
          "The store at " + Tables.withoutSecrets(url) + " can't be opened: " + Tables.reason(e),
          e);
    }
  }

  private static Optional<Path> file(String url) {
    if (!url.startsWith(H2_FILE)) {
      return Optional.empty();
    }
    String bare = url.substring(H2_FILE.length());
    int semicolon = bare.indexOf(';');
    return Optional.of(Path.of((semicolon < 0 ? bare : bare.substring(0, semicolon)) + ".mv.db"));
  }
}
