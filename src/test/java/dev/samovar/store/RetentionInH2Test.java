package dev.samovar.store;

import java.util.UUID;

class RetentionInH2Test extends RetentionContract {
  @Override
  protected String fresh() {
    return "jdbc:h2:mem:" + UUID.randomUUID();
  }
}
