package dev.samovar.store;

import dev.samovar.fixture.Postgres;

class WorkInPostgresTest extends WorkInSqlContract {
  @Override
  protected String fresh() throws Exception {
    return Postgres.shared().freshDatabase();
  }
}
