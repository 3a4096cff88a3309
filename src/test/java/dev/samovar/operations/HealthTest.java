package dev.samovar.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.web.Answer;
import dev.samovar.web.Call;
import dev.samovar.web.Route;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");

  private Instant now = NOW;
  private Optional<String> trouble = Optional.empty();

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  private final Pulse.Part store = new Pulse.Part("store", Optional::empty);
  private final Pulse.Part cluster = new Pulse.Part("elasticsearch", () -> trouble);
  private final Pulse pulse = new Pulse(List.of(store, cluster), Duration.ofHours(1), clock);

  @AfterEach
  void close() {
    pulse.close();
  }

  private void look() {
    pulse.look(store);
    pulse.look(cluster);
  }

  private Answer ask(String path, String exclude) throws Exception {
    Route route =
        new HealthRoutes(pulse)
            .routes().stream().filter(one -> one.path().equals(path)).findFirst().orElseThrow();
    return route
        .handler()
        .answer(
            new Call(
                path,
                Map.of(),
                exclude.isEmpty() ? Map.of() : Map.of("exclude", exclude),
                Map.of(),
                new byte[0],
                "127.0.0.1"));
  }

  private static JsonNode json(Answer answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }

  @Test
  void a_process_lives_whatever_its_parts_do() throws Exception {
    trouble = Optional.of("unreachable");
    look();

    assertThat(ask("/healthz", "").status()).isEqualTo(200);
  }

  @Test
  void it_is_ready_when_all_parts_are() throws Exception {
    look();

    Answer answer = ask("/readyz", "");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(json(answer).path("ready").asBoolean()).isTrue();
  }

  @Test
  void one_part_makes_it_unready_and_says_what_is_wrong() throws Exception {
    trouble = Optional.of("unreachable");
    look();

    Answer answer = ask("/readyz", "");
    assertThat(answer.status()).isEqualTo(503);
    JsonNode json = json(answer);
    assertThat(json.path("ready").asBoolean()).isFalse();
    assertThat(json.at("/parts/0/ready").asBoolean()).isTrue();
    assertThat(json.at("/parts/1/name").asText()).isEqualTo("elasticsearch");
    assertThat(json.at("/parts/1/ready").asBoolean()).isFalse();
    assertThat(json.at("/parts/1/trouble").asText()).isEqualTo("unreachable");
    assertThat(json.at("/parts/1/seen").asText()).isEqualTo("2026-05-20T15:00:00Z");
  }

  @Test
  void an_excluded_part_is_told_and_does_not_count() throws Exception {
    trouble = Optional.of("unreachable");
    look();

    Answer answer = ask("/readyz", "elasticsearch,store");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(json(answer).at("/parts/1/trouble").asText()).isEqualTo("unreachable");
  }

  @Test
  void a_part_that_does_not_exist_cannot_be_excluded() throws Exception {
    look();

    Answer answer = ask("/readyz", "elastic");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("store, elasticsearch");
  }

  @Test
  void before_the_first_look_it_is_not_ready() throws Exception {
    assertThat(ask("/readyz", "").status()).isEqualTo(503);
  }

  @Test
  void a_look_that_does_not_end_counts_as_none() throws Exception {
    look();
    now = NOW.plus(Pulse.FRESH);
    assertThat(ask("/readyz", "").status()).isEqualTo(200);

    now = now.plusSeconds(1);
    Answer answer = ask("/readyz", "");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(json(answer).at("/parts/0/trouble").asText()).isEqualTo("no look ended for 61 s");
  }

  @Test
  void a_probe_that_breaks_makes_its_part_unready_and_no_other() {
    Pulse.Part broken =
        new Pulse.Part(
            "broken",
            () -> {
              throw new IllegalStateException("broken");
            });
    try (Pulse one = new Pulse(List.of(store, broken), Duration.ofHours(1), clock)) {
      one.look(store);
      one.look(broken);

      assertThat(one.all().get("store")).returns(true, Pulse.Seen::isWell);
      assertThat(one.all().get("broken"))
          .returns(Optional.of("could not be looked at"), Pulse.Seen::trouble);
    }
  }
}
