package dev.samovar.store;

import dev.samovar.fixture.Postgres;

class RetentionInPostgresTest extends RetentionContract {
  @Override
  protected String fresh() throws Exception {
    return Postgres.shared().freshDatabase();
  }
}
