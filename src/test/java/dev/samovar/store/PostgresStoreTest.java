package dev.samovar.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.fixture.Postgres;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.incidents.IncidentsContract;
import dev.samovar.incidents.Opening;
import dev.samovar.incidents.Place;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The store's contract on the real PostgreSQL. */
@SuppressWarnings("NullAway.Init") // Each test opens its own.
class PostgresStoreTest extends IncidentsContract {
  private Postgres postgres;
  private String url;
  private Store store;

  @BeforeEach
  void open() throws Exception {
    postgres = Postgres.shared();
    url = postgres.freshDatabase();
    store = Store.open(url);
  }

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
    }
  }

  @Override
  protected Incidents incidents() {
    return store.incidents();
  }

  private static Incident incident(String id) {
    return Incident.begin(
        id,
        new Place("C1", "t-" + id, "a-" + id),
        new Opening(
            "m",
            Instant.EPOCH,
            Set.of(),
            "",
            "U1",
            Optional.empty(),
            Instant.parse("2026-05-20T15:00:00Z")));
  }

  @Test
  void it_is_kept_over_a_restart_of_the_server() throws Exception {
    Incident incident = incident("i1");
    store.incidents().open(incident);
    postgres.stop();
    postgres.start();

    try (Store again = Store.open(url)) {
      assertThat(again.incidents().find("i1")).contains(incident);
    }
    assertThat(store.incidents().find("i1")).contains(incident);
  }

  @Test
  void two_replicas_share_it() {
    store.incidents().open(incident("i1"));
    try (Store other = Store.open(url)) {
      other
          .incidents()
          .change("i1", one -> one.ownedBy("U2", Instant.parse("2026-05-20T16:00:00Z")));
    }
    assertThat(store.incidents().find("i1").orElseThrow().owner()).contains("U2");
  }
}
