package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.samovar.conversation.TriageConversation;
import dev.samovar.evidence.Model;
import dev.samovar.incidents.IncidentsInMemory;
import dev.samovar.triage.Report;
import dev.samovar.triage.Triage;
import dev.samovar.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bot over Slack's real protocols, against a stand-in server. */
@SuppressWarnings("NullAway.Init") // Each test starts its own bot.
class SlackBotTest {
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");
  private static final String SECRET = "s3cret";

  private StandInSlack slack;
  private SlackBot bot;
  private WebServer server;

  @BeforeEach
  void open() throws Exception {
    slack = new StandInSlack();
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    bot.close();
    slack.close();
  }

  private void start(boolean isHttp, Triage triage) throws Exception {
    bot =
        new SlackBot(
            Bots.settings(isHttp, SECRET, slack.apiUrl()),
            new TriageConversation(List.of(Model.named("fraud-scorer"), Model.named("eta-model"))),
            triage,
            new IncidentsInMemory(100),
            Bots.runbooks(),
            List::of,
            Clock.fixed(NOW, ZoneOffset.UTC));
    bot.start();
    server = new WebServer(List.of(bot));
    if (isHttp) {
      server.start(0);
    } else {
      slack.awaitConnection();
    }
  }

  private static Report report() {
    return SampleReport.of(SampleReport.HOSTILE);
  }

  private static String message(String id, String channel, String ts, String text)
      throws IOException {
    return event(
        id,
        Map.of(
            "type",
            "message",
            "channel",
            channel,
            "user",
            "U1",
            "text",
            text,
            "ts",
            ts,
            "channel_type",
            "channel"));
  }

  private static String event(String id, Map<String, Object> event) throws IOException {
    return new ObjectMapper()
        .writeValueAsString(
            Map.of(
                "type",
                "event_callback",
                "team_id",
                "T1",
                "api_app_id",
                "A1",
                "event_id",
                id,
                "event_time",
                1,
                "event",
                event));
  }

  private static String envelope(String id, String type, String payload) {
    return "{\"envelope_id\":\""
        + id
        + "\",\"type\":\""
        + type
        + "\",\"accepts_response_payload\":true,\"payload\":"
        + payload
        + "}";
  }

  @Test
  void a_report_in_an_incident_channel_gets_one_answer_in_its_thread() throws Exception {
    start(false, (request, progress) -> report());
    slack.deliver(
        envelope(
            "e1", "events_api", message("Ev1", "CINC", "1.1", "fraud-scorer is acting weird")));

    assertThat(slack.ack().get("envelope_id").asText()).isEqualTo("e1");
    StandInSlack.Call reaction = slack.await("reactions.add");
    assertThat(reaction.field("name")).isEqualTo("eyes");
    StandInSlack.Call first = slack.await("chat.postMessage");
    assertThat(first.field("thread_ts")).isEqualTo("1.1");
    assertThat(first.field("text")).contains("looking at fraud-scorer");
    StandInSlack.Call summary = slack.await("chat.update");
    assertThat(summary.field("text")).startsWith("CAUSE FOUND: fraud-scorer");
    assertThat(summary.field("blocks"))
        .contains("https://git.example.com/preprocessing-change.md")
        .contains("1. ")
        .doesNotContain("<!channel>")
        .doesNotContain("<@U1>");
  }

  @Test
  void an_event_delivered_again_is_answered_once() throws Exception {
    start(false, (request, progress) -> report());
    for (String envelope : List.of("e1", "e2")) {
      slack.deliver(
          envelope(
              envelope,
              "events_api",
              message("Ev1", "CINC", "1.1", "fraud-scorer is acting weird")));
      slack.ack();
    }
    // The same words as a mention: another event, the same message.
    slack.deliver(
        envelope(
            "e3",
            "events_api",
            event(
                "Ev2",
                Map.of(
                    "type",
                    "app_mention",
                    "channel",
                    "CINC",
                    "user",
                    "U1",
                    "ts",
                    "1.1",
                    "text",
                    "<@U0BOT> fraud-scorer is weird"))));
    slack.ack();
    slack.await("chat.update");
    bot.close();

    assertThat(slack.pending("chat.postMessage")).isZero();
  }

  @Test
  void small_talk_and_other_channels_are_left_alone() throws Exception {
    start(false, (request, progress) -> report());
    slack.deliver(envelope("e1", "events_api", message("Ev1", "CINC", "1.1", "lunch anybody?")));
    slack.deliver(
        envelope("e2", "events_api", message("Ev2", "CGEN", "1.2", "fraud-scorer is weird")));
    slack.ack();
    slack.ack();
    bot.close();

    assertThat(slack.pending("chat.postMessage")).isZero();
    assertThat(slack.pending("reactions.add")).isZero();
  }

  @Test
  void the_acknowledgement_does_not_wait_for_the_work() throws Exception {
    CountDownLatch work = new CountDownLatch(1);
    start(
        false,
        (request, progress) -> {
          try {
            work.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return report();
        });
    slack.deliver(envelope("c1", "slash_commands", command("fraud-scorer since 2h")));

    assertThat(slack.ack().get("envelope_id").asText()).isEqualTo("c1");
    assertThat(slack.await("chat.postMessage").field("text")).contains("<@U1> asked");
    assertThat(slack.pending("chat.update")).isZero();
    work.countDown();
    assertThat(slack.await("chat.update").field("text")).contains("CAUSE FOUND");
  }

  private String command(String text) throws IOException {
    return new ObjectMapper()
        .writeValueAsString(
            Map.of(
                "command",
                "/triage",
                "text",
                text,
                "channel_id",
                "C9",
                "user_id",
                "U1",
                "team_id",
                "T1",
                "trigger_id",
                "t",
                "response_url",
                slack.responseUrl()));
  }

  @Test
  void an_unknown_model_is_answered_to_the_asker_alone() throws Exception {
    start(false, (request, progress) -> report());
    slack.deliver(envelope("c1", "slash_commands", command("fraud-scorr`<!here>`")));
    slack.ack();

    StandInSlack.Call answer = slack.await("response_url");
    assertThat(answer.field("response_type")).isEqualTo("ephemeral");
    assertThat(answer.field("text")).contains("fraud-scorer").doesNotContain("<!here>");
  }

  @Test
  void a_channel_without_the_bot_is_said_to_the_asker() throws Exception {
    start(false, (request, progress) -> report());
    slack.fail("chat.postMessage", "not_in_channel");
    slack.deliver(envelope("c1", "slash_commands", command("fraud-scorer")));

    assertThat(slack.await("response_url").field("text")).contains("/invite");
  }

  @Test
  void a_rate_limit_is_waited_for() throws Exception {
    start(false, (request, progress) -> report());
    slack.fail("chat.update", "429");
    slack.deliver(envelope("c1", "slash_commands", command("fraud-scorer")));

    assertThat(slack.await("chat.update").field("text")).contains("CAUSE FOUND");
  }

  @Test
  void a_defect_is_said_in_plain_words() throws Exception {
    start(
        false,
        (request, progress) -> {
          throw new IllegalStateException("boom");
        });
    slack.deliver(envelope("c1", "slash_commands", command("fraud-scorer")));

    assertThat(slack.await("chat.update").field("text"))
        .contains("could not look at fraud-scorer")
        .doesNotContain("boom");
  }

  @Test
  void forty_thousand_characters_are_answered_harmlessly() throws Exception {
    start(false, (request, progress) -> report());
    slack.deliver(
        envelope(
            "e1",
            "events_api",
            message(
                "Ev1",
                "CINC",
                "1.1",
                "fraud-scorer is weird <!channel> \u0007" + "a<b ".repeat(10_000))));

    assertThat(slack.await("chat.update").field("text")).contains("CAUSE FOUND");
  }

  @Test
  void http_mode_takes_only_what_slack_signed_lately() throws Exception {
    start(true, (request, progress) -> report());
    String body = message("Ev1", "CINC", "1.1", "fraud-scorer is acting weird");
    String now = Long.toString(NOW.getEpochSecond());

    assertThat(post(body, now, "v0=00").statusCode()).isEqualTo(401);
    for (long off : new long[] {-400, 400}) {
      String stamp = Long.toString(NOW.getEpochSecond() + off);
      assertThat(post(body, stamp, Signature.sign(SECRET, stamp, body)).statusCode())
          .isEqualTo(401);
    }
    assertThat(post(body, now, Signature.sign(SECRET, now, body)).statusCode()).isEqualTo(200);
    assertThat(slack.await("chat.update").field("text")).contains("CAUSE FOUND");
  }

  @Test
  void http_mode_answers_the_challenge_and_commands() throws Exception {
    start(true, (request, progress) -> report());
    String now = Long.toString(NOW.getEpochSecond());
    String challenge = "{\"type\":\"url_verification\",\"token\":\"t\",\"challenge\":\"c4\"}";
    String command =
        "command=%2Ftriage&text=help&channel_id=C9&user_id=U1&team_id=T1&trigger_id=t&response_url="
            + URLEncoder.encode(slack.responseUrl(), StandardCharsets.UTF_8);

    assertThat(post(challenge, now, Signature.sign(SECRET, now, challenge)).body()).contains("c4");
    assertThat(post(command, now, Signature.sign(SECRET, now, command)).statusCode())
        .isEqualTo(200);
    assertThat(slack.await("response_url").field("text")).contains("/triage models");
  }

  private HttpResponse<String> post(String body, String timestamp, String signature)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + server.port() + "/slack/events"))
                .header(
                    "Content-Type",
                    body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded")
                .header("X-Slack-Request-Timestamp", timestamp)
                .header("X-Slack-Signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
