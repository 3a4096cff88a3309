package dev.samovar.store;

import dev.samovar.handoff.Handovers;
import dev.samovar.handoff.HandoversContract;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

class HandoversInSqlTest extends HandoversContract {
  private final Store store = Store.open("jdbc:h2:mem:" + UUID.randomUUID());

  @Override
  protected Handovers handovers() {
    return store.handovers();
  }

  @AfterEach
  void close() {
    store.close();
  }
}
