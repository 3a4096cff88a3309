package dev.samovar.store;

import java.util.UUID;

class ForgettingInH2Test extends ForgettingContract {
  @Override
  protected String fresh() {
    return "jdbc:h2:mem:" + UUID.randomUUID();
  }
}
