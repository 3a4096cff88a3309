package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.app_backend.interactive_components.ActionResponseSender;
import dev.samovar.conversation.TriageConversation;
import dev.samovar.evidence.Model;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.incidents.Opening;
import dev.samovar.incidents.Place;
import dev.samovar.incidents.Quiet;
import dev.samovar.incidents.State;
import dev.samovar.store.Store;
import dev.samovar.triage.Report;
import dev.samovar.triage.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // Each test has its own Slack.
class SilenceTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");

  private final Store store = Store.open("jdbc:h2:mem:" + UUID.randomUUID());
  private final SetClock clock = new SetClock(NOW);
  private StandInSlack slack;

  @BeforeEach
  void open() throws Exception {
    slack = new StandInSlack();
  }

  @AfterEach
  void close() {
    slack.close();
    store.close();
  }

  private Silence replica() {
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(slack.apiUrl());
    Slack client = Slack.getInstance(config);
    Gateway gateway =
        new Gateway(
            client.methods("xoxb-1"),
            new ActionResponseSender(client),
            store.posts(),
            new Discreet(text -> text),
            SlackListener.NONE,
            clock,
            Duration.ZERO,
            Duration.ZERO);
    Incidents incidents = store.incidents();
    Desk desk =
        new Desk(
            gateway,
            (request, progress) -> SampleReport.of("x"),
            new AnswerMessage(Bots.runbooks()),
            incidents,
            new SeenBefore(
                incidents, new Discretion(gateway, Bots.permissions(gateway, clock)), gateway),
            new OnCallWords(List::of, List.of(), gateway),
            new TriageConversation(List.of(Model.named("m"))),
            () -> false,
            SlackListener.NONE,
            clock);
    return new Silence(incidents, desk, gateway, clock);
  }

  private static Incident incident(String id, Report report) {
    return Incident.begin(
            id,
            new Place("C" + id, "1.1", "1.2"),
            new Opening("m", NOW.minusSeconds(60), Set.of(), "", "U1", Optional.empty(), NOW))
        .reported(report, NOW);
  }

  @Test
  void of_many_replicas_one_asks() throws Exception {
    int replicas = 6;
    for (int i = 0; i < 5; i++) {
      store.incidents().open(incident("I" + i, SampleReport.of("x")));
    }
    clock.pass(Quiet.AFTER);
    CyclicBarrier start = new CyclicBarrier(replicas);
    ExecutorService threads = Executors.newFixedThreadPool(replicas);
    List<Future<?>> rounds = new ArrayList<>();
    for (int i = 0; i < replicas; i++) {
      Silence silence = replica();
      rounds.add(
          threads.submit(
              () -> {
                start.await();
                silence.tick();
                return null;
              }));
    }
    for (Future<?> round : rounds) {
      round.get();
    }
    threads.shutdown();
    assertThat(slack.pending("chat.postMessage")).isEqualTo(5);
    assertThat(store.incidents().open()).allMatch(one -> one.asked().size() == 1);
  }

  @Test
  void it_asks_thrice_a_day_apart_and_then_no_more() {
    store.incidents().open(incident("I1", SampleReport.of("x")));
    Silence silence = replica();
    silence.tick();
    assertThat(slack.pending("chat.postMessage")).isZero();
    for (int day = 1; day <= 6; day++) {
      clock.pass(Quiet.AFTER);
      silence.tick();
      silence.tick();
      assertThat(slack.pending("chat.postMessage")).isEqualTo(Math.min(day, Quiet.MOST));
    }
  }

  @Test
  void a_question_slack_refuses_is_asked_again_a_day_later_and_stops_no_other() throws Exception {
    store.incidents().open(incident("I1", SampleReport.of("x")));
    store.incidents().open(incident("I2", SampleReport.of("x")));
    slack.fail("chat.postMessage", "not_in_channel");
    clock.pass(Quiet.AFTER);
    Silence silence = replica();
    silence.tick();
    slack.await("chat.postMessage");
    assertThat(slack.await("chat.postMessage").field("channel")).isEqualTo("CI2");
    clock.pass(Quiet.AFTER);
    silence.tick();
    assertThat(slack.await("chat.postMessage").field("channel")).isEqualTo("CI1");
  }

  @Test
  void where_nothing_was_found_it_is_closed_without_a_word() throws Exception {
    Report sample = SampleReport.of("x");
    store
        .incidents()
        .open(
            incident(
                "I1",
                new Report(
                    sample.id(),
                    sample.model(),
                    sample.text(),
                    sample.window(),
                    sample.referenceKind(),
                    sample.reference(),
                    Verdict.ALL_CLEAR,
                    "m: nothing found",
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of(),
                    true,
                    1)));
    clock.pass(Quiet.AFTER);
    replica().tick();
    assertThat(slack.await("chat.update").field("ts")).isEqualTo("1.2");
    assertThat(slack.pending("chat.postMessage")).isZero();
    assertThat(store.incidents().find("I1").orElseThrow().state()).isEqualTo(State.RESOLVED);
  }
}
