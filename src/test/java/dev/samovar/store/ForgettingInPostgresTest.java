package dev.samovar.store;

import dev.samovar.fixture.Postgres;

class ForgettingInPostgresTest extends ForgettingContract {
  @Override
  protected String fresh() throws Exception {
    return Postgres.shared().freshDatabase();
  }
}
