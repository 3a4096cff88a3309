package dev.samovar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.samovar.fixture.Postgres;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Opening;
import dev.samovar.incidents.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.tools.RunScript;
import org.h2.tools.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of operations.md, under “Backup”. */
class BackupTest {
  private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");
  private static final Incident INCIDENT =
      Incident.begin(
          "i1",
          new Place("C1", "1.1", "1.2"),
          new Opening(
              "m",
              Instant.EPOCH,
              Set.of(),
              "it's “weird”;\n",
              "U1",
              Optional.empty(),
              Instant.parse("2026-05-20T15:00:00Z")));

  private static void keep(String url) {
    try (Store store = Store.open(url)) {
      store.incidents().open(INCIDENT);
      store.jobs().at(LATER, "kind", "key", "päyload");
    }
  }

  private static void assertKept(String url) {
    try (Store store = Store.open(url)) {
      assertThat(store.incidents().find("i1")).contains(INCIDENT);
      assertThat(store.jobs().at(LATER, "kind", "key", "")).as("a job that is new").isFalse();
      assertThat(store.jobs().cancel("kind", "key")).isTrue();
    }
  }

  @Test
  void an_h2_file_is_restored_into_another(@TempDir Path folder) throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("samovar");
    String other = "jdbc:h2:file:" + folder.resolve("other");
    String backup = folder.resolve("backup.zip").toString();
    keep(url);
    new Script().runTool("-url", url, "-script", backup, "-options", "compression", "zip");
    new RunScript().runTool("-url", other, "-script", backup, "-options", "compression", "zip");
    assertKept(other);
  }

  @Test
  void a_postgresql_database_is_restored_into_another(@TempDir Path folder) throws Exception {
    String url = Postgres.shared().freshDatabase();
    int server;
    try (Connection connection = DriverManager.getConnection(url)) {
      server = connection.getMetaData().getDatabaseMajorVersion();
    }
    Optional<String> lack = lack(server);
    lack.ifPresent(why -> System.out.println("Skipped: " + why));
    assumeTrue(lack.isEmpty(), () -> lack.orElse(""));
    String other = Postgres.shared().freshDatabase();
    String backup = folder.resolve("samovar.dump").toString();
    keep(url);
    run("pg_dump", "--format=custom", "--file=" + backup, url.substring("jdbc:".length()));
    run("pg_restore", "--dbname=" + other.substring("jdbc:".length()), backup);
    assertKept(other);
  }

  /** Why it can't be tried here: pg_dump refuses servers that are newer than itself. */
  private static Optional<String> lack(int server) throws Exception {
    try {
      String told = run("pg_dump", "--version");
      Matcher version = Pattern.compile("(\\d+)\\.").matcher(told);
      return version.find() && Integer.parseInt(version.group(1)) >= server
          ? Optional.empty()
          : Optional.of(told.strip() + " is older than the server, " + server);
    } catch (IOException e) {
      return Optional.of("There is no pg_dump: " + e.getMessage());
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(List.of(command) + " said " + said).isZero();
    return said;
  }
}
