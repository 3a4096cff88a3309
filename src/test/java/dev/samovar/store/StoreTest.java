package dev.samovar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.incidents.IncidentsContract;
import dev.samovar.incidents.Opening;
import dev.samovar.incidents.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
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

  /** A document as the version before V20 wrote it. */
  @Test
  void what_an_earlier_version_kept_is_read_and_goes_on() throws Exception {
    String url = "jdbc:h2:mem:" + UUID.randomUUID();
    String body =
        Files.readString(Path.of("src/test/resources/dev/samovar/store/incident-of-v1.json"));
    try (Store old = Store.open(url);
        Connection connection = DriverManager.getConnection(url)) {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into incident (id, channel, thread, model, state, opened_at, body)"
                  + " values ('old', 'C1', '1.1', 'fraud-scorer', 'WATCHING',"
                  + " timestamp with time zone '2026-05-20 15:00:00+00', ?)")) {
        insert.setString(1, body);
        insert.executeUpdate();
      }
      Incident read = old.incidents().find("old").orElseThrow();

      assertThat(read.owner()).contains("U1");
      assertThat(read.opinions()).hasSize(1);
      assertThat(read.opinions().get(0).rank()).isEmpty();
      assertThat(read.checklists().get(0).done().get(0).what()).isEmpty();
      assertThat(read.place().link()).isEmpty();
      assertThat(read.explanations()).isEmpty();
      assertThat(read.asked()).isEmpty();
      assertThat(read.resolution()).isEmpty();
      assertThat(read.touched()).isEmpty();
      // The last that its timeline tells of.
      assertThat(read.lastTouched()).isEqualTo(Instant.parse("2026-05-20T15:01:40Z"));
      // Nobody is asked about old incidents all at once.
      assertThat(old.incidents().silent(Instant.parse("2026-05-22T15:00:00Z"))).isEmpty();

      Instant now = Instant.parse("2026-05-20T16:00:00Z");
      old.incidents().change("old", one -> one.handedOver("U1", "U2", "", now));
      Incident changed = old.incidents().find("old").orElseThrow();
      assertThat(changed.owner()).contains("U2");
      assertThat(changed.touched()).contains(now);
      assertThat(old.incidents().earlier("fraud-scorer", Instant.EPOCH, now, 5)).hasSize(1);
    }
  }
}
