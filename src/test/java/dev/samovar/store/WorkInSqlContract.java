package dev.samovar.store;

import dev.samovar.work.Claims;
import dev.samovar.work.Inbox;
import dev.samovar.work.Jobs;
import dev.samovar.work.Posts;
import dev.samovar.work.WorkContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of work over a database. */
@SuppressWarnings("NullAway.Init") // Each test opens its own.
abstract class WorkInSqlContract extends WorkContract {
  static final Pace QUICK = new Pace(Duration.ofMillis(50), Duration.ofMillis(200));

  private Store store;

  /** Of a database that nobody used. */
  protected abstract String fresh() throws Exception;

  @BeforeEach
  void open() throws Exception {
    store = Store.open(fresh(), QUICK, clock);
  }

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
    }
  }

  @Override
  protected Jobs jobs() {
    return store.jobs();
  }

  @Override
  protected Inbox inbox() {
    return store.inbox();
  }

  @Override
  protected Claims claims() {
    return store.claims();
  }

  @Override
  protected Posts posts() {
    return store.posts();
  }
}
