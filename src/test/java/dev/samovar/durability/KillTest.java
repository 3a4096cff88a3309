package dev.samovar.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.fixture.Postgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Samovar is killed at every stage of its work, again and again; what it was handed is answered
 * once all the same. {@code -Dkills=200} sets how often, over all ways together; {@code
 * -Dkills.seed} when.
 */
class KillTest {
  private static final int WAYS = 3;
  private static final long SEED = Wanted.seed();
  private static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("kills.patience", 60));

  /** Stopped as an operator would, in place of killed: what a rolling restart loses. */
  private static final boolean IS_GENTLE = Boolean.getBoolean("kills.gentle");

  /** A kill “when delivered” comes within this time after the delivery. */
  private static final int WITHIN_MILLIS = 600;

  @Test
  void what_was_handed_over_is_answered_once_on_h2(@TempDir Path folder) throws Exception {
    kill("h2", "jdbc:h2:file:" + folder.resolve("samovar"), false, 0, folder);
  }

  @Test
  void what_was_handed_over_is_answered_once_in_socket_mode(@TempDir Path folder) throws Exception {
    kill("socket-mode", "jdbc:h2:file:" + folder.resolve("samovar"), true, 5, folder);
  }

  @Test
  void what_was_handed_over_is_answered_once_on_postgresql(@TempDir Path folder) throws Exception {
    Wanted.number("kills");
    kill("postgresql", Postgres.shared().freshDatabase(), false, 3, folder);
  }

  /**
   * @param first stage; a few kills on each store see all of them together
   */
  private static void kill(String name, String url, boolean isSocketMode, int first, Path folder)
      throws Exception {
    int rounds = (Wanted.number("kills") + WAYS - 1) / WAYS;
    Random random = new Random(SEED);
    Kills kills = new Kills();
    ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
    try (Workspace workspace = new Workspace(Duration.ofMillis(30));
        EmptyCluster cluster =
            new EmptyCluster(Duration.ofMillis(50), () -> workspace.saw(Stage.LOOKING))) {
      Launcher launcher =
          new Launcher(folder, isSocketMode ? "socket" : "http", workspace.apiUrl(), cluster.url());
      try (Fleet fleet = new Fleet(launcher, url, SEED);
          Carrier carrier = carrier(isSocketMode, workspace, fleet);
          Deliveries deliveries = new Deliveries(workspace, carrier)) {
        launcher.recordArchive();
        fleet.start().awaitReady();
        Debts debts = new Debts(workspace, deliveries);
        List<Debt> last = List.of(debts.overheard());
        assertThat(workspace.await(() -> last.get(0).isSettled(), PATIENCE))
            .as("an answer while nothing happens; %s", fleet.logs())
            .isTrue();
        Round round = new Round(workspace, fleet, debts, random, killer);
        List<Debt> settled = last;
        List<Stage> stages = List.of(Stage.values());
        for (int number = 0; number < rounds; number++) {
          settled = round.run(stages.get((first + number) % stages.size()), settled, kills);
        }
        fleet.stop();
      }
    } finally {
      killer.shutdownNow();
    }
    String table =
        "Seed "
            + SEED
            + ", "
            + name
            + (IS_GENTLE ? ", stopped" : ", killed")
            + "\n\n"
            + kills.table();
    System.out.println(table);
    Files.write(
        Files.createDirectories(Path.of("target")).resolve("kills-" + name + ".md"),
        table.getBytes(StandardCharsets.UTF_8));
    assertThat(kills.lost()).as("lost").isEmpty();
    assertThat(kills.doubled()).as("doubled").isEmpty();
  }

  private static Carrier carrier(boolean isSocketMode, Workspace workspace, Fleet fleet)
      throws InterruptedException {
    if (!isSocketMode) {
      return new HttpCarrier(fleet);
    }
    SocketCarrier carrier = new SocketCarrier(SEED);
    workspace.sockets(carrier.url());
    return carrier;
  }

  /** One or two kills, while a few things are under way. */
  private record Round(
      Workspace workspace,
      Fleet fleet,
      Debts debts,
      Random random,
      ScheduledExecutorService killer) {

    /**
     * @param before what was settled before
     * @return what was settled now
     */
    List<Debt> run(Stage stage, List<Debt> before, Kills kills)
        throws IOException, InterruptedException {
      Replica victim = fleet.newest();
      CompletableFuture<Long> dead = new CompletableFuture<>();
      AtomicBoolean isArmed = new AtomicBoolean(true);
      int delay = stage == Stage.DELIVERED ? random.nextInt(WITHIN_MILLIS) : random.nextInt(10);
      workspace.witness(
          seen -> {
            if (seen == stage && isArmed.compareAndSet(true, false)) {
              ScheduledFuture<?> unused =
                  killer.schedule(() -> kill(victim, dead), delay, TimeUnit.MILLISECONDS);
            }
          });
      List<Debt> owed = new ArrayList<>();
      answered(before).ifPresent(answer -> owed.add(debts.pressed(answer)));
      owed.add(debts.overheard());
      owed.add(debts.mentioned());
      owed.add(debts.command());
      owed.add(debts.overheardTwice());
      long killedAt = await(victim, dead);
      workspace.witness(seen -> {});
      Replica next = fleet.start();
      int count = 1;
      if (random.nextInt(4) == 0) {
        // Again, while it takes over.
        next.awaitReady();
        CompletableFuture<Long> again = new CompletableFuture<>();
        Replica second = next;
        ScheduledFuture<?> unused =
            killer.schedule(
                () -> kill(second, again), random.nextInt(WITHIN_MILLIS), TimeUnit.MILLISECONDS);
        killedAt = await(second, again);
        next = fleet.start();
        count = 2;
      }
      Duration start = Duration.ofNanos(next.awaitReady());
      boolean isSettled = workspace.await(() -> owed.stream().allMatch(Debt::isSettled), PATIENCE);
      Duration takeover = Duration.ofNanos(System.nanoTime() - killedAt);
      if (!isSettled) {
        System.out.println(
            "Not settled after a kill when "
                + stage.label()
                + ": "
                + owed.stream().filter(debt -> !debt.isSettled()).toList()
                + "\n--- what it said before\n"
                + victim.log()
                + "\n--- what the next one said\n"
                + next.log());
      }
      owed.stream()
          .filter(Debt::isDoubled)
          .forEach(debt -> System.out.println("Twice, " + stage.label() + ": " + debt));
      kills.add(stage, count, owed, start, takeover);
      return owed;
    }

    private static Optional<Message> answered(List<Debt> before) {
      return before.stream()
          .filter(debt -> debt.isSettled() && !debt.what().equals("press"))
          .flatMap(debt -> debt.workspace().ofTheApp(debt.channel(), debt.thread()).stream())
          .filter(Message::isFinalAnswer)
          .findFirst();
    }

    private void kill(Replica victim, CompletableFuture<Long> dead) {
      try {
        if (IS_GENTLE) {
          fleet.stop(victim);
        } else {
          fleet.kill(victim);
        }
        dead.complete(System.nanoTime());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        dead.completeExceptionally(e);
      }
    }

    /**
     * @return when it died
     */
    private long await(Replica victim, CompletableFuture<Long> dead) throws InterruptedException {
      try {
        return dead.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
        throw new AssertionError("The stage was not reached:\n" + victim.log(), e);
      }
    }
  }
}
