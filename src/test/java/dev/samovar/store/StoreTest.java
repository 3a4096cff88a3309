package dev.samovar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.incidents.IncidentsContract;
import dev.samovar.incidents.Opening;
import dev.samovar.incidents.Place;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest extends IncidentsContract {
  private final Store store = Store.open("jdbc:h2:mem:" + UUID.randomUUID());

  @Override
  protected Incidents incidents() {
    return store.incidents();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_file_keeps_them_over_a_restart(@TempDir Path folder) {
    String url = "jdbc:h2:file:" + folder.resolve("samovar");
    Incident incident =
        Incident.begin(
            "i1",
            new Place("C1", "1.1", "1.2"),
            new Opening(
                "m",
                Instant.EPOCH,
                Set.of(),
                "",
                "U1",
                Optional.empty(),
                Instant.parse("2026-05-20T15:00:00Z")));
    try (Store first = Store.open(url)) {
      first.incidents().open(incident);
    }
    try (Store second = Store.open(url)) {
      assertThat(second.incidents().find("i1")).contains(incident);
    }
  }

  @Test
  void a_store_that_cannot_be_opened_is_named_without_its_password() {
    assertThatThrownBy(
            () -> Store.open("jdbc:postgresql://127.0.0.1:1/samovar?user=me&password=s3cret"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/samovar")
        .hasMessageNotContaining("s3cret");
  }
}
