package dev.samovar.store;

import java.util.UUID;

class WorkInH2Test extends WorkInSqlContract {
  @Override
  protected String fresh() {
    return "jdbc:h2:mem:" + UUID.randomUUID();
  }
}
