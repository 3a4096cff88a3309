package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.conversation.AutoReply;
import dev.samovar.evidence.Model;
import dev.samovar.fixture.Postgres;
import dev.samovar.store.Pace;
import dev.samovar.store.Store;
import dev.samovar.work.Marks;
import dev.samovar.work.MarksInMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MannersTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");
  private final SetClock clock = new SetClock(NOW);
  private final Manners manners = manners(new MarksInMemory(clock));

  private static Manners manners(Marks marks) {
    return new Manners(
        Bots.settings("x", "y", "http://localhost/"),
        List.of(Model.named("fraud-scorer"), Model.named("eta-model")),
        marks);
  }

  @Test
  void what_was_set_holds_after_a_restart(@TempDir Path folder) {
    String url = "jdbc:h2:file:" + folder.resolve("samovar");
    Instant until = NOW.plusSeconds(60);
    Manners.Spoken spoken = new Manners.Spoken(NOW, "1.1");
    try (Store store = Store.open(url, Pace.USUAL, clock)) {
      Manners before = manners(store.marks());
      before.choose("C1", AutoReply.ASK);
      before.mute("C1", until);
      assertThat(before.recentOr("C1", "inc", "m", spoken)).isEmpty();
    }
    try (Store store = Store.open(url, Pace.USUAL, clock)) {
      Manners after = manners(store.marks());
      assertThat(after.autoReply("C1", "inc-fraud")).isEqualTo(AutoReply.ASK);
      assertThat(after.chosen()).isEqualTo(Map.of("C1", AutoReply.ASK));
      assertThat(after.mutedUntil("C1", NOW)).contains(until);
      assertThat(after.recentOr("C1", "inc", "m", new Manners.Spoken(NOW, "1.2"))).contains(spoken);
      after.mute("C1", NOW);
      assertThat(after.mutedUntil("C1", NOW)).isEmpty();
    }
  }

  @Test
  void of_two_replicas_one_answers_about_a_model() throws Exception {
    String url = Postgres.shared().freshDatabase();
    ExecutorService replicas = Executors.newFixedThreadPool(2);
    try (Store here = Store.open(url, Pace.USUAL, clock);
        Store there = Store.open(url, Pace.USUAL, clock)) {
      for (int round = 0; round < 20; round++) {
        String thread = "1." + round;
        List<Future<Boolean>> may = new ArrayList<>();
        for (Store store : List.of(here, there)) {
          Manners.Spoken own = new Manners.Spoken(clock.instant(), thread + may.size());
          may.add(
              replicas.submit(
                  () -> manners(store.marks()).recentOr("C1", "inc", "m", own).isEmpty()));
        }
        assertThat(List.of(may.get(0).get(), may.get(1).get())).containsOnlyOnce(true);
        clock.pass(Duration.ofMinutes(16));
      }
    } finally {
      replicas.shutdown();
    }
  }

  @Test
  void asked_again_about_the_same_message_it_answers_the_same() {
    assertThat(manners.recentOr("C1", "inc", "m", new Manners.Spoken(NOW, "1.1"))).isEmpty();
    Manners.Spoken again = new Manners.Spoken(NOW.plusSeconds(9), "1.1");
    assertThat(manners.recentOr("C1", "inc", "m", again)).isEmpty();
  }

  @Test
  void it_speaks_unasked_only_in_incident_channels_and_where_it_is_told_to() {
    assertThat(manners.autoReply("C1", "inc-fraud")).isEqualTo(AutoReply.ON);
    assertThat(manners.autoReply("C1", "general")).isEqualTo(AutoReply.OFF);
    assertThat(manners.autoReply("CASK", "team")).isEqualTo(AutoReply.ASK);
    manners.choose("C1", AutoReply.OFF);
    assertThat(manners.autoReply("C1", "inc-fraud")).isEqualTo(AutoReply.OFF);
  }

  @Test
  void a_channel_may_mean_one_model() {
    assertThat(manners.model("CASK", "team")).map(Model::name).contains("eta-model");
    assertThat(manners.model("C1", "inc-fraud")).isEmpty();
  }

  @Test
  void muting_ends_by_itself() {
    manners.mute("C1", NOW.plusSeconds(60));
    assertThat(manners.mutedUntil("C1", NOW)).contains(NOW.plusSeconds(60));
    assertThat(manners.mutedUntil("C1", NOW.plusSeconds(60))).isEmpty();
    assertThat(manners.mutedUntil("C2", NOW)).isEmpty();
  }

  @Test
  void of_several_reports_within_the_cooldown_the_first_is_answered() {
    Manners.Spoken first = new Manners.Spoken(NOW, "1.1");
    Manners.Spoken second = new Manners.Spoken(NOW.plusSeconds(60), "1.2");
    Manners.Spoken later = new Manners.Spoken(NOW.plus(Duration.ofMinutes(16)), "1.3");
    assertThat(manners.recentOr("C1", "inc", "m", first)).isEmpty();
    assertThat(manners.recentOr("C1", "inc", "m", second)).contains(first);
    assertThat(manners.recentOr("C1", "inc", "other", second)).isEmpty();
    clock.pass(Duration.ofMinutes(16));
    assertThat(manners.recentOr("C1", "inc", "m", later)).isEmpty();
  }

  @Test
  void distance_is_kept_between_calls_of_a_key() {
    long[] now = {Long.MAX_VALUE - 5}; // nanoTime may wrap around
    Pacer pacer = new Pacer(Duration.ofNanos(10), () -> now[0]);
    assertThat(pacer.reserve("a")).isZero();
    assertThat(pacer.reserve("a")).isEqualTo(Duration.ofNanos(10));
    assertThat(pacer.reserve("b")).isZero();
    assertThat(pacer.isFree("a")).isFalse();
    now[0] += 20;
    assertThat(pacer.isFree("a")).isTrue();
    assertThat(pacer.isFree("a")).isFalse();
  }
}
