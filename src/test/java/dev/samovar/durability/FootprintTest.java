package dev.samovar.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.fixture.ElasticsearchFixture;
import dev.samovar.fixture.Postgres;
import dev.samovar.sandbox.Scenario;
import dev.samovar.sandbox.Story;
import dev.samovar.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long {@code serve} takes to listen, and what it holds in memory, at rest and under many
 * triages of the sandbox's story at once. Measures; judges only that all are answered.
 */
class FootprintTest {
  private static final int AT_ONCE = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final List<String> SMALL =
      List.of("-XX:+UseSerialGC", "-Xss512k", "-Xmx192m", "-XX:ReservedCodeCacheSize=64m");

  private static List<String> and(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  @Test
  void is_measured(@TempDir Path folder) throws Exception {
    Wanted.flag("footprint");
    StringBuilder told = new StringBuilder(migrations(folder));
    new Story(Scenario.STORY, Instant.now(), ElasticsearchFixture.writer()).tell();
    try (Workspace workspace = new Workspace(Duration.ofMillis(30))) {
      Launcher launcher = new Launcher(folder, workspace.apiUrl(), ElasticsearchFixture.url());
      launcher.recordArchive();
      Map<String, List<String>> variants = new LinkedHashMap<>();
      variants.put("the JVM's defaults", List.of());
      variants.put("-XX:+UseSerialGC", List.of("-XX:+UseSerialGC"));
      variants.put(
          "-XX:+UseSerialGC -XX:MaxRAMPercentage=1",
          List.of("-XX:+UseSerialGC", "-XX:MaxRAMPercentage=1"));
      variants.put(String.join(" ", SMALL), SMALL);
      variants.put(
          "the same, -XX:TieredStopAtLevel=1", and(SMALL, List.of("-XX:TieredStopAtLevel=1")));
      variants.put(
          "the same, with an archive of classes",
          and(and(SMALL, List.of("-XX:TieredStopAtLevel=1")), launcher.withArchive()));
      told.append(
          String.format(
              Locale.ROOT,
              "%n| JVM flags | listens after | processor time of that | at rest | after one triage"
                  + " | most under %d at once | afterwards | answered after |%n"
                  + "|---|---|---|---|---|---|---|---|%n",
              AT_ONCE));
      int number = 0;
      for (Map.Entry<String, List<String>> variant : variants.entrySet()) {
        String url = "jdbc:h2:file:" + folder.resolve("rest" + number++);
        String line = line(variant.getKey(), variant.getValue(), url, launcher, workspace);
        System.out.print(line);
        told.append(line);
      }
    }
    System.out.println(told);
    Files.write(
        Files.createDirectories(Path.of("target")).resolve("footprint.md"),
        told.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String line(
      String name, List<String> flags, String url, Launcher launcher, Workspace workspace)
      throws Exception {
    try (Fleet fleet = new Fleet(launcher, url, 1);
        Deliveries deliveries = new Deliveries(workspace, new HttpCarrier(fleet))) {
      Replica replica = fleet.start(flags);
      long ready = replica.awaitReady();
      Duration processor = replica.processorTime();
      long rest = replica.resident();
      Debts debts = new Debts(workspace, deliveries);
      settle(workspace, List.of(debts.overheard()), replica);
      long one = replica.resident();
      long begin = System.nanoTime();
      List<Debt> many = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        many.add(debts.overheard());
      }
      settle(workspace, many, replica);
      long took = System.nanoTime() - begin;
      String line =
          String.format(
              Locale.ROOT,
              "| `%s` | %.1f s | %.1f s | %d MB | %d MB | %d MB | %d MB | %.1f s |%n",
              name,
              ready / 1e9,
              processor.toMillis() / 1e3,
              rest,
              one,
              replica.residentAtMost(),
              replica.resident(),
              took / 1e9);
      replica.stop();
      return line;
    }
  }

  private static void settle(Workspace workspace, List<Debt> debts, Replica replica)
      throws InterruptedException {
    assertThat(workspace.await(() -> debts.stream().allMatch(Debt::isSettled), PATIENCE))
        .as("all are answered: %s\n%s", debts, replica.log())
        .isTrue();
  }

  private static String migrations(Path folder) throws Exception {
    return "| store | opened anew, with its tables made | opened again |\n|---|---|---|\n"
        + opened("H2", "jdbc:h2:file:" + folder.resolve("migrations"))
        + opened("PostgreSQL", Postgres.shared().freshDatabase());
  }

  private static String opened(String name, String url) {
    // The first one of a JVM loads Flyway, too.
    Store.open("jdbc:h2:mem:first").close();
    long begin = System.nanoTime();
    Store.open(url).close();
    long made = System.nanoTime();
    Store.open(url).close();
    return String.format(
        Locale.ROOT,
        "| %s | %d ms | %d ms |%n",
        name,
        (made - begin) / 1_000_000,
        (System.nanoTime() - made) / 1_000_000);
  }
}
