package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.conversation.AutoReply;
import dev.samovar.evidence.Model;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MannersTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");
  private final Manners manners =
      new Manners(
          Bots.settings("x", "y", "http://localhost/"),
          List.of(Model.named("fraud-scorer"), Model.named("eta-model")));

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
