package dev.samovar.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Does several things in the database, or none of them. */
final class Transactions {
  /** Of H2 and PostgreSQL alike: a row with that key is there. */
  private static final String THERE_ALREADY = "23505";

  private final DataSource source;

  Transactions(DataSource source) {
    this.source = source;
  }

  interface Work<T> {
    T run(Connection connection) throws SQLException, JsonProcessingException;
  }

  /**
   * @throws StoreException when the database can't be reached or refuses
   */
  <T> T in(Work<T> work) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      boolean isDone = false;
      try {
        T result = work.run(connection);
        connection.commit();
        isDone = true;
        return result;
      } finally {
        if (!isDone) {
          connection.rollback();
        }
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new StoreException("The store does not answer: " + e.getMessage(), e);
    } catch (JsonProcessingException e) {
      throw new StoreException("What is kept can't be written or read: " + e.getMessage(), e);
    }
  }

  /**
   * @param ifThere where another was faster with the same key
   */
  <T> T insert(Work<T> work, Work<T> ifThere) {
    try {
      return in(work);
    } catch (StoreException e) {
      if (e.getCause() instanceof SQLException refused
          && THERE_ALREADY.equals(refused.getSQLState())) {
        return in(ifThere);
      }
      throw e;
    }
  }
}
