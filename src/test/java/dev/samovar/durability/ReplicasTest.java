package dev.samovar.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.fixture.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two replicas on one PostgreSQL, and a Slack that hands each event to either, and every third to
 * both. {@code -Dreplicas.messages=2000} sets how many.
 */
class ReplicasTest {
  private static final long SEED = Wanted.seed();
  private static final Duration START = Duration.ofSeconds(60);

  /** Slack waits for this many at once. */
  private static final int AT_ONCE = 16;

  @Test
  void each_message_is_answered_once(@TempDir Path folder) throws Exception {
    int messages = Wanted.number("replicas.messages");
    String url = Postgres.shared().freshDatabase();
    Random random = new Random(SEED);
    try (Workspace workspace = new Workspace(Duration.ofMillis(5));
        EmptyCluster cluster = new EmptyCluster(Duration.ofMillis(20), () -> {})) {
      Launcher launcher = new Launcher(folder, workspace.apiUrl(), cluster.url());
      launcher.recordArchive();
      try (Fleet fleet = new Fleet(launcher, url, SEED);
          Deliveries deliveries = new Deliveries(workspace, new HttpCarrier(fleet))) {
        fleet.start().awaitReady();
        fleet.start().awaitReady();
        Debts debts = new Debts(workspace, deliveries);
        List<Debt> owed = new ArrayList<>();
        Semaphore places = new Semaphore(AT_ONCE);
        long begin = System.nanoTime();
        for (int i = 0; i < messages; i++) {
          places.acquire();
          Debt debt =
              switch (random.nextInt(6)) {
                case 0, 1 -> debts.overheardTwice();
                case 2 -> debts.mentioned();
                default -> debts.overheard();
              };
          CompletableFuture<Boolean> unused =
              debt.taken().whenComplete((taken, failure) -> places.release());
          owed.add(debt);
        }
        long handedOver = System.nanoTime();
        boolean isSettled =
            workspace.await(
                () -> owed.stream().allMatch(Debt::isSettled), START.plusMillis(500L * messages));
        long end = System.nanoTime();
        fleet.stop();
        List<Debt> lost = owed.stream().filter(Debt::isLost).toList();
        List<Debt> doubled = owed.stream().filter(Debt::isDoubled).toList();
        System.out.printf(
            Locale.ROOT,
            "Two replicas, %d messages, %d redeliveries: %d lost, %d doubled;"
                + " handed over in %.1f s, all answered after %.1f s%n",
            messages,
            deliveries.retries(),
            lost.size(),
            doubled.size(),
            seconds(handedOver - begin),
            seconds(end - begin));
        assertThat(lost).as("lost").isEmpty();
        assertThat(doubled).as("doubled").isEmpty();
        assertThat(isSettled).isTrue();
      }
    }
  }

  private static double seconds(long nanos) {
    return nanos / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
