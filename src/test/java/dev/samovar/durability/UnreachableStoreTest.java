package dev.samovar.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.fixture.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL goes away while Samovar serves, and comes back. */
class UnreachableStoreTest {
  private static final String UNDEFINED_TABLE = "42P01";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void reports_are_answered_without_it_and_kept_when_it_is_back(@TempDir Path folder)
      throws Exception {
    Wanted.flag("store.unreachable");
    Postgres postgres = Postgres.shared();
    String url = postgres.freshDatabase();
    try (Workspace workspace = new Workspace(Duration.ofMillis(30));
        EmptyCluster cluster = new EmptyCluster(Duration.ofMillis(50), () -> {})) {
      Launcher launcher = new Launcher(folder, workspace.apiUrl(), cluster.url());
      try (Fleet fleet = new Fleet(launcher, url, 1);
          Deliveries deliveries = new Deliveries(workspace, new HttpCarrier(fleet))) {
        fleet.start().awaitReady();
        Debts debts = new Debts(workspace, deliveries);
        Debt before = debts.overheard();
        assertSettled(workspace, before, "while the store is well", fleet);

        postgres.stop();
        Debt without;
        try {
          without = debts.overheard();
          assertSettled(workspace, without, "while the store is away", fleet);
        } finally {
          postgres.start();
        }
        assertThat(without.isDoubled()).as("%s", without).isFalse();
        Message answer = workspace.ofTheApp(without.channel(), without.thread()).get(0);
        assertThat(answer.text() + answer.blocks())
            .as("it says that it can't be remembered")
            .containsIgnoringCase("remember");

        Debt after = debts.overheard();
        assertSettled(workspace, after, "when the store is back", fleet);
        for (Debt debt : new Debt[] {before, after, without}) {
          assertThat(workspace.await(() -> isKept(url, debt), PATIENCE))
              .as("%s is kept\n%s", debt, fleet.logs())
              .isTrue();
        }
        fleet.stop();
        for (Debt debt : new Debt[] {before, after, without}) {
          assertThat(debt.isDoubled()).as("%s", debt).isFalse();
        }
      }
    }
  }

  @Test
  void it_starts_without_it_answers_and_keeps_when_it_is_there(@TempDir Path folder)
      throws Exception {
    Wanted.flag("store.unreachable");
    Postgres postgres = Postgres.shared();
    String url = postgres.freshDatabase();
    try (Workspace workspace = new Workspace(Duration.ofMillis(30));
        EmptyCluster cluster = new EmptyCluster(Duration.ofMillis(50), () -> {})) {
      Launcher launcher = new Launcher(folder, workspace.apiUrl(), cluster.url());
      try (Fleet fleet = new Fleet(launcher, url, 1);
          Deliveries deliveries = new Deliveries(workspace, new HttpCarrier(fleet))) {
        Debts debts = new Debts(workspace, deliveries);
        Debt without;
        postgres.stop();
        try {
          fleet.start().awaitReady();
          without = debts.overheard();
          assertSettled(workspace, without, "before the store was ever there", fleet);
        } finally {
          postgres.start();
        }
        assertThat(workspace.await(() -> isKept(url, without), PATIENCE))
            .as("%s is kept\n%s", without, fleet.logs())
            .isTrue();
        fleet.stop();
        assertThat(without.isDoubled()).as("%s", without).isFalse();
      }
    }
  }

  private static void assertSettled(Workspace workspace, Debt debt, String when, Fleet fleet)
      throws InterruptedException {
    assertThat(workspace.await(debt::isSettled, PATIENCE))
        .as("an answer %s: %s\n%s", when, debt, fleet.logs())
        .isTrue();
  }

  private static boolean isKept(String url, Debt debt) {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement select =
            connection.prepareStatement(
                "select count(*) from incident where channel = ? and thread = ?"
                    + " and body like '%\"report\":{%'")) {
      select.setString(1, debt.channel());
      select.setString(2, debt.thread().orElseThrow());
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() && rows.getInt(1) == 1;
      }
    } catch (SQLException e) {
      if (UNDEFINED_TABLE.equals(e.getSQLState())) {
        return false; // A store that was away at the start gets its tables when it is there.
      }
      throw new IllegalStateException(e);
    }
  }
}
