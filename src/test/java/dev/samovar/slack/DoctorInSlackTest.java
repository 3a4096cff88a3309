package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samovar.conversation.TriageConversation;
import dev.samovar.doctor.Diagnosis;
import dev.samovar.doctor.Patient;
import dev.samovar.doctor.Station;
import dev.samovar.evidence.Model;
import dev.samovar.incidents.IncidentsInMemory;
import dev.samovar.triage.Report;
import dev.samovar.work.Keepers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code /triage doctor} is acknowledged at once, and its answer stands in the same place. */
@SuppressWarnings("NullAway.Init") // Each test has its own Slack.
class DoctorInSlackTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-05-20T15:00:00Z"), ZoneOffset.UTC);

  private final CountDownLatch isAcknowledged = new CountDownLatch(1);
  private StandInSlack slack;
  private SlackBot bot;

  @BeforeEach
  void open() throws Exception {
    slack = new StandInSlack();
    bot =
        new SlackBot(
            Bots.settings("xoxb-1", "xapp-1", slack.apiUrl()),
            new TriageConversation(List.of(Model.named("fraud-scorer"), Model.named("eta-model"))),
            (request, progress) -> {
              throw new AssertionError("The practice looks itself");
            },
            new IncidentsInMemory(10),
            Keepers.inMemory(CLOCK),
            Bots.runbooks(),
            List::of,
            Optional.empty(),
            incident -> Optional.empty(),
            Optional.of((model, progress) -> diagnosis(model)),
            SlackListener.NONE,
            CLOCK);
    bot.start();
    slack.awaitConnection();
  }

  @AfterEach
  void close() {
    bot.close();
    slack.close();
  }

  /** It takes as long as until somebody has seen that it was begun. */
  private Diagnosis diagnosis(Optional<String> model) {
    try {
      assertThat(isAcknowledged.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    Report report = SampleReport.of("x");
    return new Diagnosis(
        "0.1.0",
        "17",
        CLOCK.instant(),
        List.of(
            Station.ok("Elasticsearch", "8.19.7 at http://es:9200, 4 ms"),
            Station.broken("Airflow", "Airflow does not answer", "Make Airflow answer.")),
        true,
        Optional.empty(),
        List.of(
            new Patient(
                model.orElse("all"), report, List.of(), Optional.empty(), Optional.empty())));
  }

  @Test
  void a_command_is_answered_in_the_place_of_its_acknowledgement() throws Exception {
    slack.deliver(
        Interactions.envelope(
            "e1",
            "slash_commands",
            """
            {"command": "/triage", "text": "doctor eta-model", "user_id": "U1", "channel_id": "C1", "team_id": "T1",
             "api_app_id": "A1", "token": "t", "trigger_id": "1.2.3", "response_url": "%s"}
            """
                .formatted(slack.responseUrl())));
    StandInSlack.Call begun = slack.await("response_url");
    assertThat(begun.field("text")).startsWith("Asking every source");
    assertThat(begun.field("replace_original")).isEqualTo("false");
    isAcknowledged.countDown();
    StandInSlack.Call answer = slack.await("response_url");
    assertThat(answer.field("replace_original")).isEqualTo("true");
    assertThat(answer.field("response_type")).isEqualTo("ephemeral");
    assertThat(answer.field("text"))
        .startsWith("*Doctor:* 1 source is broken. eta-model: ")
        .contains(" of 17 checks can look");
  }

  @Test
  void a_mention_is_answered_in_one_message_that_is_edited() throws Exception {
    slack.deliver(
        Interactions.envelope(
            "e1",
            "events_api",
            """
            {"type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": "Ev1", "event_time": 1,
             "event": {"type": "app_mention", "channel": "C1", "user": "U1", "text": "<@U0BOT> doctor", "ts": "5.5"}}
            """));
    assertThat(slack.await("chat.postMessage").field("text")).startsWith("Asking every source");
    isAcknowledged.countDown();
    String blocks = slack.await("chat.update").field("blocks");
    assertThat(blocks)
        .contains(":x: *Airflow* Airflow does not answer")
        .contains("1. Make Airflow answer.");
    assertThat(slack.pending("chat.postMessage")).isZero();
  }
}
