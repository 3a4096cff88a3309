package dev.samovar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.samovar.fixture.Postgres;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Opening;
import dev.samovar.incidents.Place;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the databases' own tools save comes back whole. */
class BackupTest {
  private static final Incident INCIDENT =
      Incident.begin(
              "i1",
              new Place("C1", "1.1", "1.2"),
              new Opening(
                  "m",
                  Instant.EPOCH,
                  Set.of(),
                  "it's “weird”; drop table 🤷",
                  "U1",
                  Optional.empty(),
                  Instant.parse("2026-05-20T15:00:00Z")))
          .ownedBy("U2", Instant.parse("2026-05-20T15:01:00Z"));

  @TempDir private Path folder = Path.of("set by JUnit");

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void assertKept(String url) {
    try (Store store = Store.open(url)) {
      assertThat(store.incidents().find("i1")).contains(INCIDENT);
      store.incidents().change("i1", one -> one.note(Instant.EPOCH, "U1", "still writable"));
      assertThat(store.incidents().find("i1").orElseThrow().timeline())
          .hasSize(INCIDENT.timeline().size() + 1);
    }
  }

  private String h2(String name) {
    return "jdbc:h2:file:" + folder.resolve(name);
  }

  @Test
  void an_h2_script_taken_while_it_is_open_comes_back() throws Exception {
    Path script = folder.resolve("backup.sql");
    try (Store store = Store.open(h2("before"))) {
      store.incidents().open(INCIDENT);
      execute(h2("before"), "script to '" + script + "' charset 'UTF-8'");
    }
    execute(h2("after"), "runscript from '" + script + "' charset 'UTF-8'");

    assertKept(h2("after"));
  }

  @Test
  void an_h2_backup_taken_while_it_is_open_comes_back() throws Exception {
    Path zip = folder.resolve("backup.zip");
    try (Store store = Store.open(h2("before"))) {
      store.incidents().open(INCIDENT);
      execute(h2("before"), "backup to '" + zip + "'");
    }
    Path other = Files.createDirectory(folder.resolve("other"));
    unpack(zip, other);

    assertKept("jdbc:h2:file:" + other.resolve("before"));
  }

  private static void unpack(Path zip, Path into) throws IOException {
    try (InputStream in = Files.newInputStream(zip);
        ZipInputStream packed = new ZipInputStream(in)) {
      for (ZipEntry entry = packed.getNextEntry(); entry != null; entry = packed.getNextEntry()) {
        Files.copy(packed, into.resolve(String.valueOf(Path.of(entry.getName()).getFileName())));
      }
    }
  }

  @Test
  void a_dump_of_postgresql_comes_back() throws Exception {
    Postgres postgres = Postgres.shared();
    String before = postgres.freshDatabase();
    String after = postgres.freshDatabase();
    Path dump = folder.resolve("backup.dump");
    try (Store store = Store.open(before)) {
      store.incidents().open(INCIDENT);
      Optional<String> refusal =
          run("pg_dump", "--format=custom", "--file=" + dump, "--dbname=" + libpq(before));
      refusal.ifPresent(why -> System.out.println("Skipped: " + why));
      assumeTrue(refusal.isEmpty(), () -> refusal.orElse(""));
    }
    assertThat(run("pg_restore", "--dbname=" + libpq(after), dump.toString())).isEmpty();

    assertKept(after);
  }

  private static String libpq(String jdbc) {
    URI url = URI.create(jdbc.substring("jdbc:".length()));
    return "postgresql://postgres@" + url.getHost() + ":" + url.getPort() + url.getPath();
  }

  /**
   * @return what it said, where it failed
   */
  private static Optional<String> run(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0
          ? Optional.empty()
          : Optional.of(List.of(command).get(0) + ": " + said.strip());
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
