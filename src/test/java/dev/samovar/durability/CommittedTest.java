package dev.samovar.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.fixture.Postgres;
import dev.samovar.incidents.Incidents;
import dev.samovar.store.Store;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store said it has kept is there after a kill, however soon that comes. */
class CommittedTest {
  @Test
  void h2_has_written_what_it_committed(@TempDir Path folder) throws Exception {
    Wanted.number("kills");
    assertKept("jdbc:h2:file:" + folder.resolve("samovar"));
  }

  @Test
  void postgresql_has_written_what_it_committed() throws Exception {
    assertKept(Postgres.shared().freshDatabase());
  }

  private static void assertKept(String url) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                Committer.class.getName(),
                url)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s", said).isZero();
    try (Store store = Store.open(url)) {
      Incidents kept = store.incidents();
      List<Integer> lost =
          IntStream.range(0, Committer.COUNT)
              .filter(i -> kept.find("i" + i).isEmpty())
              .boxed()
              .toList();
      assertThat(lost).as("lost of %d", Committer.COUNT).isEmpty();
    }
  }

  private static String classPath() {
    String own =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return own.startsWith(File.pathSeparator) ? own.substring(1) : own;
  }
}
