package dev.samovar.durability;

import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Opening;
import dev.samovar.incidents.Place;
import dev.samovar.store.Store;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Keeps incidents, and is gone the moment that the store has taken the last one. */
final class Committer {
  static final int COUNT = 20;

  private Committer() {}

  public static void main(String[] arguments) {
    Store store = Store.open(arguments[0]);
    for (int i = 0; i < COUNT; i++) {
      store
          .incidents()
          .open(
              Incident.begin(
                  "i" + i,
                  new Place("C1", "1." + i, "2." + i),
                  new Opening(
                      "m",
                      Instant.EPOCH,
                      Set.of(),
                      "",
                      "U1",
                      Optional.empty(),
                      Instant.EPOCH.plusSeconds(i))));
    }
    // As kill -9 would: no shutdown hook, nothing flushed.
    Runtime.getRuntime().halt(0);
  }
}
