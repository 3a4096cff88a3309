package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.conversation.TriageConversation;
import dev.samovar.evidence.Model;
import dev.samovar.incidents.IncidentsInMemory;
import dev.samovar.oncall.Standing;
import dev.samovar.rota.Person;
import dev.samovar.triage.Request;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole conversation in a Slack that somebody else wrote, in Socket Mode and over HTTP. */
class LocalSlackTest {
  private static final String ANA = "U1";
  private static final String BEN = "U2";

  /** What people asked for, in this order. */
  private final List<Request> looks = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void needs_a_local_slack() {
    String binary = System.getenv("SAMOVAR_LOCAL_SLACK");
    System.out.println(
        binary == null
            ? "Skipped: SAMOVAR_LOCAL_SLACK names no local-slack; .ci/run installs it."
            : "The local Slack cannot: press in a modal or in the app's home (another check in"
                + " Details, how a channel is answered), message shortcuts, the assistant pane,"
                + " events delivered again, scopes, limits. ButtonsTest and ScopesTest do.");
    assumeTrue(binary != null, "no local-slack here");
  }

  private static String binary() {
    return String.valueOf(System.getenv("SAMOVAR_LOCAL_SLACK"));
  }

  @Test
  void a_conversation_in_socket_mode(@TempDir Path folder) throws Exception {
    try (LocalSlack slack = new LocalSlack(binary(), folder, Waiting.freePort(), "");
        SlackBot bot =
            bot(Bots.settings(LocalSlack.BOT_TOKEN, LocalSlack.APP_TOKEN, slack.apiUrl()))) {
      bot.start();
      Waiting.until(slack::page, page -> page.at("/apps/0/connected").asBoolean());
      converse(slack);
    }
  }

  @Test
  void a_conversation_over_http(@TempDir Path folder) throws Exception {
    int port = Waiting.freePort();
    String events = "http://localhost:" + port + "/slack/events";
    try (LocalSlack slack = new LocalSlack(binary(), folder, Waiting.freePort(), events);
        ServedBot bot =
            new ServedBot(
                bot(Bots.http(LocalSlack.BOT_TOKEN, LocalSlack.SECRET, slack.apiUrl())), port)) {
      bot.start();
      converse(slack);
    }
  }

  private SlackBot bot(SlackSettings settings) {
    return new SlackBot(
        settings,
        new TriageConversation(List.of(Model.named("fraud-scorer"), Model.named("eta-model"))),
        (request, progress) -> {
          looks.add(request);
          return SampleReport.of(SampleReport.HOSTILE);
        },
        new IncidentsInMemory(100),
        Bots.runbooks(),
        () ->
            List.of(
                new Standing(
                    "ml-platform",
                    List.of(Person.of(BEN)),
                    Optional.empty(),
                    Standing.ROTA,
                    Optional.empty(),
                    true)),
        Clock.systemUTC());
  }

  private void converse(LocalSlack slack) throws Exception {
    String report = slack.say("C1", ANA, "fraud-scorer is acting weird", "");
    String answer =
        await(slack, "C1", inThread(report).and(says("CAUSE FOUND"))).get("ts").asText();
    assertThat(slack.message("C1", report).path("reactions").toString()).contains("eyes");
    asks(slack);
    judges(slack, answer);
    opensDetails(slack, answer);
    worksThroughTheRunbook(slack, answer, report);
    looksAgain(slack, answer);
    tellsStakeholders(slack, answer, report);
    closes(slack, answer, report);
    opensHome(slack);
    asksOn(slack, report);
    assertThat(refused(slack)).isEmpty();
  }

  private void asks(LocalSlack slack) throws Exception {
    String mention = slack.say("C2", ANA, "<@U0BOT> is eta-model ok?", "");
    await(slack, "C2", inThread(mention).and(says("CAUSE FOUND")));
    assertThat(looks.get(looks.size() - 1).model().name()).isEqualTo("eta-model");
    slack.command("C2", BEN, "help");
    JsonNode help = await(slack, "C2", says("/triage models"));
    assertThat(help.get("ephemeral_to").asText()).isEqualTo(BEN);
    slack.command("C2", BEN, "status");
    JsonNode status = await(slack, "C2", says("2 incidents open"));
    assertThat(status.get("ephemeral_to").asText()).isEqualTo(BEN);
    assertThat(status.get("text").asText()).contains("/archives/C1/p").contains("|fraud-scorer>");
  }

  private static void judges(LocalSlack slack, String answer) throws Exception {
    slack.press("C1", answer, ANA, "samovar:own");
    await(slack, "C1", at(answer).and(says("*On it* <@U1>")));
    slack.press("C1", answer, BEN, "samovar:was-it:preprocessing-change");
    await(slack, "C1", at(answer).and(says("This was it · 1")));
    slack.press("C1", answer, BEN, "samovar:watch");
    await(slack, "C1", at(answer).and(says("Stop watching")));
    slack.press("C1", answer, BEN, "samovar:watch");
    await(slack, "C1", at(answer).and(says("Watch until well")));
  }

  private static void opensDetails(LocalSlack slack, String answer) throws Exception {
    slack.press("C1", answer, ANA, "samovar:details");
    JsonNode modal = modal(slack, "Every check");
    assertThat(modal.get("blocks").toString()).contains("now 97.0 %, before 1.0 %");
    slack.closeModal(ANA);
    Waiting.until(slack::page, page -> page.get("modalStack").isEmpty());
  }

  private static void worksThroughTheRunbook(LocalSlack slack, String answer, String report)
      throws Exception {
    slack.press("C1", answer, BEN, "samovar:runbook:preprocessing-change");
    String list = await(slack, "C1", inThread(report).and(says("0 of "))).get("ts").asText();
    slack.press("C1", list, BEN, "samovar:step:preprocessing-change-0");
    await(slack, "C1", at(list).and(says("1 of ")).and(says("<@U2>")).and(says("Undo")));
  }

  private void looksAgain(LocalSlack slack, String answer) throws Exception {
    int before = looks.size();
    slack.press("C1", answer, ANA, "samovar:again");
    await(slack, "C1", at(answer).and(says("2 times")));
    assertThat(looks).hasSize(before + 1);
  }

  private static void tellsStakeholders(LocalSlack slack, String answer, String report)
      throws Exception {
    slack.press("C1", answer, ANA, "samovar:update");
    JsonNode modal = modal(slack, "Stakeholder update");
    String draft = modal.at("/blocks/1/element/initial_value").asText();
    assertThat(draft).contains("What you may notice");
    slack.submit(
        ANA,
        Map.of(
            "update-text",
            Map.of("update-text", Map.of("type", "plain_text_input", "value", draft)),
            "update-where",
            Map.of(
                "update-where",
                Map.of("type", "conversations_select", "selected_conversation", "C3"))));
    await(slack, "C3", says("What you may notice"));
    await(slack, "C1", inThread(report).and(says("<@U1> told stakeholders in <#C3>")));
    Waiting.until(slack::page, page -> page.get("modalStack").isEmpty());
  }

  private static void closes(LocalSlack slack, String answer, String report) throws Exception {
    slack.press("C1", answer, ANA, "samovar:close");
    await(slack, "C1", at(answer).and(says("*Resolved*")));
    slack.press("C1", answer, ANA, "samovar:close");
    await(slack, "C1", at(answer).and(says("*Resolved*").negate()));
    slack.press("C1", answer, BEN, "samovar:timeline");
    await(
        slack,
        "C1",
        inThread(report).and(says("Timeline of fraud-scorer")).and(says("| Ana | is on it |")));
  }

  private static void opensHome(LocalSlack slack) throws Exception {
    slack.openHome(BEN);
    Waiting.until(
        slack::page,
        page ->
            page.path("homeViews").path(BEN).toString().contains("Open incidents")
                && page.path("homeViews").path(BEN).toString().contains("*fraud-scorer*"));
  }

  private void asksOn(LocalSlack slack, String report) throws Exception {
    int before = looks.size();
    slack.say("C1", BEN, "and since yesterday?", report);
    Waiting.until(() -> looks.size(), count -> count > before);
    Instant from = looks.get(before).window().from();
    assertThat(Duration.between(from, Instant.now())).isBetween(Duration.ofHours(2), days(2));
    assertThat(looks.get(before).model().name()).isEqualTo("fraud-scorer");
  }

  private static Duration days(int days) {
    return Duration.ofDays(days).plusMinutes(5);
  }

  private static JsonNode modal(LocalSlack slack, String title) throws Exception {
    return Waiting.until(
            slack::page, page -> page.at("/modalStack/0/title/text").asText().equals(title))
        .at("/modalStack/0");
  }

  private static JsonNode await(LocalSlack slack, String channel, Predicate<JsonNode> wanted)
      throws Exception {
    JsonNode messages =
        Waiting.until(
            () -> slack.messages(channel),
            all -> StreamSupport.stream(all.spliterator(), false).anyMatch(wanted));
    return StreamSupport.stream(messages.spliterator(), false)
        .filter(wanted)
        .findFirst()
        .orElseThrow();
  }

  private static Predicate<JsonNode> inThread(String ts) {
    return message -> message.path("thread_ts").asText().equals(ts);
  }

  private static Predicate<JsonNode> at(String ts) {
    return message -> message.path("ts").asText().equals(ts);
  }

  private static Predicate<JsonNode> says(String words) {
    return message ->
        message.path("user").asText().equals(LocalSlack.BOT) && message.toString().contains(words);
  }

  /** Calls that the local Slack refused. */
  private static List<String> refused(LocalSlack slack) throws Exception {
    return StreamSupport.stream(slack.log().spliterator(), false)
        .filter(entry -> entry.path("direction").asText().equals("internal"))
        .map(JsonNode::toString)
        .toList();
  }
}
